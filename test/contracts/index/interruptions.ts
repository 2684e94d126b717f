import { describe, expect, it } from 'vitest';

import { indexedArticle } from '../../index/fixtures.ts';
import { indexOf, type OpenIndex } from './open-index.ts';

const source = { path: 'two.md', digest: 'd2', articles: ['two'], failures: ['Page 3 is empty.'] };

/** An index of one article, and beside it what an interrupted writer had built: a second one instead of it. */
async function interrupted(open: OpenIndex) {
  const index = await indexOf(open);
  const generation = await index.ingest([indexedArticle('one', 'First words.')]);
  const writer = await index.openWriter();
  await writer.put(indexedArticle('two', 'Second words.'), 'print of two');
  await writer.putSource(source);
  await writer.remove('one');
  await writer.suspend();
  return { index, generation };
}

/** What becomes of changes that are not finished. */
export function describeInterruptions(open: OpenIndex): void {
  describe('of which a change is interrupted', () => {
    it('is served as it was, and the change carried on by the next writer', async () => {
      const { index, generation } = await interrupted(open);
      expect(await index.articleIds()).toEqual(['one']);
      expect(await index.read((one) => one.sources())).toEqual([]);
      const writer = await index.openWriter();
      expect(writer.resumed).toBe(true);
      expect([...writer.fingerprints]).toEqual([['two', 'print of two']]);
      expect([...writer.sources]).toEqual([['two.md', source]]);
      expect((await writer.stored('two'))?.article.text).toBe('Second words.');
      expect(await writer.stored('one')).toBeUndefined();
      const next = await writer.commit();
      expect(next.id > generation.id).toBe(true);
      expect(next).toMatchObject({ articles: 1, passages: 1 });
      expect(await index.articleIds()).toEqual(['two']);
      const after = await index.openWriter();
      expect(after.resumed).toBe(false);
      await after.suspend();
    });

    it('can be interrupted again and again', async () => {
      const { index } = await interrupted(open);
      for (let round = 0; round < 3; round += 1) {
        const writer = await index.openWriter();
        expect(writer.resumed).toBe(true);
        await writer.put(indexedArticle(`more-${round}`, 'More words.'), 'print');
        await writer.suspend();
        await writer.suspend();
        await writer.discard();
      }
      await (await index.openWriter()).commit();
      expect(await index.articleIds()).toEqual(['more-0', 'more-1', 'more-2', 'two']);
    });

    it('is carried on although it was the first', async () => {
      const index = await indexOf(open);
      const first = await index.openWriter();
      await first.put(indexedArticle('one', 'First words.'), 'print');
      await first.suspend();
      await expect(index.acquire()).rejects.toMatchObject({ code: 'index-unusable' });
      const writer = await index.openWriter();
      expect([writer.resumed, writer.fingerprints.get('one')]).toEqual([true, 'print']);
      await writer.commit();
      expect(await index.articleIds()).toEqual(['one']);
    });

    it('is as it was when what had been built is given up', async () => {
      const { index, generation } = await interrupted(open);
      await (await index.openWriter()).discard();
      const after = await index.openWriter();
      expect(after.resumed).toBe(false);
      expect([...after.fingerprints.keys()]).toEqual(['one']);
      expect(await after.commit()).toEqual(generation);
    });

    it('keeps nothing of a change that had changed nothing', async () => {
      const index = await indexOf(open);
      const generation = await index.ingest([indexedArticle('one', 'First words.')]);
      const writer = await index.openWriter();
      const broken = { ...indexedArticle('x', 'X.'), passageVectors: [[1]] };
      await expect(writer.put(broken, 'p')).rejects.toThrow(/has 1 numbers/u);
      await writer.suspend();
      const after = await index.openWriter();
      expect(after.resumed).toBe(false);
      expect(await after.commit()).toEqual(generation);
    });
  });
}
