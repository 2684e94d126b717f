import type { WatchedAnswer } from '../../src/evaluate/ask-watched.ts';

/** An answer that cites these quotations (article, words) and was given this evidence (article, passage). */
export function answerThat(given: {
  cites?: readonly (readonly [articleId: string, quote: string])[];
  evidence?: readonly (readonly [articleId: string, passageId: string])[];
  belief?: number;
}): WatchedAnswer {
  const { cites = [], evidence = [], belief = 0 } = given;
  const nowhere = { start: 9_000, end: 9_001 };
  return {
    belief,
    timings: { understand: 1, retrieve: 2, write: 3, total: 6 },
    answer: {
      id: 'answer',
      question: 'When?',
      standaloneQuestion: 'When?',
      language: 'en',
      outcome: cites.length === 0 ? 'declined' : 'answered',
      text: '',
      unanswered: [],
      nearest: [],
      abstained: cites.length === 0,
      degraded: false,
      citations: cites.map(([articleId, quote], index) => ({
        n: index + 1,
        articleId,
        articleVersion: 'v',
        passageId: 'p',
        title: articleId,
        quote,
        source: nowhere,
        answer: nowhere,
        support: { verdict: 'supported', score: 1 },
        links: { passage: '', reader: '' },
      })),
      sentences: [],
      evidence: evidence.map(([articleId, passageId]) => ({
        passageId,
        articleId,
        articleVersion: 'v',
        title: articleId,
        language: 'en',
        score: 1,
        source: nowhere,
        text: '',
      })),
      summary: {
        supported: 0,
        partial: 0,
        unsupported: 0,
        uncited: 0,
        droppedCitations: 0,
        removedSentences: 0,
      },
      receipt: {
        indexGeneration: 'g',
        articleVersions: {},
        embeddingModel: 'm',
        writer: 'extractive',
        settings: { topK: 8, language: 'en', filters: {}, strict: false },
        createdAt: '2026-01-01T00:00:00.000Z',
        sha256: '',
      },
    },
  };
}
