import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { Article } from '../../src/domain/article.ts';
import { FootnoteError } from '../../src/domain/errors.ts';
import { sha256 } from '../../src/domain/fingerprint.ts';
import type {
  Addition,
  GivenMetadata,
  IngestAdmin,
  SentFile,
  SourceOverview,
  WithdrawnArticle,
} from '../../src/domain/ingest-admin.ts';
import type { IngestJob, IngestJobResult } from '../../src/domain/ingest-job.ts';

const at = '2026-01-02T03:04:05.678Z';

interface Kept {
  readonly source: SourceOverview;
  readonly content: Buffer;
  readonly mediaType: string;
}

/** An {@link IngestAdmin} that keeps everything in memory, and does what it is told as far as text files go. */
export interface MemoryIngestAdmin extends IngestAdmin {
  readonly additions: Addition[];
  readonly purged: string[];
  article(id: string): Promise<Article>;
  /** A source as if it had always been there. */
  keep(source: SourceOverview, content: string | Buffer, mediaType: string): void;
  /** An article as if it had always been there. */
  keepArticle(article: Article): void;
  /** Lets jobs go on that wait because of `isHeld`. */
  release(): void;
}

const mediaTypes: Readonly<Record<string, string>> = {
  html: 'text/html',
  md: 'text/markdown',
  txt: 'text/plain',
  pdf: 'application/pdf',
};

/** With `isHeld`, jobs stop while they are running until they are released. */
export function createMemoryIngestAdmin({ isHeld = false } = {}): MemoryIngestAdmin {
  const sources = new Map<string, Kept>();
  const articles = new Map<string, Article>();
  const withdrawn = new Map<string, WithdrawnArticle & { readonly article: Article }>();
  const additions: Addition[] = [];
  const purged: string[] = [];
  const listeners = new Set<() => void>();
  let jobs: readonly IngestJob[] = [];
  let held = isHeld;
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  let queue: Promise<void> = Promise.resolve();

  const put = (job: IngestJob) => {
    jobs = jobs.map((known) => (known.id === job.id ? job : known));
    listeners.forEach((listener) => listener());
  };
  const find = (id: string) => {
    const job = jobs.find((known) => known.id === id);
    if (!job) throw new FootnoteError('not-found', 'There is no such job.');
    return job;
  };
  const begin = (
    kind: IngestJob['kind'],
    subject: readonly string[],
    work: () => Partial<IngestJobResult>,
  ) => {
    const job: IngestJob = { id: randomUUID(), kind, subject, state: 'queued', createdAt: at };
    jobs = [job, ...jobs];
    const before = queue;
    const carryOut = async () => {
      await before;
      const running: IngestJob = { ...job, state: 'running', startedAt: at };
      put({ ...running, progress: { phase: 'reading', done: 0, total: 2 } });
      if (held) await gate;
      await new Promise((resolve) => setImmediate(resolve));
      put({ ...running, progress: { phase: 'embedding', done: 1, total: 2 } });
      await new Promise((resolve) => setImmediate(resolve));
      const nothing = { added: [], changed: [], removed: [], unchanged: [], failed: [] };
      put({ ...running, state: 'done', endedAt: at, result: { ...nothing, ...work(), generation: 'g1' } });
    };
    queue = carryOut();
    return job;
  };
  const take = (path: string, content: Buffer, given: GivenMetadata = {}): Partial<IngestJobResult> => {
    const ending = path.split('.').at(-1) ?? '';
    const text = content.toString('utf8').trim();
    const base = { path, bytes: content.length, withdrawn: false };
    const mediaType = mediaTypes[ending] ?? 'application/octet-stream';
    if (text === '' || !['md', 'txt', 'html'].includes(ending)) {
      const reason = text === '' ? 'The file is empty.' : 'This kind of file cannot be read.';
      sources.set(path, { source: { ...base, articles: [], failures: [reason] }, content, mediaType });
      return { failed: [{ file: path, reason }] };
    }
    const [line = ''] = text.split('\n');
    const title = given.title ?? line.slice(0, 100);
    const id = given.id ?? (path.split('/').at(-1) ?? '').replace(/\W+/gu, '-').toLowerCase();
    const { publishedAt, language = 'en' } = given;
    const date = publishedAt === undefined ? {} : { publishedAt };
    const summary = { id, title, language, ...date };
    articles.set(id, { ...summary, version: sha256(text), text, headings: [] });
    const found = {
      title: given.title === undefined ? 'first-line' : 'given',
      language: 'detected',
    } as const;
    sources.set(path, {
      source: { ...base, articles: [{ ...summary, found }], failures: [] },
      content,
      mediaType,
    });
    return { added: [id] };
  };
  const takeAll = (files: readonly { readonly file: SentFile; readonly content: Buffer }[]) => {
    const results = files.map(({ file, content }) => take(`added/${file.name}`, content, file.given));
    return {
      added: results.flatMap(({ added = [] }) => added),
      failed: results.flatMap(({ failed = [] }) => failed),
    };
  };

  return {
    additions,
    purged,
    release() {
      held = false;
      release();
    },
    keep(source, content, mediaType) {
      sources.set(source.path, { source, content: Buffer.from(content), mediaType });
    },
    keepArticle(article) {
      articles.set(article.id, article);
    },
    async article(id) {
      const article = articles.get(id);
      if (!article) throw new FootnoteError('not-found', 'There is no such article.');
      return article;
    },
    async add(addition) {
      additions.push(addition);
      if ('files' in addition) {
        const files = await Promise.all(
          addition.files.map(async (file) => ({ file, content: await readFile(file.path) })),
        );
        return begin(
          'add',
          files.map(({ file }) => file.name),
          () => takeAll(files),
        );
      }
      if ('article' in addition) {
        const { text, ...given } = addition.article;
        return begin('add', [given.title], () =>
          take(`added/${sha256(text).slice(0, 8)}.txt`, Buffer.from(text), given),
        );
      }
      return begin('add', [addition.url], () => ({
        failed: [{ file: addition.url, reason: 'There is no network here.' }],
      }));
    },
    async delete(id, { purge }) {
      const article = articles.get(id);
      if (!article) throw new FootnoteError('not-found', 'There is no such article.');
      return begin('delete', [id], () => {
        articles.delete(id);
        if (purge) purged.push(id);
        else withdrawn.set(id, { id, title: article.title, withdrawnAt: at, restorable: true, article });
        for (const [path, kept] of sources) {
          if (!kept.source.articles.some((known) => known.id === id)) continue;
          if (purge) sources.delete(path);
          else sources.set(path, { ...kept, source: { ...kept.source, articles: [], withdrawn: true } });
        }
        return { removed: [id] };
      });
    },
    async restore(id) {
      const known = withdrawn.get(id);
      if (!known) throw new FootnoteError('not-found', 'There is no such deleted article.');
      return begin('restore', [id], () => {
        withdrawn.delete(id);
        articles.set(id, known.article);
        return { added: [id] };
      });
    },
    update: async () => begin('update', [], () => ({})),
    jobs: async () => jobs,
    job: async (id) => find(id),
    async *follow(id, { signal }) {
      for (;;) {
        const job = find(id);
        yield job;
        if (job.state === 'done' || job.state === 'failed') return;
        await changed(() => find(id) !== job, signal);
      }
    },
    sources: async () =>
      [...sources.values()].map(({ source }) => source).toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    async original(path) {
      const kept = sources.get(path);
      if (!kept) throw new FootnoteError('not-found', 'There is no such source.');
      const { content, mediaType } = kept;
      const pieces = async function* () {
        yield await Promise.resolve(content);
      };
      return { name: path.split('/').at(-1) ?? '', mediaType, bytes: content.length, content: pieces() };
    },
    withdrawn: async () => [...withdrawn.values()].map(({ article: _article, ...entry }) => entry),
    disk: async () => ({ index: 65_536, corpus: 12_345, free: 1_000_000_000 }),
  };

  function changed(hasChanged: () => boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!hasChanged()) return;
        listeners.delete(check);
        resolve();
      };
      listeners.add(check);
      signal.addEventListener('abort', () => {
        listeners.delete(check);
        reject(signal.reason);
      });
      check();
    });
  }
}
