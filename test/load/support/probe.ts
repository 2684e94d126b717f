// Loaded into the server before itself (`--import`), so that the product needs no address for tests: answers each message of the
// parent process with what this process uses.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

process.on('message', (message) => {
  // Twice, as what finalisers let go is collected by the next.
  if (message === 'measure after collecting') for (let run = 0; run < 2; run += 1) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const cpu = process.cpuUsage();
  process.send?.({
    rss,
    heapUsed,
    external,
    resources: process.getActiveResourcesInfo().length,
    cpuMs: (cpu.user + cpu.system) / 1_000,
    lag: { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
  });
  delay.reset();
});
// Listening must not keep the server from ending.
process.channel?.unref();
