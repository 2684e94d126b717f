import { Counter, Histogram, type Registry } from 'prom-client';

import { stageTimes } from '../observe/stage-times.ts';
import type { Observer } from '../observe/watched.ts';

const secondBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const scoreBuckets = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** Answers: how they end, how long each stage takes, how sure the search is, what verification finds. */
export function countAnswers(registry: Registry): Observer {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `footnote_${name}`, help, labelNames, registers });
  const answers = counter(
    'answers_total',
    'Answers by how they ended (answered, partial, declined, failed, aborted) and who wrote.',
    'outcome',
    'writer',
  );
  const degraded = counter(
    'answers_degraded_total',
    'Answers that the chat model failed to write or finish.',
  );
  const sentences = counter('answer_sentences_total', 'Sentences of answers, by verdict.', 'verdict');
  const removed = counter('answer_sentences_removed_total', 'Sentences left out because nothing bears them.');
  const citations = counter('citations_total', 'Footnotes of answers.');
  const dropped = counter('citations_dropped_total', 'Pointers of a chat model that lead nowhere.');
  const modelCalls = counter('model_calls_total', 'Calls of chat models.');
  const modelErrors = counter('model_errors_total', 'Calls of chat models that failed.');
  const modelTokens = counter('model_tokens_total', 'Tokens that chat models counted.', 'direction');
  const duration = new Histogram({
    name: 'footnote_answer_duration_seconds',
    help: 'Time for an answer, from the question to its end.',
    buckets: secondBuckets,
    registers,
  });
  const stages = new Histogram({
    name: 'footnote_answer_stage_duration_seconds',
    help: 'Time that an answer spends in each stage (understand, retrieve, write, verify); write leaves out verify.',
    labelNames: ['stage'],
    buckets: secondBuckets,
    registers,
  });
  const scores = new Histogram({
    name: 'footnote_retrieval_top_score',
    help: 'Score of the best passage that was found for a question; nothing where none was.',
    buckets: scoreBuckets,
    registers,
  });
  return {
    answerEnded(watched) {
      const { answer, result, startedAt, endedAt = startedAt, model } = watched;
      answers.inc({ outcome: result, writer: answer?.receipt.writer ?? 'none' });
      duration.observe((endedAt - startedAt) / 1000);
      for (const [stage, time] of Object.entries(stageTimes(watched))) stages.observe({ stage }, time / 1000);
      modelCalls.inc(model.calls);
      modelErrors.inc(model.failedCalls);
      modelTokens.inc({ direction: 'input' }, model.inputTokens);
      modelTokens.inc({ direction: 'output' }, model.outputTokens);
      if (!answer) return;
      const { droppedCitations, removedSentences, ...verdicts } = answer.summary;
      for (const [verdict, count] of Object.entries(verdicts)) sentences.inc({ verdict }, count);
      removed.inc(removedSentences);
      dropped.inc(droppedCitations);
      citations.inc(answer.citations.length);
      if (answer.degraded) degraded.inc();
      if (answer.evidence.length > 0) scores.observe(Math.max(...answer.evidence.map(({ score }) => score)));
    },
  };
}
