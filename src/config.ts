import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { FootnoteError } from './domain/errors.ts';
import { languages } from './domain/language.ts';
import type { HnswOptions } from './index/hnsw-options.ts';
import type { ChatModelOptions } from './models/chat-model.ts';
import type { EmbeddingModelOptions } from './models/create-embedding-model.ts';

/** Folder of `package.json`: two levels up from both `src/config.ts` and `dist/config.js`. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url));

const integer = (minimum: number, maximum: number) => {
  const error = `must be a whole number from ${minimum} to ${maximum}`;
  return z.coerce.number({ error }).int({ error }).min(minimum, { error }).max(maximum, { error });
};
const folder = (fallback: string) =>
  z
    .string()
    .min(1)
    .default(fallback)
    .transform((path) => resolve(path));

/** `bundled`, `openai:<model>` or `onnx:<folder>`. */
const embeddings = z
  .string()
  .regex(/^(?:bundled|openai:.+|onnx:.+)$/u, 'must be "bundled", "openai:<model>" or "onnx:<folder>"');

const chatModel = z
  .string()
  .regex(/^[\w-]+:.+$/u, 'must be "<provider>:<model>", for example "openai:gpt-4.1-mini"');

/** `*`, or origins such as `https://news.example`, separated by commas. */
const origins = z
  .string()
  .transform((list) => list.split(',').map((origin) => origin.trim().replace(/\/$/u, '')))
  .pipe(
    z.array(
      z
        .string()
        .refine(
          (origin) => origin === '*' || isOrigin(origin),
          'must be "*" or origins like https://example.org',
        ),
    ),
  );

/** Every setting, by the name of its environment variable. Meanings and units are in `.env.example`. */
export const environmentSchema = z.object({
  CORPUS_DIR: folder('corpus'),
  INDEX_DIR: folder('index'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: integer(0, 65_535).default(3000),

  EMBEDDINGS: embeddings.default('bundled'),
  EMBEDDINGS_QUERY_PREFIX: z.string().default(''),
  EMBEDDINGS_PASSAGE_PREFIX: z.string().default(''),
  EMBEDDINGS_LANGUAGES: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(languages)).min(1))
    .optional(),
  EMBEDDING_WORKERS: integer(1, 64).optional(),

  CHAT_MODEL: chatModel.optional(),
  CHAT_TEMPERATURE: z.coerce
    .number({ error: 'must be a number from 0 to 2' })
    .min(0, { error: 'must be a number from 0 to 2' })
    .max(2, { error: 'must be a number from 0 to 2' })
    .default(0),
  CHAT_MAX_TOKENS: integer(16, 32_768).default(1024),
  CHAT_TIMEOUT_MS: integer(100, 600_000).default(30_000),
  CHAT_TRANSLATE_QUOTES: z
    .enum(['true', 'false'], { error: 'must be "true" or "false"' })
    .default('false')
    .transform((value) => value === 'true'),
  CHAT_JUDGE: z.enum(['on', 'off'], { error: 'must be "on" or "off"' }).default('off'),
  OPENAI_API_KEY: z.string().min(1).optional(),
  OPENAI_BASE_URL: z.url({ protocol: /^https?$/u }).optional(),

  TOP_K: integer(1, 50).default(8),
  ANSWER_LANGUAGE: z.enum(['auto', ...languages]).default('auto'),

  ANSWER_RETENTION_DAYS: integer(0, 36_500).default(365),
  ALLOWED_ORIGINS: origins.optional(),

  HNSW_EXACT_LIMIT: integer(0, 10_000_000).default(5_000),
  HNSW_LARGE_LIMIT: integer(1, 100_000_000).default(100_000),
  HNSW_M: integer(2, 128).default(16),
  HNSW_EF_CONSTRUCTION: integer(10, 4_000).default(200),
  HNSW_EF: integer(10, 4_000).default(200),
  HNSW_LARGE_M: integer(2, 128).default(32),
  HNSW_LARGE_EF: integer(10, 4_000).default(400),

  MAX_BODY_BYTES: integer(1_024, 10_485_760).default(262_144),
  MAX_QUESTION_LENGTH: integer(10, 20_000).default(2_000),
  MAX_HISTORY_TURNS: integer(0, 200).default(50),
  ANSWER_TIMEOUT_MS: integer(1_000, 600_000).default(60_000),
  SHUTDOWN_TIMEOUT_MS: integer(0, 600_000).default(10_000),
});

type Environment = z.infer<typeof environmentSchema>;

/** Everything configurable, validated and frozen. Paths are absolute; durations are milliseconds. */
export interface Config {
  readonly corpusDir: string;
  readonly indexDir: string;
  readonly promptsDir: string;
  readonly glossaryFile: string;
  readonly host: string;
  readonly port: number;
  readonly embeddings: EmbeddingModelOptions;
  readonly chat?: ChatModelOptions & { readonly translateQuotes: boolean; readonly judge: boolean };
  readonly topK: number;
  readonly answerLanguage: Environment['ANSWER_LANGUAGE'];
  /** Days for which answers are stored; 0 stores none. */
  readonly answerRetentionDays: number;
  /** Origins of other sites whose pages may call the API; `*` is every one. */
  readonly allowedOrigins: readonly string[];
  readonly hnsw: HnswOptions;
  readonly limits: {
    readonly bodyBytes: number;
    readonly questionLength: number;
    readonly historyTurns: number;
    readonly answerTimeoutMs: number;
    readonly shutdownTimeoutMs: number;
  };
}

/** Reads `.env` in the working folder into the environment, where there is one; variables already set win. */
export function readDotEnv(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/**
 * Reads the settings.
 *
 * @param overrides - settings that win over the environment, by variable name (a command's options).
 * @throws FootnoteError `configuration`, one line that names each bad variable.
 */
export function loadConfig(overrides: Readonly<Record<string, string | undefined>> = {}): Config {
  const given = Object.entries({ ...process.env, ...withoutAbsent(overrides) });
  // An empty variable means "not set": that is how compose files and shells clear one.
  const parsed = environmentSchema.safeParse(Object.fromEntries(given.filter(([, value]) => value !== '')));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
    throw new FootnoteError('configuration', `Bad setting. ${problems.join('; ')}`, {
      remedy: 'See .env.example for every setting and its range.',
    });
  }
  return deepFreeze(toConfig(parsed.data));
}

function toConfig(env: Environment): Config {
  const openai = {
    ...(env.OPENAI_API_KEY !== undefined && { apiKey: env.OPENAI_API_KEY }),
    ...(env.OPENAI_BASE_URL !== undefined && { baseUrl: env.OPENAI_BASE_URL }),
  };
  return {
    corpusDir: env.CORPUS_DIR,
    indexDir: env.INDEX_DIR,
    promptsDir: resolve(projectRoot, 'prompts'),
    glossaryFile: resolve(projectRoot, 'src/retrieve/glossary.tsv'),
    host: env.HOST,
    port: env.PORT,
    embeddings: {
      queryPrefix: env.EMBEDDINGS_QUERY_PREFIX,
      passagePrefix: env.EMBEDDINGS_PASSAGE_PREFIX,
      ...(env.EMBEDDINGS_LANGUAGES && { languages: env.EMBEDDINGS_LANGUAGES }),
      ...(env.EMBEDDING_WORKERS !== undefined && { workers: env.EMBEDDING_WORKERS }),
      ...embeddingSource(env.EMBEDDINGS, openai),
    },
    ...(env.CHAT_MODEL !== undefined && {
      chat: {
        model: env.CHAT_MODEL,
        temperature: env.CHAT_TEMPERATURE,
        maxTokens: env.CHAT_MAX_TOKENS,
        timeoutMs: env.CHAT_TIMEOUT_MS,
        translateQuotes: env.CHAT_TRANSLATE_QUOTES,
        judge: env.CHAT_JUDGE === 'on',
        ...openai,
      },
    }),
    topK: env.TOP_K,
    answerLanguage: env.ANSWER_LANGUAGE,
    answerRetentionDays: env.ANSWER_RETENTION_DAYS,
    allowedOrigins: env.ALLOWED_ORIGINS ?? [],
    hnsw: {
      exactLimit: env.HNSW_EXACT_LIMIT,
      largeLimit: env.HNSW_LARGE_LIMIT,
      m: env.HNSW_M,
      efConstruction: env.HNSW_EF_CONSTRUCTION,
      ef: env.HNSW_EF,
      largeM: env.HNSW_LARGE_M,
      largeEf: env.HNSW_LARGE_EF,
    },
    limits: {
      bodyBytes: env.MAX_BODY_BYTES,
      questionLength: env.MAX_QUESTION_LENGTH,
      historyTurns: env.MAX_HISTORY_TURNS,
      answerTimeoutMs: env.ANSWER_TIMEOUT_MS,
      shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
    },
  };
}

function embeddingSource(value: string, openai: { apiKey?: string; baseUrl?: string }) {
  const [kind, rest] = [value.split(':', 1)[0], value.slice(value.indexOf(':') + 1)];
  if (kind === 'onnx') return { kind, folder: resolve(rest) } as const;
  if (kind === 'openai') return { kind, model: rest, ...openai } as const;
  return { kind: 'bundled' } as const;
}

function isOrigin(value: string): boolean {
  return /^https?:/u.test(value) && URL.canParse(value) && new URL(value).origin === value;
}

function withoutAbsent(record: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) {
    if (typeof member === 'object' && member !== null) deepFreeze(member);
  }
  return Object.freeze(value);
}
