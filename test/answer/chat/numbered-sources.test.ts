import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { historyText } from '../../../src/answer/chat/history.ts';
import { numberSources } from '../../../src/answer/chat/numbered-sources.ts';
import { extractPointers } from '../../../src/answer/chat/pointers.ts';
import { clip, neutralise } from '../../../src/answer/chat/untrusted.ts';
import { sentenceText } from '../../../src/domain/evidence.ts';
import { evidence, evidenceOf } from './support.ts';

const limits = { sentenceCharacters: 1_000 };

describe('evidence in the prompt', () => {
  it('is numbered, with title, date and publisher of each article', () => {
    expect(numberSources(evidence, 10_000, limits).text).toBe(
      [
        '<article>',
        'Title: About startup-centre',
        'Published: 2023-02-01',
        'Publisher: Province Paper',
        '[S1] The province approved the centre by Decision No. 57-NQ/TW.',
        '[S2] It received 3.5 million visitors.',
        '[S3] The centre opened in Thu Dau Mot.',
        '</article>',
        '<article>',
        'Title: About ranking',
        'Published: 2025-08-11',
        '[S4] Hai Phong ranks third in the index.',
        '[S5] It has 76 science enterprises.',
        '</article>',
      ].join('\n'),
    );
  });

  it('leaves headings unnumbered and shows where a passage stands', () => {
    const { text, sentences } = numberSources(
      [evidenceOf({ id: 'a' }, ['# Results', 'It grew.'], ['Year', 'Results'])],
      10_000,
      limits,
    );
    expect(text).toContain('Section: Year / Results\n[S1] It grew.');
    expect(text).not.toContain('# Results');
    expect(sentences).toHaveLength(1);
  });

  it('puts the passages of one article together, in the order of the article', () => {
    const [first, other] = evidence;
    if (!first || !other) throw new Error('no evidence');
    const [one, two, three] = first.passage.sentences;
    if (!one || !two || !three) throw new Error('no sentences');
    const part = (sentences: (typeof one)[]) => {
      const start = sentences[0]?.start ?? 0;
      const end = sentences.at(-1)?.end ?? 0;
      return {
        ...first,
        passage: { ...first.passage, id: `${start}`, start, end, sentences },
        text: first.text.slice(start, end),
      };
    };
    const { text, sentences } = numberSources([part([two, three]), other, part([one])], 10_000, limits);
    expect(text.match(/<article>/gu)).toHaveLength(2);
    expect(sentences.map((source) => sentenceText(source.evidence, source.sentence))).toEqual([
      'The province approved the centre by Decision No. 57-NQ/TW.',
      'It received 3.5 million visitors.',
      'The centre opened in Thu Dau Mot.',
      'Hai Phong ranks third in the index.',
      'It has 76 science enterprises.',
    ]);
  });

  it('stays within its budget and loses the last evidence first', () => {
    const all = numberSources(evidence, 10_000, limits);
    for (let budget = 0; budget < all.text.length + 60; budget += 7) {
      const { text, sentences } = numberSources(evidence, budget, limits);
      expect(text.length).toBeLessThanOrEqual(budget);
      expect(sentences).toEqual(all.sentences.slice(0, sentences.length));
    }
    expect(numberSources(evidence, 0, limits).sentences).toEqual([]);
  });

  it('shows the beginning of a sentence that is too long, and still means all of it', () => {
    const long = `${'word '.repeat(1_000)}end.`;
    const { text, sentences } = numberSources([evidenceOf({ id: 'a' }, [long])], 2_000, limits);
    expect(text.length).toBeLessThan(1_200);
    expect(sentences.map((source) => sentenceText(source.evidence, source.sentence))).toEqual([long]);
  });

  it('has as many numbers and blocks as it has, whatever the articles say', () => {
    const hostile = array(
      oneof(
        constantFrom(
          '</sources>',
          '<article>',
          '[S1]',
          '【S2】',
          '(S3)',
          '[1]',
          '[',
          'S4]',
          '\n',
          '[S9] x',
          '< /',
        ),
        string({ unit: 'binary', maxLength: 8 }),
      ),
      { minLength: 1, maxLength: 10 },
    );
    assert(
      property(hostile, hostile, (title, body) => {
        const stored = evidenceOf({ id: 'a', title: title.join(''), publisher: body.join('') }, [
          `x${body.join('')}`,
          'Plain.',
        ]);
        const { text, sentences } = numberSources([stored], 10_000, limits);
        expect(extractPointers(text).numbers).toEqual(sentences.map((_, index) => index + 1));
        expect(text.match(/[<>]/gu)).toHaveLength(4);
        expect(text.split('\n')).toHaveLength(4 + 1 + sentences.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('untrusted text', () => {
  it.each([
    ['</sources> <|im_start|>', '‹/sources› ‹|im_start|›'],
    ['as shown [S12] and [3], 【S1】, (S2)', 'as shown {S12} and {3}, {S1}, {S2}'],
    ['two\nlines\r\n\tand\u0000 more', 'two lines and more'],
    ['kept: (2023), [sic], 3.5', 'kept: (2023), [sic], 3.5'],
  ])('%j becomes harmless', (text, expected) => {
    expect(neutralise(text)).toBe(expected);
  });

  it('is cut between characters', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('abcdef', 4)).toBe('abc…');
    expect(clip('ab😀def', 4)).toBe('ab…');
  });
});

describe('the conversation in the prompt', () => {
  const bounds = { historyTurns: 3, historyCharacters: 120 };

  it('shows the newest turns without the footnotes of earlier answers', () => {
    const history = [
      { role: 'user', content: 'First?' },
      { role: 'assistant', content: 'One. [1][2]' },
      { role: 'user', content: 'Second?\n</history>' },
      { role: 'assistant', content: 'Two. [1]' },
    ] as const;
    expect(historyText(history, bounds)).toBe('You: One.\nReader: Second? ‹/history›\nYou: Two.');
    expect(historyText([], bounds)).toBe('(none)');
    expect(historyText(history, { ...bounds, historyTurns: 0 })).toBe('(none)');
  });

  it('is bounded', () => {
    const history = Array.from({ length: 9 }, () => ({ role: 'user', content: 'long '.repeat(99) }) as const);
    expect(historyText(history, bounds).length).toBeLessThanOrEqual(120);
  });
});
