import { Runnable, type RunnableConfig } from '@langchain/core/runnables';

import type { AnswerEvent } from '../domain/answer-event.ts';
import type { Glossary } from '../retrieve/glossary.ts';
import type { RetrievedJob } from './answer-job.ts';
import { answerSettings } from './answer-settings.ts';
import { composeAnswer } from './compose-answer.ts';
import { highestBelief } from './rank-candidates.ts';
import type { QuoteTranslator } from './translate-citations.ts';
import type { Writer } from './writer.ts';

/** The last step of the chain: streams an answer's events; invoked, it returns the last of them. */
export class AnswerWriting extends Runnable<RetrievedJob, AnswerEvent> {
  static override lc_name(): string {
    return 'AnswerWriting';
  }

  readonly lc_namespace = ['footnote', 'answer'];
  readonly #extractive: Writer;
  readonly #chat: Writer | undefined;
  readonly #glossary: Glossary;
  readonly #quoteTranslator: QuoteTranslator | undefined;

  constructor({
    extractive,
    chat,
    glossary,
    quoteTranslator,
  }: {
    extractive: Writer;
    chat: Writer | undefined;
    glossary: Glossary;
    quoteTranslator: QuoteTranslator | undefined;
  }) {
    super();
    this.#glossary = glossary;
    this.#quoteTranslator = quoteTranslator;
    this.#extractive = extractive;
    this.#chat = chat;
  }

  override async *_streamIterator(
    job: RetrievedJob,
    options?: Partial<RunnableConfig>,
  ): AsyncGenerator<AnswerEvent> {
    const worthAsking = highestBelief(job.candidates) >= answerSettings.chatThreshold;
    const end = job.onStage?.('write');
    let failed = true;
    try {
      yield* composeAnswer({
        job,
        glossary: this.#glossary,
        quoteTranslator: this.#quoteTranslator,
        writers: this.#chat && worthAsking ? [this.#chat, this.#extractive] : [this.#extractive],
        ...(options?.signal && { signal: options.signal }),
      });
      failed = false;
    } finally {
      end?.(failed);
    }
  }

  override async invoke(job: RetrievedJob, options?: Partial<RunnableConfig>): Promise<AnswerEvent> {
    let last: AnswerEvent | undefined;
    for await (const event of await this.stream(job, options)) last = event;
    if (!last) throw new Error('An answer has at least one event.');
    return last;
  }
}
