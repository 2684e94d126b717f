import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { FootnoteError } from './domain/errors.ts';
import { type Environment, environmentSchema } from './environment.ts';
import type { HnswOptions } from './index/hnsw-options.ts';
import type { ChatModelOptions } from './models/chat-model.ts';
import type { EmbeddingModelOptions } from './models/create-embedding-model.ts';

/** Folder of `package.json`: two levels up from both `src/config.ts` and `dist/config.js`. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url));

/** Everything configurable, validated and frozen. Paths are absolute; durations are milliseconds. */
export interface Config {
  readonly corpusDir: string;
  readonly indexDir: string;
  /** Where everything is kept; `folder`: in `indexDir` and `addedDir`. */
  readonly store: { readonly kind: 'folder' } | PostgresSettings;
  /** Where articles are kept that are added through Footnote. */
  readonly addedDir: string;
  readonly promptsDir: string;
  readonly glossaryFile: string;
  readonly host: string;
  readonly port: number;
  readonly embeddings: EmbeddingModelOptions;
  readonly chat?: ChatModelOptions & {
    readonly translateQuotes: boolean;
    readonly judge: boolean;
    /** For so many milliseconds a model that fails again and again is left alone. */
    readonly pauseMs: number;
  };
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
    /** Searches, articles and the like; as many as come when absent. */
    readonly concurrentReads?: number;
    /** By how much the event loop may be late before requests are refused; however much when absent. */
    readonly loopDelayMs?: number;
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
  readonly parse: {
    /** Largest file that is read or accepted, in bytes. */
    readonly maxFileBytes: number;
    /** Threads that read files. */
    readonly workers: number;
    /** What one file may take. */
    readonly timeoutMs: number;
    readonly memoryMb: number;
  };
  readonly fetch: {
    /** Names or addresses of hosts that pages are fetched from although they are not public. */
    readonly allowedHosts: readonly string[];
    /** Milliseconds between two requests to one host. */
    readonly delayMs: number;
    readonly timeoutMs: number;
    readonly userAgent: string;
  };
  readonly follow: {
    /** Whether the server follows the corpus folder and its feeds. */
    readonly enabled: boolean;
    /** Between two looks at a feed that names no interval of its own. */
    readonly refreshMinutes: number;
  };
  readonly limits: {
    readonly bodyBytes: number;
    readonly questionLength: number;
    readonly historyTurns: number;
    readonly answerTimeoutMs: number;
    readonly shutdownTimeoutMs: number;
  };
}

/** A PostgreSQL database as the store. Addresses hold passwords: never log them. */
export interface PostgresSettings {
  readonly kind: 'postgres';
  readonly url: string;
  /** Of a copy that follows the database, for searching and reading articles. */
  readonly readUrl?: string;
  readonly schema: string;
  /** Most connections of this process, to each of both. */
  readonly poolSize: number;
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  /** pgvector's `hnsw.ef_search`. */
  readonly searchBreadth: number;
  /** Whether a server carries jobs out too. */
  readonly worker: boolean;
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
    store: storeSettings(env),
    addedDir: env.ADDED_DIR === undefined ? join(env.CORPUS_DIR, 'added') : resolve(env.ADDED_DIR),
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
        pauseMs: env.CHAT_PAUSE_MS,
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
      concurrentReads: env.MAX_CONCURRENT_READS,
      loopDelayMs: env.MAX_LOOP_DELAY_MS,
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
    parse: {
      maxFileBytes: env.MAX_FILE_BYTES,
      workers: env.PARSE_WORKERS,
      timeoutMs: env.PARSE_TIMEOUT_MS,
      memoryMb: env.PARSE_MEMORY_MB,
    },
    fetch: {
      allowedHosts: env.FETCH_ALLOWED_HOSTS ?? [],
      delayMs: env.FETCH_DELAY_MS,
      timeoutMs: env.FETCH_TIMEOUT_MS,
      userAgent: env.FETCH_USER_AGENT,
    },
    follow: { enabled: env.FOLLOW, refreshMinutes: env.REFRESH_MINUTES },
    hnsw: {
      exactLimit: env.HNSW_EXACT_LIMIT,
      largeLimit: env.HNSW_LARGE_LIMIT,
      m: env.HNSW_M,
      efConstruction: env.HNSW_EF_CONSTRUCTION,
      ef: env.HNSW_EF,
      largeM: env.HNSW_LARGE_M,
      largeEf: env.HNSW_LARGE_EF,
      shardLimit: env.HNSW_SHARD_LIMIT,
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

function storeSettings(env: Environment): Config['store'] {
  if (env.STORE === undefined) return { kind: 'folder' };
  return {
    kind: 'postgres',
    url: env.STORE,
    ...(env.STORE_READ_URL !== undefined && { readUrl: env.STORE_READ_URL }),
    schema: env.STORE_SCHEMA,
    poolSize: env.STORE_POOL_SIZE,
    connectTimeoutMs: env.STORE_CONNECT_TIMEOUT_MS,
    statementTimeoutMs: env.STORE_STATEMENT_TIMEOUT_MS,
    searchBreadth: env.STORE_EF_SEARCH,
    worker: env.INGEST_WORKER === 'on',
  };
}

function embeddingSource(value: string, openai: { apiKey?: string; baseUrl?: string }) {
  const [kind, rest] = [value.split(':', 1)[0], value.slice(value.indexOf(':') + 1)];
  if (kind === 'onnx') return { kind, folder: resolve(rest) } as const;
  if (kind === 'openai') return { kind, model: rest, ...openai } as const;
  return { kind: 'bundled' } as const;
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
