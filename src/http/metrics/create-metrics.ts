import { collectDefaultMetrics, Registry } from 'prom-client';

import type { Assistant } from '../../domain/assistant.ts';
import type { Observer } from '../observe/watched.ts';
import { countAnswers } from './answer-metrics.ts';
import { measureChatModel } from './chat-model-metrics.ts';
import { measureIndex } from './index-metrics.ts';
import { countRequests } from './request-metrics.ts';

/** What Prometheus reads. */
export interface Metrics {
  readonly observers: readonly Observer[];
  /** Media type of {@link read}. */
  readonly contentType: string;
  /** Everything in Prometheus's text format. */
  read(): Promise<string>;
}

/** Measures one server, in a registry of its own. */
export function createMetrics(assistant: Pick<Assistant, 'generation' | 'chatModel'>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const refresh = measureIndex(registry, assistant);
  measureChatModel(registry, assistant);
  return {
    observers: [countRequests(registry), countAnswers(registry)],
    contentType: registry.contentType,
    async read() {
      await refresh();
      return registry.metrics();
    },
  };
}
