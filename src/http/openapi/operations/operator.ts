import { storedFeedbackSchema } from '../../../domain/schemas/feedback-schema.ts';
import { statisticsSchema } from '../../../domain/schemas/statistics-schema.ts';
import { examples } from '../examples.ts';
import type { Operation } from '../operation.ts';

const { answer, readiness } = examples;

/** What those who run the server ask. */
export const operatorOperations: readonly Operation[] = [
  {
    id: 'getStatistics',
    method: 'get',
    path: '/api/stats',
    tag: 'Articles',
    summary: 'What the index holds, counted',
    responses: {
      200: {
        description: 'Counts',
        json: {
          name: 'Statistics',
          schema: statisticsSchema,
          example: {
            articles: 1,
            passages: 1,
            sentences: 2,
            languages: { en: { articles: 1, passages: 1, sentences: 2 } },
            publishers: [{ name: 'Bay Courier', articles: 1 }],
            publishedFrom: '2022-09-30',
            publishedTo: '2022-09-30',
            undated: 0,
            indexGeneration: readiness.generation.id,
            indexedAt: readiness.generation.createdAt,
            embeddingModel: readiness.generation.embeddingModel,
            diskBytes: 65_536,
            folderBytes: 131_072,
          },
        },
      },
    },
    problems: [406, 503, 504],
  },
  {
    id: 'exportFeedback',
    method: 'get',
    path: '/api/feedback',
    tag: 'Operation',
    summary: 'What readers said of answers',
    description:
      'JSON Lines, oldest first: one object a line. Where no keys are configured, only programs of the machine that ' +
      'the server runs on may ask.',
    responses: {
      200: {
        description: 'All feedback that is stored',
        text: {
          type: 'application/jsonl',
          line: { name: 'StoredFeedback', schema: storedFeedbackSchema },
          example: `${JSON.stringify({
            answerId: answer.id,
            question: answer.question,
            text: answer.text,
            givenAt: '2026-01-02T03:05:00.000Z',
            rating: 'up',
          })}\n`,
        },
      },
    },
    problems: [406, 503, 504],
  },
  {
    id: 'getMetrics',
    method: 'get',
    path: '/metrics',
    tag: 'Operation',
    summary: 'Measurements, for Prometheus',
    description:
      'Programs of the machine that the server runs on need no key. Absent where the operator has it so.',
    responses: {
      200: {
        description: 'Prometheus’s text format',
        text: {
          type: 'text/plain',
          example: '# TYPE footnote_index_articles gauge\nfootnote_index_articles 1\n',
        },
      },
    },
    problems: [404],
  },
];
