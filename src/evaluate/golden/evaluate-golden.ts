import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createAssistant, type LocalAssistant } from '../../assistant.ts';
import type { Config } from '../../config.ts';
import { sliceSpan } from '../../domain/span.ts';
import { askWatched } from '../ask-watched.ts';
import type { EvaluationOptions, EvaluationReport } from '../report.ts';
import { sampleEvenly } from '../sample.ts';
import { goldenFailures } from './golden-failures.ts';
import { readGoldenSet } from './golden-set.ts';
import { goldenTables } from './golden-tables.ts';
import { type GoldenOutcome, judgeAnswer } from './judge-answer.ts';
import { createGoldLocator } from './locate-gold.ts';

/** What {@link evaluateGolden} works with. */
export interface GoldenOptions extends EvaluationOptions {
  /** The settings to evaluate; its corpus is what the questions are about, its index is left alone. */
  readonly config: Config;
  /** The golden set: one question a line. */
  readonly questionsFile: string;
}

/**
 * Indexes the corpus in a temporary folder, asks every question of the golden set, and compares the answers with
 * the gold sentences.
 *
 * @throws FootnoteError `configuration` when the golden set does not fit the corpus; what an assistant throws.
 */
export async function evaluateGolden(options: GoldenOptions): Promise<EvaluationReport> {
  const { config, questionsFile, limit, onProgress, signal } = options;
  const questions = sampleEvenly(await readGoldenSet(questionsFile), limit);
  const locate = await createGoldLocator(config.corpusDir, signal);
  const located = questions.map((question) => ({ question, gold: locate(question) }));
  const indexDir = await mkdtemp(join(tmpdir(), 'footnote-golden-'));
  try {
    const assistant = await createAssistant({ ...config, indexDir, answerRetentionDays: 0 });
    try {
      await assistant.ingest({
        ...(signal && { signal }),
        onProgress: ({ phase, done, total }) => onProgress?.(phase, done, total),
      });
      // The first question opens the index and starts the model, which is not its fault.
      await assistant.search({ query: 'warm' });
      const outcomes: GoldenOutcome[] = [];
      for (const { question, gold } of located) {
        const request = { question: question.text, history: question.history };
        outcomes.push(judgeAnswer(question, gold, await askWatched(assistant, request, signal)));
        onProgress?.('asking', outcomes.length, located.length);
      }
      return {
        name: 'golden',
        tables: goldenTables(outcomes, await countInexact(assistant, outcomes)),
        failures: goldenFailures(outcomes),
      };
    } finally {
      await assistant.close();
    }
  } finally {
    await rm(indexDir, { recursive: true, force: true });
  }
}

/** Citations whose quotation is not what the article says at that place. */
async function countInexact(assistant: LocalAssistant, outcomes: readonly GoldenOutcome[]): Promise<number> {
  let inexact = 0;
  for (const { citation } of outcomes.flatMap(({ citations }) => citations)) {
    const { text, version } = await assistant.article(citation.articleId);
    const exact = version === citation.articleVersion && sliceSpan(text, citation.source) === citation.quote;
    if (!exact) inexact += 1;
  }
  return inexact;
}
