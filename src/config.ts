import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
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

/** `*`, or host names such as `footnote.example`, without port, separated by commas. */
const hosts = z
  .string()
  .transform((list) => list.split(',').map((host) => host.trim().toLowerCase()))
  .pipe(
    z.array(z.string().regex(/^(?:\*|[\p{L}\d](?:[\p{L}\d.-]*[\p{L}\d])?)$/u, 'must be "*" or host names')),
  );

const flag = (fallback: 'true' | 'false') =>
  z
    .enum(['true', 'false'], { error: 'must be "true" or "false"' })
    .default(fallback)
    .transform((value) => value === 'true');

/** `false`, a number of proxies, or their addresses; not `true`, with which anybody could name an address of their own. */
const trustedProxies = z
  .string()
  .refine(
    (value) => value === 'false' || /^[1-9]\d?$/u.test(value) || value.split(',').every(isNetwork),
    'must be "false", a number of proxies from 1 to 99, or addresses such as 10.0.0.0/8,loopback',
  )
  .transform((value) => {
    if (value === 'false') return false;
    return /^\d+$/u.test(value) ? Number(value) : value.split(',').map((part) => part.trim());
  });

/** Without a slash at the end; empty is the root. */
const basePath = z
  .string()
  .regex(/^\/(?:[\w.~-]+(?:\/[\w.~-]+)*\/?)?$/u, 'must be a path such as /footnote')
  .transform((path) => path.replace(/\/$/u, ''));

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
  CONVERSATION_RETENTION_DAYS: integer(0, 3_650).default(30),
  ALLOWED_ORIGINS: origins.optional(),

  API_KEYS: z
    .enum(['optional', 'required'], { error: 'must be "optional" or "required"' })
    .default('optional'),
  WIDGET_PUBLIC: flag('true'),
  RATE_LIMIT: z
    .union([z.literal('off'), integer(1, 1_000_000)], {
      error: 'must be "off" or a whole number from 1 to 1000000',
    })
    .default(60),
  MAX_CONCURRENT_ANSWERS: integer(1, 10_000).default(8),
  ANSWER_QUEUE: integer(0, 100_000).default(32),
  TRUST_PROXY: trustedProxies.default(false),
  BASE_PATH: basePath.default(''),
  ALLOWED_HOSTS: hosts.optional(),

  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], {
      error: 'must be silent, error, warn, info or debug',
    })
    .default('info'),
  LOG_FORMAT: z.enum(['json', 'pretty'], { error: 'must be "json" or "pretty"' }).optional(),
  LOG_QUESTIONS: flag('false'),
  METRICS: z.enum(['on', 'off'], { error: 'must be "on" or "off"' }).default('on'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/u }).optional(),
  OTEL_SERVICE_NAME: z.string().default('footnote'),

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
  /** Days after its latest answer for which a conversation is stored; 0 stores none. */
  readonly conversationRetentionDays: number;
  /** Origins of other sites whose pages may call the API; `*` is every one. */
  readonly allowedOrigins: readonly string[];
  readonly access: { readonly keysRequired: boolean; readonly widgetPublic: boolean };
  readonly traffic: {
    /** Calls of the API by one key or address; as many as come when absent. */
    readonly requestsPerMinute?: number;
    readonly concurrentAnswers: number;
    /** Questions that may wait for one of them. */
    readonly answerQueue: number;
  };
  readonly proxy: {
    /** Whose `X-Forwarded-…` headers count: of so many hops, or of these addresses. */
    readonly trusted: false | number | readonly string[];
    /** Below which everything is served too, such as `/footnote`; empty for none. */
    readonly basePath: string;
  };
  /** Names under which the server is asked, besides `localhost` and addresses; `*` is every one. */
  readonly allowedHosts: readonly string[];
  readonly log: {
    readonly level: Environment['LOG_LEVEL'];
    /** Absent: for people on a terminal, and JSON elsewhere. */
    readonly format?: 'json' | 'pretty';
    readonly questions: boolean;
  };
  readonly metrics: boolean;
  /** Where traces are sent; none are recorded when absent. */
  readonly tracing?: { readonly endpoint: string; readonly serviceName: string };
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
    conversationRetentionDays: env.CONVERSATION_RETENTION_DAYS,
    allowedOrigins: env.ALLOWED_ORIGINS ?? [],
    access: { keysRequired: env.API_KEYS === 'required', widgetPublic: env.WIDGET_PUBLIC },
    traffic: {
      ...(env.RATE_LIMIT !== 'off' && { requestsPerMinute: env.RATE_LIMIT }),
      concurrentAnswers: env.MAX_CONCURRENT_ANSWERS,
      answerQueue: env.ANSWER_QUEUE,
    },
    proxy: { trusted: env.TRUST_PROXY, basePath: env.BASE_PATH },
    allowedHosts: env.ALLOWED_HOSTS ?? [],
    log: {
      level: env.LOG_LEVEL,
      questions: env.LOG_QUESTIONS,
      ...(env.LOG_FORMAT !== undefined && { format: env.LOG_FORMAT }),
    },
    metrics: env.METRICS === 'on',
    ...(env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined && {
      tracing: { endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT, serviceName: env.OTEL_SERVICE_NAME },
    }),
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

function isNetwork(value: string): boolean {
  const [address = '', bits, ...rest] = value.trim().split('/');
  if (['loopback', 'linklocal', 'uniquelocal'].includes(address)) return bits === undefined;
  const version = isIP(address);
  const isLength =
    bits === undefined || (/^\d{1,3}$/u.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
  return version !== 0 && isLength && rest.length === 0;
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
