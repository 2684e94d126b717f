import type { AnswerEvent } from '../domain/answer-event.ts';
import type { Answer } from '../domain/answer.ts';

/** A finished answer as the events of which it could have been made; the deltas joined are `answer.text`. */
export function replayedEvents(answer: Answer): AnswerEvent[] {
  const { id, question, standaloneQuestion, language, text, evidence, citations, sentences } = answer;
  const shown = new Set<number>();
  let position = 0;
  const perSentence = sentences.flatMap((sentence, index): AnswerEvent[] => {
    // A sentence's markers and the space behind them go with it.
    const end = sentences[index + 1]?.start ?? text.length;
    const delta = text.slice(position, end);
    position = end;
    const fresh = citations.filter(({ n }) => sentence.citations.includes(n) && !shown.has(n));
    for (const { n } of fresh) shown.add(n);
    return [
      { type: 'text-delta', delta },
      ...fresh.map((citation): AnswerEvent => ({ type: 'citation', citation })),
      { type: 'sentence-verdict', sentence },
    ];
  });
  return [
    { type: 'answer-start', id, question, standaloneQuestion, language },
    { type: 'evidence', evidence },
    ...(sentences.length > 0 ? perSentence : ([{ type: 'text-delta', delta: text }] as const)),
    { type: 'answer-end', answer },
  ];
}
