import { setTimeout } from 'node:timers/promises';

/**
 * A gate around native code in worker threads. onnxruntime aborts the whole process when a thread is terminated
 * while it runs a model, so a thread may only be terminated after the gate was shut and is empty.
 */
export type NativeGate = Int32Array<SharedArrayBuffer>;

const shut = 0;
const inside = 1;

/** Longer than any model needs for one text; then the threads are terminated come what may. */
const patienceMilliseconds = 3_000;

export function createNativeGate(
  memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT),
): NativeGate {
  return new Int32Array(memory);
}

/** Runs native work inside the gate; when it is shut, stops the thread here until it is terminated. */
export async function passNativeGate<T>(gate: NativeGate, work: () => Promise<T>): Promise<T> {
  Atomics.add(gate, inside, 1);
  try {
    if (Atomics.load(gate, shut) === 0) return await work();
  } finally {
    Atomics.sub(gate, inside, 1);
    Atomics.notify(gate, inside);
  }
  Atomics.wait(gate, shut, 1);
  throw new Error('the native gate is shut');
}

/** Shuts the gate and waits until it is empty. */
export async function shutNativeGate(gate: NativeGate): Promise<void> {
  Atomics.store(gate, shut, 1);
  for (let waited = 0; waited < patienceMilliseconds && Atomics.load(gate, inside) > 0; waited += 5) {
    await setTimeout(5);
  }
}

/** {@link shutNativeGate} for the `exit` event of a process, where nothing asynchronous happens any more. */
export function shutNativeGateAtExit(gate: NativeGate): void {
  Atomics.store(gate, shut, 1);
  const end = performance.now() + patienceMilliseconds;
  for (;;) {
    const count = Atomics.load(gate, inside);
    const left = end - performance.now();
    if (count === 0 || left <= 0) return;
    Atomics.wait(gate, inside, count, left);
  }
}
