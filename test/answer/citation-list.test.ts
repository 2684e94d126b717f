import { describe, expect, it } from 'vitest';

import { createCitationList } from '../../src/answer/citation-list.ts';
import type { SourceSentence } from '../../src/answer/source-sentence.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import { evidenceOf } from './chat/support.ts';

const ferry = evidenceOf(
  {
    id: 'ferry',
    title: 'The ferry',
    publishedAt: '2023-04-12',
    publisher: 'Courier',
    sourceUrl: 'https://a.example/f',
  },
  ['It carries 240 passengers.', 'It runs daily.'],
);
const light = evidenceOf({ id: 'light' }, ['It was built in 1904.']);

function source(evidence: Evidence, index: number): SourceSentence {
  const sentence = evidence.passage.sentences[index];
  if (!sentence) throw new Error('There is no such sentence.');
  return { evidence, sentence };
}

const carries = source(ferry, 0);
const runs = source(ferry, 1);
const built = source(light, 0);
const span = { start: 0, end: 9 };
const supported = { verdict: 'supported', score: 1 } as const;

describe('the footnotes of an answer', () => {
  it('are numbered in order of first use, and a sentence keeps its number', () => {
    const list = createCitationList();
    expect(list.number([built, carries])).toEqual([1, 2]);
    expect(list.number([carries, runs, built])).toEqual([2, 3, 1]);
    expect(list.number([])).toEqual([]);
  });

  it('are the same for a stored sentence that two retrieved passages hold', () => {
    const list = createCitationList();
    const again = { evidence: { ...ferry, score: 0.1 }, sentence: { ...carries.sentence } };
    expect(list.number([carries, again])).toEqual([1, 1]);
  });

  it('name the copies of the passage that hold the quotation, and no others', () => {
    const copy = { articleId: 'weekly', title: 'A ferry', passageId: 'weekly:00000000:0-26' };
    const alsoIn = [{ ...copy, text: 'It carries 240 passengers – daily.' }];
    const list = createCitationList();
    const sources = [carries, runs].map((one) => ({ ...one, evidence: { ...ferry, alsoIn } }));
    list.number(sources);
    const [first, second] = list.resolve(sources, span, supported);
    expect(first?.alsoIn).toEqual([copy]);
    expect(second).not.toHaveProperty('alsoIn');
  });

  it('quote exactly, name the article, and belong to the sentence that cited them first', () => {
    const list = createCitationList();
    list.number([carries]);
    const [citation] = list.resolve([carries], span, supported);
    expect(citation).toEqual({
      n: 1,
      articleId: 'ferry',
      articleVersion: ferry.article.version,
      passageId: ferry.passage.id,
      title: 'The ferry',
      publishedAt: '2023-04-12',
      publisher: 'Courier',
      sourceUrl: 'https://a.example/f',
      quote: 'It carries 240 passengers.',
      source: { start: 0, end: 26 },
      answer: span,
      support: supported,
      links: {
        passage: `/api/passages/${encodeURIComponent(ferry.passage.id)}`,
        reader: '/articles/ferry?cite=0-26',
        original: 'https://a.example/f#:~:text=It%20carries%20240%20passengers.',
      },
    });
    list.number([carries, built]);
    const later = list.resolve([carries, built], { start: 10, end: 20 }, supported);
    expect(later.map(({ n }) => n)).toEqual([2]);
    expect(list.all.map(({ n, answer }) => [n, answer.start])).toEqual([
      [1, 0],
      [2, 10],
    ]);
  });

  it('leave out what is not known of the article', () => {
    const list = createCitationList();
    list.number([built]);
    const [citation] = list.resolve([built], span, supported);
    for (const member of ['publishedAt', 'publisher', 'sourceUrl'])
      expect(citation).not.toHaveProperty(member);
    expect(citation?.links).not.toHaveProperty('original');
  });

  it('are known to be there already, or not', () => {
    const list = createCitationList();
    list.number([carries]);
    expect(list.hasAll([carries])).toBe(true);
    expect(list.hasAll([carries, runs])).toBe(false);
  });
});
