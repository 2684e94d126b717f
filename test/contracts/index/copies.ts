import { describe, expect, it } from 'vitest';

import type { Article } from '../../../src/domain/article.ts';
import type { IndexedArticle } from '../../../src/domain/ports.ts';
import { minHash } from '../../../src/domain/text/min-hash.ts';
import { indexedArticle } from '../../index/fixtures.ts';
import { indexOf, type OpenIndex, type TestIndex } from './open-index.ts';

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
const text = story.join('\n');

function article(id: string, content: string, known: Partial<Article> = {}): IndexedArticle {
  return { ...indexedArticle(id, content, known), signature: minHash(content) };
}

/** The members of each group, the leader first. */
async function groups(index: TestIndex): Promise<string[]> {
  const ids = await index.articleIds();
  const found = await index.read((one) => one.copyGroups(ids));
  const lists = Array.from(found.values(), ({ leader, others }) =>
    [leader, ...others].map(({ id }) => id).join(' '),
  );
  return Array.from(new Set(lists)).toSorted();
}

/** Nearly equal articles. */
export function describeCopies(open: OpenIndex): void {
  describe('groups near copies', () => {
    it('led by the newest, of one date by the longest, undated ones last', async () => {
      const index = await indexOf(open, [
        article('undated', text),
        article('weekly', text, { publishedAt: '2023-04-14' }),
        article('updated', [...story, ...later].join('\n'), { publishedAt: '2023-04-14' }),
        article('courier', story.slice(0, 5).join('\n'), { publishedAt: '2023-04-12' }),
        article('other', later.concat(later.toReversed()).join('\n'), { publishedAt: '2024-01-01' }),
      ]);
      expect(await groups(index)).toEqual(['updated weekly courier undated']);
    });

    it('with what is known of them', async () => {
      const index = await indexOf(open, [
        article('a', text, { publishedAt: '2023-04-14', publisher: 'Harbour Weekly', title: 'A ferry' }),
        article('b', text, { publishedAt: '2023-04-12' }),
      ]);
      const found = await index.read((one) => one.copyGroups(['b', 'gone']));
      expect(Array.from(found.keys())).toEqual(['b']);
      expect(found.get('b')).toMatchObject({
        leader: { id: 'a', publisher: 'Harbour Weekly', title: 'A ferry', length: text.length },
        others: [{ id: 'b', publishedAt: '2023-04-12', version: article('b', text).article.version }],
      });
    });

    it('not in another language, when too short, or under titles of different years', async () => {
      const index = await indexOf(open, [
        article('en', text, { title: 'The fair of 2022' }),
        article('en-2023', text, { title: 'The fair of 2023' }),
        article('vi', text, { language: 'vi' }),
        article('short-a', story[0] ?? ''),
        article('short-b', story[0] ?? ''),
      ]);
      // The Vietnamese one names no year, but is of another language.
      expect(await groups(index)).toEqual([]);
    });

    it('and follows what is changed, added, dated anew and removed', async () => {
      const index = await indexOf(open, [
        article('a', text, { publishedAt: '2023-04-12' }),
        article('b', text, { publishedAt: '2023-04-14' }),
      ]);
      expect(await groups(index)).toEqual(['b a']);
      await index.ingest([article('a', text, { publishedAt: '2023-04-20' })]);
      expect(await groups(index)).toEqual(['a b']);
      await index.ingest([article('c', [...story, ...later].join('\n'), { publishedAt: '2023-05-01' })]);
      expect(await groups(index)).toEqual(['c a b']);
      await index.ingest([article('c', later.join('\n').repeat(3), { publishedAt: '2023-05-01' })]);
      expect(await groups(index)).toEqual(['a b']);
      await index.change((writer) => writer.remove('a'));
      expect(await groups(index)).toEqual([]);
      await index.ingest([article('a', text, { language: 'vi' })]);
      expect(await groups(index)).toEqual([]);
    });

    it('the same whether they come together or one after the other', async () => {
      const versions = Array.from({ length: 6 }, (_, number) =>
        article(`v${number}`, [...story, ...later].filter((_line, at) => at !== number).join('\n'), {
          publishedAt: `2023-01-1${number}`,
        }),
      );
      const together = await groups(await indexOf(open, versions));
      const index = await indexOf(open, versions.slice(4).toReversed());
      for (const entry of versions.slice(0, 4)) await index.ingest([entry]);
      expect(together.length).toBeGreaterThan(0);
      expect(await groups(index)).toEqual(together);
    });
  });
}
