/** A store whose records can be taken out and put into another one like it. */
export interface RecordStore<T> {
  records(): AsyncIterable<T>;
  /** Harmless when it is there already. */
  restore(record: T): Promise<void>;
}

/** Copies all records, and returns their number. Where the target has none of the kind, so has the source. */
export async function moveRecords<T>(
  from: RecordStore<T> | undefined,
  to: RecordStore<T> | undefined,
  signal: AbortSignal,
): Promise<number> {
  let count = 0;
  if (!from || !to) return count;
  for await (const record of from.records()) {
    signal.throwIfAborted();
    await to.restore(record);
    count += 1;
  }
  return count;
}
