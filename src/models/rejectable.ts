/** A promise that only ever rejects, to race another one against. */
export function rejectable(): {
  readonly promise: Promise<never>;
  readonly reject: (reason: unknown) => void;
} {
  const handles: ((reason: unknown) => void)[] = [];
  const promise = new Promise<never>((_resolve, reject) => {
    handles.push(reject);
  });
  return {
    promise,
    reject: (reason) => {
      for (const handle of handles) handle(reason);
    },
  };
}
