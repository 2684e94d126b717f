import { isIP } from 'node:net';
import { resolve } from 'node:path';

import { z } from 'zod';

import { languages } from './domain/language.ts';

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

/** Host names or addresses, each with a port or without, separated by commas. */
const hostsWithPorts = z
  .string()
  .transform((list) => list.split(',').map((host) => host.trim().toLowerCase()))
  .pipe(
    z.array(
      z
        .string()
        .regex(
          /^(?:\[[\da-f:.]+\]|[\p{L}\d](?:[\p{L}\d.-]*[\p{L}\d])?)(?::\d{1,5})?$/u,
          'must be host names or addresses, such as cms.internal,10.0.0.5:8080',
        ),
    ),
  );

/** Not the value itself in the message: it has the password. */
const storeAddress = z
  .string()
  .refine(
    (value) => /^postgres(?:ql)?:\/\//u.test(value) && URL.canParse(value),
    'must be an address such as postgres://user:password@host:5432/database',
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
  ADDED_DIR: z.string().min(1).optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: integer(0, 65_535).default(3000),

  STORE: storeAddress.optional(),
  STORE_READ_URL: storeAddress.optional(),
  STORE_SCHEMA: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,39}$/u, 'must be a name of a-z, 0-9 and _, 40 characters at most')
    .default('footnote'),
  STORE_POOL_SIZE: integer(1, 1_000).default(10),
  STORE_CONNECT_TIMEOUT_MS: integer(100, 60_000).default(5_000),
  STORE_STATEMENT_TIMEOUT_MS: integer(100, 600_000).default(10_000),
  STORE_EF_SEARCH: integer(10, 1_000).default(100),
  INGEST_WORKER: z.enum(['on', 'off'], { error: 'must be "on" or "off"' }).default('on'),

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
  CHAT_PAUSE_MS: integer(0, 600_000).default(15_000),
  CHAT_TRANSLATE_QUOTES: flag('false'),
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
  MAX_CONCURRENT_READS: integer(1, 10_000).default(4),
  MAX_LOOP_DELAY_MS: integer(50, 60_000).default(500),
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

  MAX_FILE_BYTES: integer(1_024, 1_000_000_000).default(50_000_000),
  PARSE_WORKERS: integer(1, 64).default(2),
  PARSE_TIMEOUT_MS: integer(100, 600_000).default(30_000),
  PARSE_MEMORY_MB: integer(64, 65_536).default(512),
  FETCH_ALLOWED_HOSTS: hostsWithPorts.optional(),
  FETCH_DELAY_MS: integer(0, 600_000).default(1_000),
  FETCH_TIMEOUT_MS: integer(100, 600_000).default(30_000),
  FETCH_USER_AGENT: z.string().min(1).max(200).default('Footnote/0.1'),
  FOLLOW: flag('false'),
  REFRESH_MINUTES: integer(1, 44_640).default(30),

  HNSW_EXACT_LIMIT: integer(0, 10_000_000).default(5_000),
  HNSW_LARGE_LIMIT: integer(1, 100_000_000).default(100_000),
  HNSW_M: integer(2, 128).default(16),
  HNSW_EF_CONSTRUCTION: integer(10, 4_000).default(200),
  HNSW_EF: integer(10, 4_000).default(200),
  HNSW_LARGE_M: integer(2, 128).default(32),
  HNSW_LARGE_EF: integer(10, 4_000).default(400),
  HNSW_SHARD_LIMIT: integer(1_000, 100_000_000).default(250_000),

  MAX_BODY_BYTES: integer(1_024, 10_485_760).default(262_144),
  MAX_QUESTION_LENGTH: integer(10, 20_000).default(2_000),
  MAX_HISTORY_TURNS: integer(0, 200).default(50),
  ANSWER_TIMEOUT_MS: integer(1_000, 600_000).default(60_000),
  SHUTDOWN_TIMEOUT_MS: integer(0, 600_000).default(10_000),
});

/** The settings as read, with their defaults. */
export type Environment = z.infer<typeof environmentSchema>;

function isOrigin(value: string): boolean {
  return /^https?:/u.test(value) && URL.canParse(value) && new URL(value).origin === value;
}

function isNetwork(value: string): boolean {
  const [address = '', bits, ...rest] = value.trim().split('/');
  if (['loopback', 'linklocal', 'uniquelocal'].includes(address)) return bits === undefined;
  const version = isIP(address);
  const isLength =
    bits === undefined || (/^\d{1,3}$/u.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
  return version !== 0 && isLength && rest.length === 0;
}
