import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';

import type { Article } from '../../src/domain/article.ts';
import { sha256 } from '../../src/domain/fingerprint.ts';
import { minHash } from '../../src/domain/text/min-hash.ts';
import { createArticleTables } from '../../src/index/article-schema.ts';
import { createArticleWriter } from '../../src/index/article-writer.ts';
import { createCopyTables } from '../../src/index/copies/copy-tables.ts';
import { isNearCopy, traitsOf } from '../../src/index/copies/near-copy.ts';
import { readCopyGroups } from '../../src/index/copies/read-copy-groups.ts';
import { crowd } from '../../src/index/copies/text-changes.ts';
import { updateCopyGroups } from '../../src/index/copies/update-copy-groups.ts';
import { dimensions, indexedArticle, randomNumbers } from './fixtures.ts';

const story = [
  'The electric ferry line of Osprey Bay opened on 10 April 2023 with a brass band and a free crossing for all.',
  'The ferry carries 240 passengers on each crossing, and three of them may bring a bicycle along.',
  'Mayor Ingrid Halloway paid for the first ticket herself and sat at the window on the upper deck.',
  'It links Osprey Bay with Lantern Island in 18 minutes, where a bus waits for the boat every hour.',
  'A single ticket costs 3.50 crowns, children travel free, and dogs must stay on the lower deck.',
  'The yard of Tobias Quill built the hull of steel that came from the old bridge of Gull Point.',
];
const text = story.join('\n');
const later = [
  'In its first month the line carried 31,000 people, more than the council had hoped for.',
  'The harbour office wants to order a second boat of the same kind before the winter begins.',
];

/** An empty database of articles, and ways to change it. */
function createArticles() {
  const database = new Database(':memory:');
  onTestFinished(() => void database.close());
  createArticleTables(database);
  createCopyTables(database);
  const writer = createArticleWriter(database, dimensions);
  return {
    put: (id: string, content: string, known: Partial<Article> = {}) => {
      const entry = indexedArticle(id, content, known);
      writer.put({ ...entry, signature: minHash(content) }, sha256(id));
    },
    remove: (id: string) => writer.remove(id),
    /** The members of each group, the leader first. */
    groups: async () => {
      await updateCopyGroups(database);
      const ids = database.prepare<[], { id: string }>('SELECT id FROM articles').all();
      const groups = readCopyGroups(
        database,
        ids.map(({ id }) => id),
      );
      const lists = Array.from(groups.values(), ({ leader, others }) =>
        [leader, ...others].map(({ id }) => id).join(' '),
      );
      return Array.from(new Set(lists)).toSorted();
    },
    database,
  };
}

describe('near copies among articles', () => {
  it('all resemble the one that stands for them, not only each other', async () => {
    const { put, groups } = createArticles();
    const parts = Array.from({ length: 16 }, (_, index) =>
      story.map((sentence) => sentence.replaceAll(/[a-z]{3,}/gu, (word) => `${word}${index}`)).join('\n'),
    );
    const window = (start: number) => parts.slice(start, start + 8).join('\n');
    for (const start of [0, 2, 4, 6, 8])
      put(`w${start}`, window(start), { publishedAt: `2023-01-0${9 - start}` });
    // Neighbours share three quarters of their text; the ends nothing.
    expect(await groups()).toEqual(['w0 w2', 'w4 w6']);
  });

  it('are the same in whatever order the articles come, crowds included', async () => {
    const random = randomNumbers(5);
    const articles = Array.from({ length: crowd + 20 }, (_, index) => {
      const kept = [...story, ...later].filter(() => random() < 0.85);
      const own = index % 3 === 0 ? ` ${'Nothing of it is new to reader '.repeat(4)}${index}.` : '';
      return { id: `a${index}`, content: kept.join('\n') + own, publishedAt: `2023-01-${10 + (index % 19)}` };
    });
    const whole = createArticles();
    for (const { id, content, publishedAt } of articles) whole.put(id, content, { publishedAt });
    const expected = await whole.groups();
    expect(expected.length).toBeGreaterThan(0);

    const bit = createArticles();
    for (const [index, { id, content, publishedAt }] of articles.toReversed().entries()) {
      bit.put(id, content, { publishedAt });
      if (index % 17 === 0) await bit.groups();
    }
    for (const { id } of articles.slice(0, 30)) bit.remove(id);
    await bit.groups();
    for (const { id, content, publishedAt } of articles.slice(0, 30)) bit.put(id, content, { publishedAt });
    expect(await bit.groups()).toEqual(expected);
  });

  it('are found where an update was interrupted', async () => {
    const { put, groups, database } = createArticles();
    for (let index = 0; index < 60; index += 1)
      put(`a${index}`, `${text} ${index}`.replaceAll('ferry', `f${index % 30}`));
    const expected = await groups();
    expect(expected).not.toEqual([]);
    database.exec('UPDATE copy_texts SET compared = 0; DELETE FROM copy_pairs; DELETE FROM copy_groups');
    expect(await groups()).toEqual(expected);
  });
});

describe('two texts', () => {
  const report = (figures: readonly string[], town = 'Gull Point', month = 'March') =>
    `The harbour office of ${town} counted ${figures[0]} ships in ${month}, after ${figures[1]} in the month before.
     They landed ${figures[2]} tonnes of fish, most of it herring, which was sold for ${figures[3]} crowns a box.
     The office opens at ${figures[4]} in the morning and gives its figures out on the first day of each month.`;
  const march = report(['412', '388', '1,240', '18', '7']);
  const copies = (a: string, b: string) => isNearCopy(traitsOf(a), traitsOf(b));

  it.each([
    ['one figure is corrected', report(['412', '388', '1,250', '18', '7'])],
    ['numbers are written otherwise', report(['412', '388', '1.240', '18', '7']).toUpperCase()],
    ['one has a paragraph more', `${march}\n${later.join(' ')}`],
  ])('are near copies where %s', (_name, other) => {
    expect(copies(march, other)).toBe(true);
    expect(copies(other, march)).toBe(true);
  });

  it.each([
    ['one tells of another month', report(['455', '412', '1,310', '19', '7'], 'Gull Point', 'April')],
    [
      'one tells of another town',
      report(['412', '388', '1,240', '18', '7'], 'Heron Sound', 'May').replaceAll('7', '9'),
    ],
    [
      'they have their topic in common',
      later.join(' ').concat(' The harbour office of Gull Point counted 412 ships.'),
    ],
  ])('are none where %s', (_name, other) => {
    expect(copies(march, other)).toBe(false);
    expect(copies(other, march)).toBe(false);
  });
});
