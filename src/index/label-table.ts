const pageBits = 8;
const pageSize = 1 << pageBits;

/** Places by label, for labels that lie close together as the keys of a database do: four bytes each. */
export interface LabelTable {
  /** -1 when the label has none. */
  get(label: number): number;
  set(label: number, place: number): void;
  remove(label: number): void;
}

/** An empty table for labels from 0 to 2³² − 1. */
export function createLabelTable(): LabelTable {
  /** One more than the place, so that a page begins with none. */
  const pages = new Map<number, Int32Array>();
  return {
    get: (label) => (pages.get(label >>> pageBits)?.[label & (pageSize - 1)] ?? 0) - 1,
    set(label, place) {
      const number = label >>> pageBits;
      let page = pages.get(number);
      if (!page) pages.set(number, (page = new Int32Array(pageSize)));
      page[label & (pageSize - 1)] = place + 1;
    },
    remove(label) {
      const page = pages.get(label >>> pageBits);
      if (page) page[label & (pageSize - 1)] = 0;
    },
  };
}
