/** How a contract opens stores: of one place, each sees what the others store. */
export type NewPlace<Store> = () => Promise<(options?: StoreClock) => Store>;

/** The clock of a store. */
export interface StoreClock {
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** All that comes, in its order. */
export async function collected<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}
