import { describe, expect, it } from 'vitest';

import { goldenFailures } from '../../src/evaluate/golden/golden-failures.ts';
import type { GoldenQuestion } from '../../src/evaluate/golden/golden-set.ts';
import { goldenTables } from '../../src/evaluate/golden/golden-tables.ts';
import { groupRecall, hitWithin, judgeAnswer } from '../../src/evaluate/golden/judge-answer.ts';
import type { LocatedGold } from '../../src/evaluate/golden/locate-gold.ts';
import { figures } from '../../src/evaluate/score-table.ts';
import { answerThat } from './answer-that.ts';

const gold: LocatedGold[] = [
  {
    articleId: 'a',
    language: 'en',
    quote: 'The fair opened in May.',
    span: { start: 0, end: 23 },
    passageIds: ['a:1'],
  },
  {
    articleId: 'b',
    language: 'vi',
    quote: 'Hội chợ mở vào tháng 5.',
    span: { start: 40, end: 63 },
    passageIds: ['b:1'],
  },
  {
    articleId: 'a',
    language: 'en',
    quote: 'It closed in autumn.',
    span: { start: 24, end: 44 },
    passageIds: ['a:2'],
  },
];

function question(changes: Partial<GoldenQuestion> = {}): GoldenQuestion {
  return {
    id: 'q',
    lang: 'en',
    type: 'single',
    text: 'When did the fair open?',
    answerable: true,
    gold: gold.map(({ articleId, quote }) => ({ article: articleId, quote })),
    mustCite: 'any',
    history: [],
    ...changes,
  };
}

describe('judging an answer', () => {
  it('accepts any gold sentence where one is enough', () => {
    const outcome = judgeAnswer(
      question(),
      gold,
      answerThat({
        cites: [
          ['c', 'Something else is cited here.'],
          ['b', 'Hội chợ mở vào tháng 5.'],
        ],
      }),
    );
    expect(outcome.cited.relevance).toEqual([false, true]);
    expect(groupRecall(outcome.cited)).toBe(1);
    expect([hitWithin(outcome.cited, 1), hitWithin(outcome.cited, 3)]).toEqual([false, true]);
  });

  it('wants a sentence of each group where all parts are asked for', () => {
    const wanted = question({ mustCite: 'all', groups: [[0, 1], [2]] });
    const half = judgeAnswer(wanted, gold, answerThat({ cites: [['a', 'The fair opened in May.']] }));
    expect(groupRecall(half.cited)).toBe(0.5);
    const both = answerThat({
      cites: [
        ['b', 'Hội chợ mở vào tháng 5.'],
        ['a', 'It closed in autumn.'],
      ],
    });
    expect(groupRecall(judgeAnswer(wanted, gold, both).cited)).toBe(1);
    expect(goldenFailures([half])).toMatchObject([
      { id: 'q', problem: '1 of 2 parts cited; gold: not in the evidence' },
    ]);
  });

  it('wants the first group where one is better than the others', () => {
    const newest = question({ groups: [[2], [0, 1]] });
    const older = judgeAnswer(newest, gold, answerThat({ cites: [['a', 'The fair opened in May.']] }));
    expect(groupRecall(older.cited)).toBe(0);
    expect(older.cited.relevance).toEqual([true]);
  });

  it('ranks the evidence by article, each once, and by passage', () => {
    const evidence: [string, string][] = [
      ['c', 'c:1'],
      ['a', 'a:9'],
      ['a', 'a:2'],
      ['b', 'b:1'],
    ];
    const outcome = judgeAnswer(question(), gold, answerThat({ evidence }));
    expect(outcome.articles).toMatchObject({
      relevance: [false, true, true],
      relevant: 2,
      firstOfGroup: [1],
    });
    expect(outcome.passages).toMatchObject({
      relevance: [false, false, true, true],
      relevant: 3,
      firstOfGroup: [2],
    });
  });

  it('counts a question whose answers stand in the other language as one across languages', () => {
    const foreign = gold.filter(({ language }) => language === 'vi');
    expect(judgeAnswer(question(), foreign, answerThat({})).language).toBe('cross');
    expect(judgeAnswer(question(), gold, answerThat({})).language).toBe('en');
  });
});

describe('the tables of a golden set', () => {
  const outcomes = [
    judgeAnswer(question(), gold, answerThat({ cites: [['a', 'The fair opened in May.']], belief: 0.9 })),
    judgeAnswer(question({ id: 'r' }), gold, answerThat({ belief: 0.4 })),
    judgeAnswer(
      question({ id: 'far', type: 'far', answerable: false, gold: [] }),
      [],
      answerThat({ belief: 0.1 }),
    ),
    judgeAnswer(
      question({ id: 'near', type: 'near', answerable: false, gold: [] }),
      [],
      answerThat({ cites: [['a', 'It closed in autumn.']], belief: 0.6 }),
    ),
  ];
  const found = figures(goldenTables(outcomes, 0));

  it('count gold sentences over the answerable questions, refusals as misses', () => {
    expect(found.get('answers/all/questions')).toBe(2);
    expect(found.get('answers/en/gold cited')).toBe(0.5);
    expect(found.get('answers/en/precision')).toBe(1);
  });

  it('keep the kinds of unanswerable questions apart', () => {
    expect(found.get('abstention/all/declined')).toBe(0.5);
    expect(found.get('abstention/far/declined')).toBe(1);
    expect(found.get('abstention/near/declined')).toBe(0);
    expect(found.get('abstention/all/wrongly declined')).toBe(0.5);
    expect(found.get('abstention/all/precision')).toBe(0.5);
    expect(found.get('abstention/all/belief AUROC')).toBe(0.75);
  });

  it('come with what went wrong', () => {
    expect(goldenFailures(outcomes).map(({ id, problem }) => [id, problem])).toEqual([
      ['r', 'declined (belief 0.40); gold: not in the evidence'],
      ['near', 'answered, though the articles do not say (belief 0.60)'],
    ]);
  });
});
