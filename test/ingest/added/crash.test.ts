import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

import { describe, expect, it, onTestFinished } from 'vitest';

import { createAddedStore } from '../../../src/ingest/added/added-store.ts';
import { readSidecar } from '../../../src/ingest/added/sidecar.ts';
import { createFolder } from '../../support/folders.ts';

const storeModule = new URL('../../../dist/ingest/added/added-store.js', import.meta.url).href;

/** Accepts jobs of two files each and puts them in their places, and prints the number of each that is accepted. */
const script = `
  const { createAddedStore } = await import(${JSON.stringify(storeModule)});
  const { dir, padding } = JSON.parse(process.argv[1]);
  process.stdout.write('ready\\n');
  // It is begun while the one before is looked at.
  const first = Number(await new Promise((resolve) => process.stdin.once('data', resolve)));
  const store = createAddedStore({ dir, maxFileBytes: 1e6 });
  const place = async (job) => {
    await store.place(job, job.task.files);
    await store.finish(job.id);
  };
  for (const job of await store.pending()) await place(job);
  let placing;
  process.stdout.write('started\\n');
  for (let n = first; ; n += 1) {
    const number = String(n).padStart(9, '0');
    const name = (part) => number + part + '.md';
    const job = await store.accept({
      id: '20260101T' + number + 'Z-0000-00000000',
      createdAt: '2026-01-01T00:00:00.000Z',
      subject: [number],
      work: {
        files: ['a', 'b'].map((part) => ({
          name: name(part),
          content: name(part) + padding,
          given: { title: name(part) },
        })),
      },
    });
    process.stdout.write(n + '\\n');
    // One is put in its place while the next arrives.
    await placing;
    placing = place(job);
  }
`;

const kills = 50;
const padding = 'A sentence. '.repeat(500);

describe('a server that is killed while it takes on files', () => {
  it(
    `has each job that it accepted, whole and once, after each of ${kills} kills`,
    { timeout: 90_000 },
    async () => {
      const folder = await createFolder();
      onTestFinished(() => folder.remove());
      const dir = join(folder.path, 'added');
      const servers = [spawnServer(dir), spawnServer(dir)];
      onTestFinished(async () => void (await Promise.all(servers.map((server) => server.kill()))));
      /** In their places for good; they need not be looked at again. */
      let seen = 0;
      let first = 1;
      for (let kill = 0; kill < kills; kill += 1) {
        const reported = (await servers.shift()?.runAndKill(first, kill)) ?? 0;
        servers.push(spawnServer(dir));
        const store = createAddedStore({ dir, maxFileBytes: 1_000_000 });
        const jobs = await store.pending();
        const staged = jobs.map(({ subject }) => Number(subject[0]));
        const known = Math.max(reported, first - 1, ...staged);
        // At most one was accepted that nobody was told of.
        expect(known).toBeLessThanOrEqual(Math.max(reported, first - 1) + 1);
        // Every other time the next process does it.
        if (kill % 2 === 1) {
          for (const job of jobs) {
            if (job.task.type === 'add') await store.place(job, job.task.files);
            await store.finish(job.id);
          }
          seen = await expectAll(dir, seen, known);
        } else {
          for (let n = seen + 1; n <= known; n += 1) if (!staged.includes(n)) await expectWhole(dir, n);
        }
        first = known + 1;
      }
      expect(seen).toBeGreaterThan(kills / 2);
    },
  );
});

/** A process that waits to be told with which number to begin. */
function spawnServer(dir: string) {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', script, JSON.stringify({ dir, padding })],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  child.stdin.on('error', () => undefined);
  const lines = createInterface(child.stdout);
  let reported = 0;
  lines.on('line', (line) => {
    if (/^\d+$/u.test(line)) reported = Number(line);
  });
  const drained = once(lines, 'close');
  const ended = once(child, 'exit');
  const nextLine = async () => {
    await Promise.race([once(lines, 'line'), ended]);
    if (child.exitCode !== null) throw new Error(`It ended by itself, with code ${child.exitCode}.`);
  };
  const ready = nextLine();
  return {
    /** The number of the last job that it reported. */
    async runAndKill(first: number, kill: number): Promise<number> {
      await ready;
      child.stdin.write(`${first}\n`);
      for (let lineNumber = 0; lineNumber <= kill % 3; lineNumber += 1) await nextLine();
      // Whichever moment it hits, what follows must hold.
      await setTimeout((kill * 7) % 19);
      return this.kill();
    },
    async kill(): Promise<number> {
      child.kill('SIGKILL');
      await Promise.all([ended, drained]);
      return reported;
    },
  };
}

const partsOf = (n: number) => ['a', 'b'].map((part) => `${String(n).padStart(9, '0')}${part}.md`);

async function expectWhole(dir: string, n: number): Promise<void> {
  for (const name of partsOf(n)) {
    expect(await readFile(join(dir, name), 'utf8')).toBe(name + padding);
    expect(await readSidecar(join(dir, name))).toEqual({ given: { title: name } });
  }
}

/** Everything up to `known` is in its place, and nothing else is there. */
async function expectAll(dir: string, seen: number, known: number): Promise<number> {
  expect(await readdir(join(dir, '.incoming'))).toEqual([]);
  expect(await namesOf(dir)).toEqual(namesUpTo(known));
  for (let n = seen + 1; n <= known; n += 1) await expectWhole(dir, n);
  return known;
}

async function namesOf(dir: string): Promise<string[]> {
  const names = await readdir(dir);
  return names.filter((name) => name !== '.incoming').toSorted();
}

function namesUpTo(known: number): string[] {
  const numbers = Array.from({ length: known }, (_, index) => index + 1);
  return numbers.flatMap(partsOf).flatMap((name) => [name, `${name}.meta.json`]);
}
