/** Work that waits for its turn. */
export interface Turns {
  /** Begins when there is room; what belongs to an earlier `order` first. */
  run<T>(order: number, work: () => Promise<T>): Promise<T>;
}

/** @param atOnce - how much of it is under way at a time. */
export function createTurns(atOnce: number): Turns {
  const waiting: { readonly order: number; readonly begin: () => void }[] = [];
  let underWay = 0;

  function admit(): void {
    while (underWay < atOnce) {
      let first = 0;
      for (const [index, { order }] of waiting.entries())
        if (order < (waiting[first]?.order ?? order)) first = index;
      const [next] = waiting.splice(first, 1);
      if (!next) return;
      underWay += 1;
      next.begin();
    }
  }

  return {
    async run(order, work) {
      await new Promise<void>((resolve) => {
        waiting.push({ order, begin: resolve });
        admit();
      });
      try {
        return await work();
      } finally {
        underWay -= 1;
        admit();
      }
    },
  };
}
