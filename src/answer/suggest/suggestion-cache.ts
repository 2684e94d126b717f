import { randomUUID } from 'node:crypto';

import type { Answer } from '../../domain/answer.ts';
import { FootnoteError } from '../../domain/errors.ts';
import type { Language } from '../../domain/language.ts';
import type { PassageIndex } from '../../domain/ports.ts';
import { type AnswerChainOptions, createAnswerChain } from '../answer-chain.ts';
import { suggestQuestions } from './suggest-questions.ts';

/** Questions for an index, see {@link suggestQuestions}. */
export type Suggestions = (index: PassageIndex, language: Language) => Promise<readonly string[]>;

/** Finds the questions of a generation when they are first asked for, and keeps those of the latest one. */
export function createSuggestions(
  parts: Pick<AnswerChainOptions, 'retriever' | 'correct' | 'extractive' | 'glossary'>,
  topK: number,
): Suggestions {
  const chain = createAnswerChain(parts);
  const known = new Map<Language, { generation: string; questions: Promise<readonly string[]> }>();

  async function ask(index: PassageIndex, question: string, language: Language): Promise<Answer> {
    // What "last year" means must not change while the generation stays the same.
    const createdAt = new Date(index.generation.createdAt);
    const request = { question, language };
    const job = { id: randomUUID(), createdAt, now: createdAt, request, index, topK };
    for await (const event of await chain.stream(job)) {
      if (event.type === 'answer-end') return event.answer;
    }
    throw new FootnoteError('unavailable', 'The answer ended before it was complete.');
  }

  return (index, language) => {
    const generation = index.generation.id;
    const kept = known.get(language);
    if (kept?.generation === generation) return kept.questions;
    const questions = suggestQuestions({
      index,
      language,
      ask: (question) => ask(index, question, language),
    });
    known.set(language, { generation, questions });
    // A failure is told to those who wait, and the next one tries again.
    questions.catch(() => {
      if (known.get(language)?.questions === questions) known.delete(language);
    });
    return questions;
  };
}
