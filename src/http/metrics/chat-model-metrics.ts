import { Counter, Gauge, type Registry } from 'prom-client';

import type { Assistant } from '../../domain/assistant.ts';

/** Whether the chat model is asked or left alone, as of each reading; nothing where there is none. */
export function measureChatModel(registry: Registry, { chatModel }: Pick<Assistant, 'chatModel'>): void {
  if (chatModel === undefined) return;
  const registers = [registry];
  const circuit = new Gauge({
    name: 'footnote_model_circuit_state',
    help: 'Whether the chat model is asked: closed (it is), open (left alone), half-open (tried); 1 for the one that holds.',
    labelNames: ['state'],
    registers,
    collect() {
      const { circuit: current } = chatModel();
      for (const state of ['closed', 'open', 'half-open']) this.set({ state }, state === current ? 1 : 0);
    },
  });
  circuit.set({ state: 'closed' }, 1);
  let counted = 0;
  const refused = new Counter({
    name: 'footnote_model_calls_refused_total',
    help: 'Calls of the chat model that were not made because it is left alone.',
    registers,
    collect() {
      const { refusedCalls } = chatModel();
      this.inc(refusedCalls - counted);
      counted = refusedCalls;
    },
  });
  refused.inc(0);
}
