import type { Answer } from '../../src/domain/answer.ts';
import type { Article } from '../../src/domain/article.ts';
import { sha256 } from '../../src/domain/fingerprint.ts';
import { sampleAnswer } from '../http/support/sample-answer.ts';

/** An article that holds what it says. */
export function sampleArticle(id: string, text: string): Article {
  return { id, version: sha256(text), title: `About ${id}`, language: 'en', text, headings: [] };
}

/** An answer under this id. */
export function answerNamed(id: string): Answer {
  return { ...sampleAnswer(), id };
}
