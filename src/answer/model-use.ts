import { AsyncLocalStorage } from 'node:async_hooks';

/** What was asked of chat models, by all parts of the chain. */
export interface ModelUse {
  calls: number;
  failedCalls: number;
  inputTokens: number;
  outputTokens: number;
}

const counted = new AsyncLocalStorage<ModelUse>();

/** Does `work`; what it asks of chat models is added to `use`. */
export function countModelUse<T>(use: ModelUse, work: () => T): T {
  return counted.run(use, work);
}

/** Adds to what is counted here, if anything is. */
export function addModelUse(more: Partial<ModelUse>): void {
  const use = counted.getStore();
  if (!use) return;
  use.calls += more.calls ?? 0;
  use.failedCalls += more.failedCalls ?? 0;
  use.inputTokens += more.inputTokens ?? 0;
  use.outputTokens += more.outputTokens ?? 0;
}
