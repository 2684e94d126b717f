import { performance } from 'node:perf_hooks';

import { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import { getContextVariable, registerConfigureHook, setContextVariable } from '@langchain/core/context';
import type { Serialized } from '@langchain/core/load/serializable';
import type { ChainValues } from '@langchain/core/utils/types';
import { z } from 'zod';

const contextVariable = 'footnote-chain-watch';

// A belief that is not a number is a fault of the chain; it is passed on so that it shows.
const retrievedSchema = z.object({ candidates: z.array(z.object({ belief: z.number().or(z.nan()) })) });

/** What one run of the answer chain did. */
export interface ChainWatch {
  /** When the stage with this run name ended, by `performance.now()`. */
  endOf(stage: string): number | undefined;
  /** Belief of the best candidate that the stage `retrieve` handed on; 0 without candidates. */
  belief(): number;
}

/** Listens to the chain through LangChain's callbacks, so that nothing in the chain needs to know. */
class ChainListener extends BaseCallbackHandler implements ChainWatch {
  readonly name = contextVariable;
  override awaitHandlers = true;
  readonly #names = new Map<string, string>();
  readonly #ends = new Map<string, number>();
  #belief = 0;

  forget(): void {
    this.#names.clear();
    this.#ends.clear();
    this.#belief = 0;
  }

  override handleChainStart(
    _chain: Serialized,
    _inputs: ChainValues,
    runId: string,
    _parentRunId?: string,
    _tags?: string[],
    _metadata?: Record<string, unknown>,
    _runType?: string,
    runName?: string,
  ): void {
    if (runName !== undefined) this.#names.set(runId, runName);
  }

  override handleChainEnd(outputs: ChainValues, runId: string): void {
    const name = this.#names.get(runId);
    if (name === undefined) return;
    this.#ends.set(name, performance.now());
    if (name === 'retrieve')
      this.#belief = retrievedSchema.safeParse(outputs).data?.candidates[0]?.belief ?? 0;
  }

  endOf(stage: string): number | undefined {
    return this.#ends.get(stage);
  }

  belief(): number {
    return this.#belief;
  }
}

/** Watches the next run of the chain that is started from here; call it before each run, one run at a time. */
export function chainWatch(): ChainWatch {
  const known: unknown = getContextVariable(contextVariable);
  const listener = known instanceof ChainListener ? known : new ChainListener();
  if (listener !== known) {
    registerConfigureHook({ contextVar: contextVariable });
    setContextVariable(contextVariable, listener);
  }
  listener.forget();
  return listener;
}
