import { z } from 'zod';

import { randomNumbers } from '../../bench/support/random.ts';
import type { Call, Client, Outcome } from './client.ts';

/** What readers do, with how often in a hundred requests. */
const kinds = [
  ['answer (JSON)', 28],
  ['answer (stream)', 22],
  ['search', 15],
  ['article page', 12],
  ['article list page', 6],
  ['stored answer', 7],
  ['conversation', 8],
  ['feedback', 2],
] as const;

type Kind = (typeof kinds)[number][0];

/** A request that has ended. */
export interface Sample {
  readonly kind: string;
  /** When it was due, in milliseconds of `performance.now()`. */
  readonly due: number;
  /** From when it was due to its end, in milliseconds. */
  readonly ms: number;
  readonly status: number;
  readonly retryAfter?: number;
  readonly failure?: string;
}

/** Readers of a server. */
export interface Traffic {
  /** Does the next thing that some reader does. Never rejects. */
  readonly send: (due: number) => Promise<void>;
  /** What was sent so far, in the order in which it ended. */
  readonly samples: readonly Sample[];
  /** Answers that the server has begun to store. */
  readonly answers: () => number;
  readonly conversations: () => number;
}

const articlesSchema = z.object({ articles: z.array(z.object({ id: z.string(), title: z.string() })) });
const suggestionsSchema = z.object({ suggestions: z.array(z.string()) });
const idSchema = z.object({ id: z.string() });

/** Ids that are remembered, so that this process does not grow. */
const remembered = 200;

/**
 * Readers with the questions that the server itself suggests and the titles of its articles.
 *
 * @param options.leaving - share of streams whose reader leaves midway, from 0 to 1.
 */
export async function createTraffic(
  client: Client,
  { seed = 1, leaving = 0 }: { readonly seed?: number; readonly leaving?: number } = {},
): Promise<Traffic> {
  const random = randomNumbers(seed);
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const { articles } = await read(client, '/api/articles', articlesSchema);
  const suggested = await Promise.all(
    ['en', 'vi'].map((language) => read(client, `/api/suggestions?lang=${language}`, suggestionsSchema)),
  );
  const questions = [
    ...suggested.flatMap(({ suggestions }) => suggestions),
    ...articles.map(({ title }) => `What is said about "${title.slice(0, 200)}"?`),
  ];
  const samples: Sample[] = [];
  const answerIds: string[] = [];
  const conversationIds: string[] = [];
  const count = { answers: 0, conversations: 0 };

  const question = () => pick(questions) ?? 'What is new?';
  const remember = (ids: string[], text: string) => {
    const found = idSchema.safeParse(parsed(text));
    if (!found.success) return;
    ids.push(found.data.id);
    if (ids.length > remembered) ids.shift();
  };
  const ask = (more: object = {}): Call => ({
    method: 'POST',
    path: '/api/answers',
    body: { question: question(), ...more },
  });

  /** The request of a kind, and what is learnt from its answer. */
  function call(kind: Kind): { readonly call: Call; readonly learn?: (outcome: Outcome) => void } {
    const article = encodeURIComponent(pick(articles)?.id ?? '');
    const answerId = pick(answerIds);
    const conversationId = pick(conversationIds);
    switch (kind) {
      case 'answer (stream)': {
        const leaves = random() < leaving;
        return {
          call: {
            ...ask(),
            accept: 'text/event-stream',
            ...(leaves && { leaveAfter: 1 + random() * 4_000 }),
          },
          learn: () => void (count.answers += 1),
        };
      }
      case 'search':
        return { call: { method: 'POST', path: '/api/search', body: { query: question() } } };
      case 'article page':
        return { call: { method: 'GET', path: `/articles/${article}`, accept: 'text/html' } };
      case 'article list page':
        return { call: { method: 'GET', path: '/articles', accept: 'text/html' } };
      case 'conversation':
        if (conversationId === undefined || random() < 0.25) {
          return {
            call: { method: 'POST', path: '/api/conversations' },
            learn: ({ text }) => {
              count.conversations += 1;
              remember(conversationIds, text);
            },
          };
        }
        return { call: ask({ conversationId }), learn: () => void (count.answers += 1) };
      case 'stored answer':
        if (answerId !== undefined) {
          return { call: { method: 'GET', path: `/api/answers/${answerId}` } };
        }
        break;
      case 'feedback':
        if (answerId !== undefined) {
          const body = { rating: random() < 0.5 ? 'up' : 'down' };
          return { call: { method: 'POST', path: `/api/answers/${answerId}/feedback`, body } };
        }
        break;
      case 'answer (JSON)':
    }
    return {
      call: ask(),
      learn: ({ text }) => {
        count.answers += 1;
        remember(answerIds, text);
      },
    };
  }

  return {
    samples,
    answers: () => count.answers,
    conversations: () => count.conversations,
    async send(due) {
      const kind = kindAt(random());
      const { call: asked, learn } = call(kind);
      const outcome = await client.send(asked);
      const { status, retryAfter, left } = outcome;
      const failure = outcome.failure ?? (left ? undefined : brokenOff(asked, outcome));
      if (status === 200 || status === 201) learn?.(outcome);
      samples.push({
        kind: left ? 'answer (reader left)' : kind,
        due,
        ms: performance.now() - due,
        status: failure === undefined ? status : 0,
        ...(retryAfter !== undefined && { retryAfter }),
        ...(failure !== undefined && { failure }),
      });
    },
  };
}

/** What is wrong with a stream that was begun. */
function brokenOff({ accept }: Call, { status, text }: Outcome): string | undefined {
  if (accept !== 'text/event-stream' || status !== 200) return undefined;
  return text.includes('event: answer-end\n') ? undefined : `a stream without its end: ${text.slice(-200)}`;
}

async function read<T>(client: Client, path: string, schema: z.ZodType<T>): Promise<T> {
  const { status, text, failure } = await client.send({ method: 'GET', path });
  if (status !== 200) throw new Error(`GET ${path} was answered with ${failure ?? status}.`);
  return schema.parse(parsed(text));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A kind by a number from 0 to 1, each as often as it weighs. */
function kindAt(random: number): Kind {
  let left = random * 100;
  for (const [kind, weight] of kinds) {
    left -= weight;
    if (left < 0) return kind;
  }
  return kinds[0][0];
}
