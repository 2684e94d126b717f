/** What is under way, up to a limit. */
export interface Backlog {
  /** Resolves once there is room, and takes it: of what is larger than all the room, one at a time. */
  enter(size: number): Promise<void>;
  leave(size: number): void;
}

/** @param room - in the unit of the sizes. */
export function createBacklog(room: number): Backlog {
  const waiting: { readonly size: number; readonly begin: () => void }[] = [];
  let taken = 0;

  function admit(): void {
    while (waiting[0] && (taken === 0 || taken + waiting[0].size <= room)) {
      const first = waiting.shift();
      taken += first?.size ?? 0;
      first?.begin();
    }
  }

  return {
    enter: (size) =>
      new Promise((resolve) => {
        waiting.push({ size, begin: resolve });
        admit();
      }),
    leave(size) {
      taken -= size;
      admit();
    },
  };
}
