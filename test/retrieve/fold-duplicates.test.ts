import { describe, expect, it } from 'vitest';

import type { Evidence } from '../../src/domain/evidence.ts';
import { foldDuplicates } from '../../src/retrieve/fold-duplicates.ts';
import { evidenceOf } from '../answer/chat/support.ts';

const story = [
  'The electric ferry line of Osprey Bay opened on 10 April 2023.',
  'The electric ferry carries 240 passengers on each crossing, and three of them may bring a bicycle.',
  'Mayor Ingrid Halloway paid for the first ticket herself.',
];
const more = [
  'The ferry links Osprey Bay with Lantern Island in 18 minutes.',
  'A single ticket costs 3.50 crowns, and children travel free.',
];
const title = 'Osprey Bay opens its electric ferry line';

/** Best first: each a little below the one before. */
function ranked(...items: Evidence[]): Evidence[] {
  return items.map((item, index) => ({ ...item, score: 1 - index / 10 }));
}

function passage(
  id: string,
  sentences: readonly string[],
  article: Partial<Evidence['article']> = {},
): Evidence {
  return evidenceOf({ id, title, ...article }, sentences);
}

const idsOf = (list: readonly Evidence[]) => list.map(({ article }) => article.id);
const copiesOf = (item: Evidence | undefined) => item?.alsoIn?.map(({ articleId }) => articleId);

const courier = passage('courier', story, { publishedAt: '2023-04-12', publisher: 'Bay Courier' });
const weekly = passage('weekly', story, {
  publishedAt: '2023-04-14',
  title: 'Osprey Bay gets an electric ferry',
});
const market = passage('market', ['The night market has 85 stalls.'], { title: 'The market' });
const light = passage('light', ['The lighthouse was built in 1904.'], { title: 'The lighthouse' });

describe('copies of a passage', () => {
  it('are folded into the newest, which takes their place and lists them', () => {
    const folded = foldDuplicates(ranked(courier, market, light, weekly), 'newest');
    expect(idsOf(folded)).toEqual(['weekly', 'market', 'light']);
    expect(folded[0]).toMatchObject({
      score: 1,
      alsoIn: [
        {
          articleId: 'courier',
          title,
          publisher: 'Bay Courier',
          publishedAt: '2023-04-12',
          passageId: courier.passage.id,
        },
      ],
    });
    expect(folded[1]).not.toHaveProperty('alsoIn');
  });

  it('are folded into the best where the question is about another time', () => {
    const folded = foldDuplicates(ranked(courier, market, weekly), 'best');
    expect(idsOf(folded)).toEqual(['courier', 'market']);
    expect(copiesOf(folded[0])).toEqual(['weekly']);
  });

  it('are folded into the more complete one of a date, and into a dated one', () => {
    const whole = passage('whole', [...story, ...more]);
    expect(idsOf(foldDuplicates(ranked(passage('part', story), whole), 'newest'))).toEqual(['whole']);
    expect(idsOf(foldDuplicates(ranked(whole, courier), 'newest'))).toEqual(['whole', 'courier']);
    expect(idsOf(foldDuplicates(ranked(passage('part', story), courier), 'newest'))).toEqual(['courier']);
  });

  it('are found where the other article is cut elsewhere', () => {
    const [first, second] = [[story[0] ?? ''], [...story.slice(1), ...more]];
    const a = passage('new', first, { publishedAt: '2024-01-01' });
    const b = passage('new', second, { publishedAt: '2024-01-01' });
    const folded = foldDuplicates(ranked(courier, market, a, b), 'newest');
    expect(idsOf(folded)).toEqual(['new', 'new', 'market']);
    expect(folded.slice(0, 2).map(copiesOf)).toEqual([['courier'], ['courier']]);
  });

  it('may differ in spelling, number format and a remark', () => {
    const other = passage('other', [
      ...story.map((sentence) => sentence.toLowerCase().replace(',', ' –')),
      'Read on below.',
    ]);
    expect(foldDuplicates(ranked(courier, passage('courier-2', story), other), 'newest')).toHaveLength(1);
    const vietnamese = 'Chợ đêm Mũi Sếu mở cửa hằng tối và có 1.400 gian hàng của các hộ dân trong vùng.';
    const plain = 'Cho dem Mui Seu mo cua hang toi va co 1,400 gian hang cua cac ho dan trong vung.';
    const [a, b] = [vietnamese, plain].map((text, index) =>
      passage(`vi-${index}`, [text], { language: 'vi', title: 'Chợ đêm' }),
    );
    expect(a && b && foldDuplicates(ranked(a, b), 'newest')).toHaveLength(1);
  });

  it('gather in one list however often they are folded', () => {
    const third = passage('third', story, { publishedAt: '2022-01-01' });
    const once = foldDuplicates(ranked(third, market, courier, weekly), 'newest');
    expect(copiesOf(once[0])).toEqual(['courier', 'third']);
    expect(foldDuplicates(once, 'newest')).toEqual(once);
    const earlier = foldDuplicates(ranked(third, courier), 'newest');
    expect(copiesOf(foldDuplicates([...earlier, weekly], 'newest')[0])).toEqual(['courier', 'third']);
  });
});

describe('passages that say something else', () => {
  const replaced = (from: string, to: string) => story.map((sentence) => sentence.replace(from, to));
  it.each([
    ['a figure', replaced('240', '310')],
    ['a number word', replaced('three', 'four')],
    ['a date', replaced('10 April', '12 April')],
    ['a month', replaced('April', 'May')],
    ['a year', replaced('2023', '2024')],
    ['a name', replaced('Ingrid Halloway', 'Tobias Quill')],
    ['a denial', replaced('paid', 'never paid')],
    ['a figure that only one gives', replaced('opened', 'opened for 5 crowns')],
    ['a sentence with a figure that only one has', [...story.slice(0, 2), 'It cost 9 crowns.']],
  ])('by %s stay both', (_name, sentences) => {
    const updated = passage('updated', sentences, { publishedAt: '2024-01-01' });
    for (const list of [ranked(courier, updated), ranked(updated, courier)]) {
      expect(foldDuplicates(list, 'newest')).toEqual(list);
      expect(foldDuplicates(list, 'best')).toEqual(list);
    }
  });

  it('stay both under titles of different years or subjects', () => {
    const text = ['Guests pay at the desk on the ground floor, which is open from morning till evening.'];
    const hotels = (id: string, name: string) => passage(id, text, { title: name });
    for (const [a, b] of [
      ['Techfest 2022', 'Techfest 2023'],
      ['Da Nang: where to stay', 'Hue: places of interest'],
    ] as const) {
      const list = ranked(hotels('a', a), hotels('b', b));
      expect(foldDuplicates(list, 'newest')).toEqual(list);
    }
  });

  it('stay both in one article, and in two languages', () => {
    const again = passage('courier', story, { publishedAt: '2023-04-12' });
    const other = passage('vi', story, { language: 'vi' });
    const list = ranked(courier, again, other);
    expect(foldDuplicates(list, 'newest')).toEqual(list);
  });

  it('stay both where one holds little more than half of the other', () => {
    const shared = 'The ferry leaves the harbour every morning and comes back with the evening tide.';
    const tails = ['Dogs may travel on the upper deck.', 'Tickets are sold at the old customs house.'];
    const [a, b] = tails.map((tail, index) => passage(`half-${index}`, [shared, tail]));
    const list = a && b ? ranked(a, b) : [];
    expect(foldDuplicates(list, 'newest')).toEqual(list);
    expect(list).toHaveLength(2);
  });
});

describe('passages of articles that are near copies', () => {
  const leaders = new Map([
    ['old', 'new'],
    ['new', 'new'],
    ['twin', 'new'],
  ]);
  const older = { publishedAt: '2023-04-12' };
  const newer = { publishedAt: '2023-04-14' };
  const reworded = [
    'The electric ferry line of Osprey Bay was opened on 10 April 2023.',
    'The electric ferry carries 240 passengers on each crossing, and three of them may take a bicycle along.',
    'Mayor Ingrid Halloway paid for the very first ticket herself.',
  ];

  it('are folded where sentences are put otherwise and titles differ', () => {
    const list = ranked(
      passage('old', story, { ...older, title: 'Mayor buys a ticket' }),
      passage('new', reworded, newer),
    );
    expect(foldDuplicates(list, 'newest')).toEqual(list);
    const folded = foldDuplicates(list, 'newest', leaders);
    expect(idsOf(folded)).toEqual(['new']);
    expect(copiesOf(folded[0])).toEqual(['old']);
  });

  it('stay both where a reworded one says more', () => {
    const list = ranked(
      passage('new', reworded, newer),
      passage('old', [...story, 'The brass band of the harbour school played on the quay all day.'], older),
    );
    expect(idsOf(foldDuplicates(list, 'newest', leaders))).toEqual(['new', 'old']);
  });

  it('are folded into that of the leader where they are of one date', () => {
    const list = ranked(passage('twin', [...story, 'Read on below.'], newer), passage('new', story, newer));
    expect(idsOf(foldDuplicates(list, 'newest'))).toEqual(['twin']);
    expect(idsOf(foldDuplicates(list, 'newest', leaders))).toEqual(['new']);
  });

  it('stay both where a figure was updated, the newer before the older, unless the question is of that time', () => {
    const update = story.map((sentence) => sentence.replace('240', '310'));
    const old = passage('old', story, older);
    const list = ranked(old, market, passage('new', update, newer), light);
    expect(idsOf(foldDuplicates(list, 'newest'))).toEqual(['old', 'market', 'new', 'light']);
    const folded = foldDuplicates(list, 'newest', leaders);
    expect(idsOf(folded)).toEqual(['new', 'old', 'market', 'light']);
    expect(folded.map(({ score }) => score)).toEqual([1, 1, 0.9, 0.7]);
    expect(foldDuplicates(folded, 'newest', leaders)).toEqual(folded);
    expect(idsOf(foldDuplicates(list, 'best', leaders))).toEqual(['old', 'market', 'new', 'light']);
  });
});

describe('whatever is folded', () => {
  /** A small generator of numbers in 0–1, the same ones each time (Park & Miller). */
  function randomNumbers(seed: number): () => number {
    let state = seed;
    return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  }

  /** Copies of a few stories with figures changed here and there, sentences left out, dates and ranks by chance. */
  function randomPool(seed: number): Evidence[] {
    const random = randomNumbers(seed);
    const items = Array.from({ length: 12 }, (_, index) => {
      const base = random() < 0.7 ? [...story, ...more] : [...more, light.text, market.text];
      const sentences = base
        .filter(() => random() < 0.9)
        .map((text) => (random() < 0.1 ? text.replace(/\d+/u, String(Math.floor(random() * 900))) : text));
      const date = random() < 0.7 ? { publishedAt: `202${Math.floor(random() * 5)}-01-01` } : {};
      return passage(`a${index}`, sentences.length > 0 ? sentences : base, date);
    });
    return ranked(...items);
  }

  const numbersOf = (text: string) => text.match(/\d+(?:\.\d+)?/gu) ?? [];

  it.each(Array.from({ length: 60 }, (_, index) => index + 1))(
    'no number is lost, none is there twice, and the order is kept (pool %i)',
    (seed) => {
      const pool = randomPool(seed);
      for (const keep of ['newest', 'best'] as const) {
        const folded = foldDuplicates(pool, keep);
        expect(foldDuplicates(folded, keep)).toEqual(folded);
        const places = folded.map(({ score }) => pool.findIndex((item) => item.score === score));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(idsOf(folded).length + new Set(folded.flatMap((item) => copiesOf(item) ?? [])).size).toBe(
          pool.length,
        );
        for (const { text, alsoIn = [] } of folded) {
          for (const copy of alsoIn)
            expect(numbersOf(text)).toEqual(expect.arrayContaining(numbersOf(copy.text)));
        }
      }
    },
  );
});
