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

/** An answer whose whole reply is one sentence of one article. */
export function answerFrom(
  id: string,
  articleId: string,
  quote: string,
  createdAt = '2026-01-01T00:00:00.000Z',
): Answer {
  const answer = sampleAnswer({ sentences: [{ text: quote, cites: [1] }], quotes: [{ quote, title: 'T' }] });
  const own = { articleId, articleVersion: sampleArticle(articleId, quote).version };
  return {
    ...answer,
    id,
    citations: answer.citations.map((citation) => ({ ...citation, ...own })),
    evidence: answer.evidence.map((evidence) => ({ ...evidence, ...own })),
    nearest: [],
    receipt: { ...answer.receipt, createdAt },
  };
}
