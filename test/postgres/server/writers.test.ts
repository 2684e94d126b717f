import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { IndexWriter } from '../../../src/domain/ports.ts';
import { minHash } from '../../../src/domain/text/min-hash.ts';
import { collectRemoved } from '../../../src/index/postgres/collect-removed.ts';
import { createPostgresIndexWriter } from '../../../src/index/postgres/postgres-index-writer.ts';
import type { Database } from '../../../src/postgres/database.ts';
import { indexedArticle } from '../../index/fixtures.ts';
import { localCounts, storedCounts, visibleArticles } from '../../support/postgres/index-content.ts';
import { connectOptions, newSchema, serverDatabase } from '../../support/postgres/server-database.ts';

const embeddings = { id: 'test:model', dimensions: 8 };

function openWriter(database: Database, purpose: string) {
  return createPostgresIndexWriter({ database, embeddings, purpose });
}

async function openDatabase(schema = newSchema()) {
  const database = await serverDatabase({ schema });
  onTestFinished(() => database.close());
  return database;
}

const text = (writer: number, index: number) =>
  Array.from(
    { length: 12 },
    (_, line) => `Line ${line} of what writer ${writer} says of ferry ${index}.`,
  ).join('\n');

describe('four writers at once', () => {
  it(
    'each add, replace and remove theirs: all is there, and the counts are right',
    { timeout: 60_000 },
    async () => {
      const database = await openDatabase();
      const articles = (writer: number) =>
        Array.from({ length: 25 }, (_, index) => {
          const content = text(writer, index);
          return { ...indexedArticle(`w${writer}-${index}`, content), signature: minHash(content) };
        });
      const work = async (writer: number) => {
        for (const part of [articles(writer).slice(0, 12), articles(writer).slice(10)]) {
          const index = await openWriter(database, `writer ${writer}`);
          for (const entry of part) await index.put(entry, entry.article.version);
          await index.commit();
        }
        const last = await openWriter(database, `writer ${writer}`);
        await last.remove(`w${writer}-3`);
        return last.commit();
      };
      const generations = await Promise.all([1, 2, 3, 4].map(work));
      const expected = [1, 2, 3, 4].flatMap((writer) => articles(writer).map(({ article }) => article.id));
      expect(await visibleArticles(database)).toEqual(expected.filter((id) => !id.endsWith('-3')).toSorted());
      const latest = generations.toSorted((a, b) => (a.id < b.id ? 1 : -1))[0];
      expect(latest).toMatchObject({ articles: 96, passages: 96 });
      expect(await storedCounts(database)).toEqual(await localCounts(database));
      await collectRemoved(database, { graceMs: 0 });
      expect(await database.query('SELECT id FROM articles WHERE removed IS NOT NULL LIMIT 1')).toEqual([]);
      expect(await storedCounts(database)).toEqual(await localCounts(database));
    },
  );

  it('win once and conflict otherwise, where they write the same article', async () => {
    const database = await openDatabase();
    const writers = await Promise.all([1, 2, 3, 4].map((writer) => openWriter(database, `writer ${writer}`)));
    await Promise.all(
      writers.map((writer, index) => writer.put(indexedArticle('same', text(index, 1)), `print ${index}`)),
    );
    const ends = await Promise.allSettled(writers.map((writer) => writer.commit()));
    const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    expect(failures).toHaveLength(3);
    for (const failure of failures) expect(failure).toMatchObject({ code: 'unavailable', retryAfter: 1 });
    expect(await storedCounts(database)).toEqual(await localCounts(database));
  });
});

const modules = {
  connect: new URL('../../../dist/postgres/connect.js', import.meta.url).href,
  writer: new URL('../../../dist/index/postgres/postgres-index-writer.js', import.meta.url).href,
};

/** Puts articles without end, and tells after each. */
const puttingScript = `
  const { connect } = await import(${JSON.stringify(modules.connect)});
  const { createPostgresIndexWriter } = await import(${JSON.stringify(modules.writer)});
  const writer = await createPostgresIndexWriter({
    database: connect(JSON.parse(process.argv[1])),
    embeddings: ${JSON.stringify(embeddings)},
    purpose: 'job',
    leaseMs: 1_500,
  });
  for (let number = 0; ; number += 1) {
    const id = 'a' + number;
    const text = 'Article ' + number + ' of a process that is killed.';
    const span = { start: 0, end: text.length };
    const own = { articleId: id, articleVersion: 'v' };
    const vector = Array.from({ length: ${embeddings.dimensions} }, (_, index) => Math.cos(number + index));
    await writer.put({
      article: { id, version: 'v', title: 'T', language: 'en', text, headings: [] },
      passages: [{ ...span, ...own, id: id + ':p', sentences: [span], headingPath: [] }],
      passageVectors: [vector],
      sentenceVectors: [[vector]],
      signature: new Uint32Array(0),
    }, 'print');
    process.stdout.write(id + '\\n');
  }
`;

describe('a process that is killed while it puts articles', () => {
  it(
    'leaves nothing that can be seen, and the next writer for its purpose carries on',
    { timeout: 60_000 },
    async () => {
      const schema = newSchema();
      const database = await openDatabase(schema);
      const child = spawn(
        process.execPath,
        ['--input-type=module', '--eval', puttingScript, JSON.stringify(connectOptions(schema))],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      onTestFinished(() => void child.kill('SIGKILL'));
      const put: string[] = [];
      const lines = createInterface(child.stdout);
      lines.on('line', (line) => {
        put.push(line);
        if (put.length === 10) child.kill('SIGKILL');
      });
      await Promise.all([once(child, 'exit'), once(lines, 'close')]);
      expect(put.length).toBeGreaterThanOrEqual(10);
      expect(await visibleArticles(database)).toEqual([]);
      const writer = await whenResumed(database);
      expect([...writer.fingerprints.keys()]).toEqual(expect.arrayContaining(put));
      await writer.put(indexedArticle('last', 'Last words.'), 'print');
      const generation = await writer.commit();
      expect(generation.articles).toBe(writer.fingerprints.size + 1);
      expect(await visibleArticles(database)).toHaveLength(generation.articles);
      expect(await storedCounts(database)).toEqual(await localCounts(database));
    },
  );
});

/** A writer that carries on, which it does once the lease of the killed one is over. */
async function whenResumed(database: Database): Promise<IndexWriter> {
  let found: IndexWriter | undefined;
  await expect
    .poll(
      async () => {
        const writer = await openWriter(database, 'job');
        if (writer.resumed) found = writer;
        else await writer.discard();
        return found !== undefined;
      },
      { timeout: 20_000, interval: 200 },
    )
    .toBe(true);
  if (!found) throw new Error('Nobody carried on.');
  return found;
}
