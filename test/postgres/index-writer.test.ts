import Sqlite from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

import type { Article } from '../../src/domain/article.ts';
import { FootnoteError } from '../../src/domain/errors.ts';
import type { IndexedArticle } from '../../src/domain/ports.ts';
import { minHash } from '../../src/domain/text/min-hash.ts';
import { createArticleTables } from '../../src/index/article-schema.ts';
import { createArticleWriter } from '../../src/index/article-writer.ts';
import { createCopyTables } from '../../src/index/copies/copy-tables.ts';
import { crowd } from '../../src/index/copies/text-changes.ts';
import { updateCopyGroups } from '../../src/index/copies/update-copy-groups.ts';
import { collectRemoved } from '../../src/index/postgres/collect-removed.ts';
import { createPostgresIndexWriter } from '../../src/index/postgres/postgres-index-writer.ts';
import { unitVector } from '../../src/index/vector-checks.ts';
import type { Database } from '../../src/postgres/database.ts';
import { whole } from '../../src/postgres/rows.ts';
import { indexedArticle, randomNumbers } from '../index/fixtures.ts';
import { localCounts, storedCounts, visibleArticles } from '../support/postgres/index-content.ts';
import { pgliteDatabase } from '../support/postgres/pglite-database.ts';

const embeddings = { id: 'test:model', dimensions: 8 };

function openWriter(database: Database, purpose = 'test', leaseMs = 60_000) {
  return createPostgresIndexWriter({ database, embeddings, purpose, leaseMs });
}

async function ingest(database: Database, entries: readonly IndexedArticle[], purpose = 'test') {
  const writer = await openWriter(database, purpose);
  for (const entry of entries) await writer.put(entry, `print of ${entry.article.version}`);
  return writer.commit();
}

/** Numbers of rows, of tables that hold something. */
async function rowCounts(database: Database): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const tables = [
    'articles',
    'passages',
    'passage_vectors',
    'passage_terms',
    'sources',
    'batches',
    'batch_removals',
  ];
  for (const table of tables) {
    const [row] = await database.query(`SELECT count(*) AS count FROM ${table}`);
    const { count } = z.object({ count: whole }).parse(row);
    if (count > 0) counts[table] = count;
  }
  return counts;
}

/** As if the process of every writer had been killed some time ago. */
async function endLeases(database: Database, ago = '1 second') {
  await database.query(
    `UPDATE batches SET lease_until = clock_timestamp() - $1::text::interval WHERE shard = 0 AND state <> 'committed'`,
    [ago],
  );
}

const first = indexedArticle('first', '# Heading\nOne sentence.\nAnother.\n\nSecond 😀 paragraph.', {
  publishedAt: '2024-03-01',
  publisher: 'Daily',
  sources: ['Ministry', 'https://example.org'],
  headings: [{ start: 0, end: 9, level: 1 }],
});
const second = indexedArticle('second', 'Undated words.');
const third = indexedArticle('third', 'Bài thứ ba.', { language: 'vi' });
const source = { path: 'one.md', digest: 'd', articles: ['first'], failures: ['Page 3 is empty.'] };

describe('an index writer for PostgreSQL', () => {
  it('shows nothing before it commits, and then everything', async () => {
    const database = await pgliteDatabase();
    const writer = await openWriter(database);
    for (const entry of [first, second, third]) await writer.put(entry, `print of ${entry.article.id}`);
    await writer.putSource(source);
    expect(await visibleArticles(database)).toEqual([]);
    const generation = await writer.commit();
    expect(generation).toMatchObject({ articles: 3, passages: 4, languages: { en: 3, vi: 1 } });
    expect(generation.id).toMatch(/^\d{8}T\d{9}Z-[0-9a-f]{8}$/u);
    expect(await visibleArticles(database)).toEqual(['first', 'second', 'third']);
    const next = await openWriter(database);
    expect(next.fingerprints.get('second')).toBe('print of second');
    expect(next.sources).toEqual(new Map([[source.path, source]]));
    expect(await next.commit()).toEqual(generation);
  });

  it('gives back what is stored, vectors to the last bit', async () => {
    const database = await pgliteDatabase();
    await ingest(database, [first]);
    const writer = await openWriter(database);
    const stored = await writer.stored('first');
    expect(stored).toMatchObject({
      article: first.article,
      passages: first.passages,
      signature: first.signature,
      passageVectors: first.passageVectors.map((vector) => Array.from(unitVector(vector, 8))),
    });
    if (!stored) throw new Error('It is not stored.');
    await writer.put(stored, 'again');
    expect(await writer.stored('first')).toEqual(stored);
    await writer.remove('first');
    expect(await writer.stored('first')).toBeUndefined();
    await writer.put(second, 'print');
    expect(await writer.stored('second')).toMatchObject({ article: second.article });
    await writer.discard();
  });

  it('replaces and removes, and changes its mind', async () => {
    const database = await pgliteDatabase();
    const generation = await ingest(database, [first, second, third]);
    const writer = await openWriter(database);
    await writer.put(indexedArticle('first', 'Changed text.', { language: 'vi' }), 'new print');
    await writer.remove('second');
    await writer.remove('third');
    await writer.put(third, 'back');
    await writer.put(indexedArticle('fifth', 'New words.'), 'print');
    await writer.remove('fifth');
    await writer.remove('none');
    const next = await writer.commit();
    expect(next.id > generation.id).toBe(true);
    expect(next).toMatchObject({ articles: 2, passages: 2, languages: { vi: 2 } });
    expect(await visibleArticles(database)).toEqual(['first', 'third']);
    expect(await storedCounts(database)).toEqual(await localCounts(database));
    const after = await openWriter(database);
    expect(Object.fromEntries(after.fingerprints)).toEqual({ first: 'new print', third: 'back' });
    await after.discard();
  });

  it('leaves nothing behind when it is discarded, or suspended without a change', async () => {
    const database = await pgliteDatabase();
    const generation = await ingest(database, [first]);
    const before = await rowCounts(database);
    const writer = await openWriter(database);
    await writer.put(second, 'print');
    await writer.putSource(source);
    await writer.remove('first');
    await writer.discard();
    await writer.discard();
    await writer.suspend();
    await expect(writer.commit()).rejects.toThrow(/has ended/u);
    await expect(writer.put(third, 'print')).rejects.toThrow(TypeError);
    const idle = await openWriter(database);
    await idle.suspend();
    expect(await rowCounts(database)).toEqual(before);
    expect(await (await openWriter(database)).commit()).toEqual(generation);
  });

  it('can commit an empty index', async () => {
    const database = await pgliteDatabase();
    expect(await ingest(database, [])).toMatchObject({ articles: 0, passages: 0, languages: {} });
    const removing = await openWriter(database);
    await removing.put(first, 'print');
    await removing.commit();
    const writer = await openWriter(database);
    await writer.remove('first');
    expect(await writer.commit()).toMatchObject({ articles: 0, passages: 0, languages: {} });
    expect(await storedCounts(database)).toMatchObject({ terms: [] });
  });

  it('refuses what cannot be stored and another embedding model, and keeps the old state', async () => {
    const database = await pgliteDatabase();
    const generation = await ingest(database, [first]);
    const writer = await openWriter(database);
    await expect(writer.put({ ...second, passageVectors: [[1]] }, 'print')).rejects.toThrow(/has 1 numbers/u);
    await expect(writer.put({ ...second, passageVectors: [] }, 'print')).rejects.toThrow(RangeError);
    const nul = { ...second, article: { ...second.article, title: 'A\0B' } };
    await expect(writer.put(nul, 'print')).rejects.toThrow(/title has a NUL/u);
    expect(await writer.commit()).toEqual(generation);
    const other = { database, embeddings: { id: 'other:model', dimensions: 8 }, purpose: 'test' };
    await expect(createPostgresIndexWriter(other)).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/test:model.*other:model/u),
      remedy: expect.stringContaining('STORE_SCHEMA'),
    });
  });

  it('takes words of any length and texts without any', async () => {
    const database = await pgliteDatabase();
    const long = Array.from({ length: 400 }, (_, index) => String.fromCodePoint(0x4e00 + index * 7)).join('');
    await ingest(database, [
      indexedArticle('long', `${long.repeat(20)} word`),
      indexedArticle('none', '… !'),
    ]);
    expect(await storedCounts(database)).toEqual(await localCounts(database));
    expect(await visibleArticles(database)).toEqual(['long', 'none']);
  });
});

describe('a commit whose success was not heard of', () => {
  it.each([
    ['as a lost connection', new FootnoteError('unavailable', 'The database cannot be reached.')],
    ['as a fault', new Error('A fault.')],
  ])('%s keeps what was committed', async (_name, failure) => {
    const database = await pgliteDatabase();
    let isFailing = false;
    const unheard: Database = {
      ...database,
      transaction: async (work, options) => {
        const result = await database.transaction(work, options);
        if (isFailing) throw failure;
        return result;
      },
    };
    const writer = await openWriter(unheard);
    await writer.put(first, 'print');
    isFailing = true;
    await expect(writer.commit()).rejects.toBe(failure);
    isFailing = false;
    expect(await visibleArticles(database)).toEqual(['first']);
    const next = await openWriter(database);
    expect([next.resumed, next.fingerprints.get('first')]).toEqual([false, 'print']);
    expect(await next.commit()).toMatchObject({ articles: 1 });
    expect(await storedCounts(database)).toEqual(await localCounts(database));
  });
});

describe('several index writers at once', () => {
  it('are all kept', async () => {
    const database = await pgliteDatabase();
    await ingest(database, [first]);
    const [a, b] = [await openWriter(database, 'a'), await openWriter(database, 'b')];
    await b.put(second, 'print');
    await a.put(third, 'print');
    const ofB = await b.commit();
    expect(await visibleArticles(database)).toEqual(['first', 'second']);
    await a.remove('first');
    const ofA = await a.commit();
    expect(ofA.id > ofB.id).toBe(true);
    expect(ofA).toMatchObject({ articles: 2, passages: 2 });
    expect(await visibleArticles(database)).toEqual(['second', 'third']);
    expect(await storedCounts(database)).toEqual(await localCounts(database));
  });

  const changes: [string, (writer: Awaited<ReturnType<typeof openWriter>>) => Promise<void>][] = [
    ['replaced', (writer) => writer.put(indexedArticle('first', 'Other words.'), 'other')],
    ['removed', (writer) => writer.remove('first')],
  ];
  const pairs = changes.flatMap(([a, one]) => changes.map(([b, other]) => [a, b, one, other] as const));
  it.each(pairs)('do not undo each other: %s here, %s there', async (here, there, one, other) => {
    const database = await pgliteDatabase();
    await ingest(database, [first]);
    const [slow, quick] = [await openWriter(database, 'slow'), await openWriter(database, 'quick')];
    await one(slow);
    await slow.put(second, 'print');
    await other(quick);
    await quick.commit();
    await collectRemoved(database, { graceMs: 0 });
    const counts = await storedCounts(database);
    await expect(slow.commit()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('"first" was changed meanwhile'),
    });
    expect(await storedCounts(database)).toEqual(counts);
    // What does not conflict is kept for another try.
    const again = await openWriter(database, 'slow');
    expect([again.resumed, again.fingerprints.get('second')]).toEqual([true, 'print']);
    expect(again.fingerprints.get('first')).toBe(there === 'removed' ? undefined : 'other');
    await one(again);
    await again.commit();
    expect(await storedCounts(database)).toEqual(await localCounts(database));
    expect(await visibleArticles(database)).toEqual(here === 'removed' ? ['second'] : ['first', 'second']);
  });

  it('conflict over new articles and sources as well', async () => {
    const database = await pgliteDatabase();
    const [a, b, c] = [
      await openWriter(database, 'a'),
      await openWriter(database, 'b'),
      await openWriter(database, 'c'),
    ];
    await a.put(first, 'a');
    await b.put(first, 'b');
    await b.putSource(source);
    await c.putSource({ ...source, digest: 'c' });
    await b.commit();
    await expect(a.commit()).rejects.toMatchObject({ code: 'unavailable' });
    await expect(c.commit()).rejects.toThrow(/"one\.md" was changed meanwhile/u);
    const after = await openWriter(database);
    expect([after.fingerprints.get('first'), after.sources.get('one.md')]).toEqual(['b', source]);
    await after.discard();
  });
});

describe('an interrupted batch', () => {
  it('is carried on by the next writer of its purpose, when it was suspended or its lease is over', async () => {
    const database = await pgliteDatabase();
    await ingest(database, [first, third]);
    const killed = await openWriter(database, 'job');
    await killed.put(second, 'print');
    await killed.remove('third');
    await killed.putSource(source);
    const other = await openWriter(database, 'other');
    expect(other.resumed).toBe(false);
    const early = await openWriter(database, 'job');
    expect([early.resumed, early.fingerprints.has('second')]).toEqual([false, false]);
    await endLeases(database);
    const writer = await openWriter(database, 'job');
    expect(writer.resumed).toBe(true);
    expect([...writer.fingerprints.keys()].toSorted()).toEqual(['first', 'second']);
    expect(writer.sources.get('one.md')).toEqual(source);
    expect(await writer.stored('second')).toMatchObject({ article: second.article });
    // Who was not dead after all is told, and cannot spoil it.
    await expect(killed.put(third, 'late')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(killed.commit()).rejects.toMatchObject({ code: 'unavailable' });
    await killed.discard();
    await writer.suspend();
    const last = await openWriter(database, 'job');
    expect(last.resumed).toBe(true);
    expect(await last.commit()).toMatchObject({ articles: 2 });
    expect(await visibleArticles(database)).toEqual(['first', 'second']);
    expect(await storedCounts(database)).toEqual(await localCounts(database));
  });

  it('keeps its lease while its writer lives', async () => {
    const database = await pgliteDatabase();
    const writer = await openWriter(database, 'job', 150);
    await writer.put(first, 'print');
    await endLeases(database);
    await expect
      .poll(async () => {
        const rows = await database.query('SELECT batch FROM batches WHERE lease_until > clock_timestamp()');
        return rows.length;
      })
      .toBe(1);
    await writer.commit();
  });

  it('is removed after a day', async () => {
    const database = await pgliteDatabase();
    await ingest(database, [first]);
    const before = await rowCounts(database);
    const killed = await openWriter(database, 'job');
    await killed.put(second, 'print');
    await killed.putSource(source);
    await collectRemoved(database, { graceMs: 0 });
    expect(await rowCounts(database)).not.toEqual(before);
    await endLeases(database, '25 hours');
    await collectRemoved(database, { graceMs: 0 });
    expect(await rowCounts(database)).toEqual(before);
    await expect(killed.put(third, 'late')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('what was removed', () => {
  it('goes for good after the grace time, and nothing else with it', async () => {
    const database = await pgliteDatabase();
    await ingest(database, [first, second]);
    const before = await rowCounts(database);
    const writer = await openWriter(database);
    await writer.put(third, 'print');
    await writer.putSource(source);
    await writer.commit();
    const undo = await openWriter(database);
    await undo.remove('third');
    await undo.removeSource('one.md');
    await undo.commit();
    await collectRemoved(database, { graceMs: 60_000 });
    expect(await rowCounts(database)).toMatchObject({ articles: 3, sources: 1 });
    await collectRemoved(database, { graceMs: 0 });
    const { batches: _batches, batch_removals: _removals, ...rows } = await rowCounts(database);
    expect({ ...rows, batches: 1 }).toEqual(before);
    expect(await visibleArticles(database)).toEqual(['first', 'second']);
    await database.query("UPDATE batches SET committed_at = committed_at - interval '25 hours'");
    await collectRemoved(database, { graceMs: 0 });
    expect(await rowCounts(database)).not.toHaveProperty('batches');
  });

  it('goes at once for a purge, also from what waits to be carried on', async () => {
    const database = await pgliteDatabase();
    await ingest(database, [first, second]);
    const waiting = await openWriter(database, 'waiting');
    await waiting.put(indexedArticle('first', 'Secret words.'), 'print');
    await waiting.suspend();
    const writer = await openWriter(database);
    await writer.remove('first');
    await writer.remove('second');
    await writer.commit();
    await collectRemoved(database, { graceMs: 0, articles: ['first', 'none'] });
    expect(await database.query("SELECT id FROM articles WHERE id = 'first'")).toEqual([]);
    expect(await database.query("SELECT key FROM passage_terms WHERE article = 'first'")).toEqual([]);
    expect(await rowCounts(database)).toMatchObject({ articles: 1 });
    const carriedOn = await openWriter(database, 'waiting');
    await carriedOn.commit();
    expect(await visibleArticles(database)).toEqual([]);
  });
});

describe('the counts of terms, passages and tokens', () => {
  const text = fc
    .array(fc.constantFrom('ferry', 'harbour', 'µg', 'khoa học', '1.400', 'Ferries', '\n\n', 'bridge'), {
      maxLength: 12,
    })
    .map((words) => words.join(' '));
  const change = fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    kind: fc.constantFrom('put', 'put', 'remove', 'commit', 'suspend'),
    language: fc.constantFrom<Article['language'][]>('en', 'vi'),
    text,
  });

  it('are those of the articles after any series of changes', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 4, maxLength: 12 }), async (changes) => {
        const database = await pgliteDatabase();
        let writer = await openWriter(database);
        for (const { id, kind, language, text: words } of changes) {
          if (kind === 'put') await writer.put(indexedArticle(id, words, { language }), words);
          if (kind === 'remove') await writer.remove(id);
          if (kind !== 'commit' && kind !== 'suspend') continue;
          await writer[kind]();
          writer = await openWriter(database);
        }
        await writer.commit();
        expect(await storedCounts(database)).toEqual(await localCounts(database));
      }),
      { numRuns: 8 },
    );
  });
});

const story = [
  'The electric ferry line of Osprey Bay opened on 10 April 2023 with a brass band and a free crossing for all.',
  'The ferry carries 240 passengers on each crossing, and three of them may bring a bicycle along.',
  'Mayor Ingrid Halloway paid for the first ticket herself and sat at the window on the upper deck.',
  'It links Osprey Bay with Lantern Island in 18 minutes, where a bus waits for the boat every hour.',
  'A single ticket costs 3.50 crowns, children travel free, and dogs must stay on the lower deck.',
  'The yard of Tobias Quill built the hull of steel that came from the old bridge of Gull Point.',
];
const later = [
  'In its first month the line carried 31,000 people, more than the council had hoped for.',
  'The harbour office wants to order a second boat of the same kind before the winter begins.',
];
const groupRows = z.array(z.object({ article: z.string(), leader: z.string() }));

/** An index in PostgreSQL and a local one, changed alike. */
async function createTwins() {
  const database = await pgliteDatabase();
  const local = new Sqlite(':memory:');
  onTestFinished(() => void local.close());
  createArticleTables(local);
  createCopyTables(local);
  const localWriter = createArticleWriter(local, 8);
  let writer = await openWriter(database);
  return {
    put: async (id: string, text: string, known: Partial<Article> = {}) => {
      const entry = { ...indexedArticle(id, text, known), signature: minHash(text) };
      localWriter.put(entry, text);
      await writer.put(entry, text);
    },
    remove: async (id: string) => {
      localWriter.remove(id);
      await writer.remove(id);
    },
    /** Leaders by article, of both. */
    groups: async () => {
      await writer.commit();
      writer = await openWriter(database);
      await updateCopyGroups(local);
      const select = 'SELECT article, leader FROM copy_groups ORDER BY article';
      return {
        shared: groupRows.parse(await database.query(select)),
        local: groupRows.parse(local.prepare(select).all()),
      };
    },
  };
}

describe('near copies in PostgreSQL', () => {
  it('are grouped as they are locally, whatever is changed, added, dated anew and removed', async () => {
    const { put, remove, groups } = await createTwins();
    const same = async (count: number) => {
      const { shared, local } = await groups();
      expect(shared).toEqual(local);
      expect(shared).toHaveLength(count);
    };
    const text = story.join('\n');
    await put('a', text, { publishedAt: '2023-04-12' });
    await put('b', text, { publishedAt: '2023-04-14' });
    await put('vi', text, { language: 'vi' });
    await put('short', story[0] ?? '');
    await same(2);
    await put('a', text, { publishedAt: '2023-04-20' });
    await put('c', [...story, ...later].join('\n'), { publishedAt: '2023-05-01' });
    await same(3);
    await put('c', later.join('\n').repeat(3), { publishedAt: '2023-05-01' });
    await put('other', later.join('\n').repeat(3), { title: 'The fair of 2022' });
    await same(4);
    await put('c', later.join('\n').repeat(3), { title: 'The fair of 2023' });
    await same(2);
    await remove('a');
    await same(0);
    await put('a', text, { language: 'vi' });
    await same(2);
  });

  it('are the same in whatever order they come, crowds included', { timeout: 60_000 }, async () => {
    const random = randomNumbers(5);
    const articles = Array.from({ length: crowd + 14 }, (_, index) => {
      const kept = [...story, ...later].filter(() => random() < 0.85);
      const own = index % 3 === 0 ? ` ${'Nothing of it is new to reader '.repeat(4)}${index}.` : '';
      return { id: `a${index}`, content: kept.join('\n') + own, publishedAt: `2023-01-${10 + (index % 19)}` };
    });
    const { put, remove, groups } = await createTwins();
    for (const [index, { id, content, publishedAt }] of articles.entries()) {
      await put(id, content, { publishedAt });
      if (index % 25 === 24) await groups();
    }
    const all = await groups();
    expect(all.shared).toEqual(all.local);
    expect(all.shared.length).toBeGreaterThan(10);
    for (const { id } of articles.slice(0, 20)) await remove(id);
    const fewer = await groups();
    expect(fewer.shared).toEqual(fewer.local);
    for (const { id, content, publishedAt } of articles.slice(0, 20)) await put(id, content, { publishedAt });
    expect((await groups()).shared).toEqual(all.shared);
  });
});
