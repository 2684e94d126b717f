import type { AnswerEvent } from '../../../src/domain/answer-event.ts';
import type { Answer } from '../../../src/domain/answer.ts';
import type { Assistant, CallOptions } from '../../../src/domain/assistant.ts';
import { FootnoteError } from '../../../src/domain/errors.ts';
import type { GenerationInfo } from '../../../src/domain/ports.ts';
import { eventsOf, sampleAnswer } from './sample-answer.ts';

/** A call that the assistant was given. */
interface RecordedCall {
  readonly method: keyof Assistant;
  readonly argument: unknown;
  readonly signal: AbortSignal | undefined;
}

export interface ScriptedAssistant extends Assistant {
  readonly calls: RecordedCall[];
}

/** What it does in place of its own behaviour, for the edges that a real one reaches only by accident. */
export interface Script {
  /** The answers' events, and by them the JSON answers. */
  readonly answer?: (question: string, signal: AbortSignal) => AsyncIterable<AnswerEvent>;
  readonly ask?: (question: string, signal: AbortSignal) => Promise<Answer>;
  readonly search?: Assistant['search'];
  readonly articles?: Assistant['articles'];
  readonly article?: Assistant['article'];
  readonly copyGroup?: Assistant['copyGroup'];
  readonly storedAnswer?: Assistant['storedAnswer'];
  readonly verifyAnswer?: Assistant['verifyAnswer'];
  readonly addFeedback?: Assistant['addFeedback'];
  readonly createConversation?: Assistant['createConversation'];
  readonly feedback?: Assistant['feedback'];
  readonly suggestions?: Assistant['suggestions'];
  readonly generation?: Assistant['generation'];
}

const generation: GenerationInfo = {
  id: 'generation-1',
  createdAt: '2024-06-01T12:00:00.000Z',
  embeddingModel: 'scripted',
  dimensions: 3,
  articles: 2,
  passages: 4,
  languages: { en: 2 },
};

/** An assistant that says what its script says, and remembers what it was asked. */
export function createScriptedAssistant(script: Script = {}): ScriptedAssistant {
  const calls: RecordedCall[] = [];
  const record = (method: keyof Assistant, argument?: unknown, options?: CallOptions) => {
    calls.push({ method, argument, signal: options?.signal });
    return options?.signal ?? new AbortController().signal;
  };
  const answer = script.answer ?? ((question) => streamOf(eventsOf(sampleAnswer({ question }))));
  return {
    calls,
    answer(request, options) {
      return answer(request.question, record('answer', request, options));
    },
    async ask(request, options) {
      const signal = record('ask', request, options);
      if (script.ask) return script.ask(request.question, signal);
      for await (const event of answer(request.question, signal)) {
        if (event.type === 'answer-end') return event.answer;
      }
      throw new Error('The script has no answer-end.');
    },
    async search(request, options) {
      record('search', request, options);
      return script.search ? script.search(request, options) : [];
    },
    async articles(filters, page) {
      record('articles', filters);
      return script.articles ? script.articles(filters, page) : [];
    },
    async article(id, options) {
      record('article', id);
      if (script.article) return script.article(id, options);
      throw new FootnoteError('not-found', 'There is no such article.');
    },
    async copyGroup(id) {
      record('copyGroup', id);
      return script.copyGroup?.(id);
    },
    async storedAnswer(id) {
      record('storedAnswer', id);
      if (script.storedAnswer) return script.storedAnswer(id);
      throw new FootnoteError('not-found', 'There is no such answer.');
    },
    async verifyAnswer(given) {
      record('verifyAnswer', given);
      if (script.verifyAnswer) return script.verifyAnswer(given);
      throw new FootnoteError('not-found', 'There is no such answer.');
    },
    async addFeedback(answerId, feedback) {
      record('addFeedback', { answerId, feedback });
      await script.addFeedback?.(answerId, feedback);
    },
    async createConversation() {
      record('createConversation');
      if (script.createConversation) return script.createConversation();
      throw new FootnoteError('not-found', 'No conversations are stored.');
    },
    async conversation(id) {
      record('conversation', id);
      throw new FootnoteError('not-found', 'There is no such conversation.');
    },
    async deleteConversation(id) {
      record('deleteConversation', id);
      throw new FootnoteError('not-found', 'There is no such conversation.');
    },
    async stats() {
      record('stats');
      throw new FootnoteError('index-unusable', 'There is no index.');
    },
    feedback: () => (script.feedback ? script.feedback() : streamOf([])),
    async suggestions(language) {
      record('suggestions', language);
      return script.suggestions ? script.suggestions(language) : [];
    },
    async passage(id) {
      record('passage', id);
      throw new FootnoteError('not-found', 'There is no such passage.');
    },
    async generation() {
      record('generation');
      return script.generation ? script.generation() : generation;
    },
    async close() {
      record('close');
    },
  };
}

/** A stream of `events`, one per turn of the event loop. */
export async function* streamOf<T = AnswerEvent>(events: Iterable<T>): AsyncGenerator<T> {
  for (const event of events) {
    yield await Promise.resolve(event);
  }
}

/** A promise that a test settles. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = noop;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

function noop(): void {
  // Replaced before it can be called.
}
