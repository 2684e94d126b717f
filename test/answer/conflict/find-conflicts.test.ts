import { readdir, readFile } from 'node:fs/promises';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Conflict, findConflicts, type Statement } from '../../../src/answer/conflict/find-conflicts.ts';
import type { Language } from '../../../src/domain/language.ts';

interface Source {
  readonly text: string;
  readonly date?: string;
  readonly title?: string;
  readonly language?: Language;
  readonly id?: string;
}

function statement({
  text,
  date,
  title = 'News',
  language = 'en',
  id = `${date} ${title}`,
}: Source): Statement {
  const article = { id, version: 'v', title, language, ...(date !== undefined && { publishedAt: date }) };
  return { text, evidence: { article } };
}

const valuesOf = (conflicts: readonly Conflict<Statement>[]) =>
  conflicts.map(({ claims }) => claims.map(({ value, publishedAt }) => `${value} on ${publishedAt}`));

/** The conflicts between an article of 2024 and one of 2025. */
const between = (older: string, newer: string, more: Partial<Source> = {}) =>
  valuesOf(
    findConflicts([
      statement({ ...more, text: older, date: '2024-03-01' }),
      statement({ ...more, text: newer, date: '2025-03-01' }),
    ]),
  );

async function corpus(language: Language): Promise<Statement[]> {
  const folder = new URL(`../../../corpus/${language}/`, import.meta.url);
  const files = await readdir(folder);
  const articles = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  return articles.flatMap((article, index) => {
    const [, head = '', body = ''] = article.split(/^---$/mu);
    const title = /^title: "?(.*?)"?$/mu.exec(head)?.[1] ?? '';
    const date = /^publishedAt: (\S+)$/mu.exec(head)?.[1] ?? '';
    return body
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      .flatMap((line) => Array.from(new Intl.Segmenter(language, { granularity: 'sentence' }).segment(line)))
      .map(({ segment }) =>
        statement({
          text: segment.replace(/^- /u, '').trim(),
          date,
          title,
          language,
          id: files[index] ?? '',
        }),
      );
  });
}

const numbersOnly = (list: readonly Statement[]) => list.filter(({ text }) => /\d/u.test(text));

describe('the demonstration corpus', () => {
  it('has four figures that changed, and no others, in English', async () => {
    const conflicts = valuesOf(findConflicts(numbersOnly(await corpus('en'))));
    expect(conflicts).toHaveLength(4);
    expect(conflicts).toEqual(
      expect.arrayContaining([
        ['76 on 2025-08-28', '61 on 2025-02-18'],
        ['1400 on 2025-08-28', '1200 on 2025-02-18'],
        ['7000 on 2022-12-19', '5000 on 2022-11-21'],
        ['30 on 2022-12-19', '20 on 2022-11-21'],
      ]),
    );
  });

  it('has two of them in Vietnamese', async () => {
    const conflicts = valuesOf(findConflicts(numbersOnly(await corpus('vi'))));
    expect(conflicts).toHaveLength(2);
    expect(conflicts).toEqual(
      expect.arrayContaining([
        ['7000 on 2026-09-14', '5000 on 2022-11-23'],
        ['30 on 2026-09-14', '20 on 2022-11-23'],
      ]),
    );
  });

  it('lets a Vietnamese article stand beside the English ones that give the same figure', async () => {
    const both = numbersOnly([...(await corpus('en')), ...(await corpus('vi'))]);
    const conflicts = findConflicts(both);
    expect(conflicts).toHaveLength(4);
    const enterprises = conflicts.find(({ claims }) => claims[0]?.value === 76);
    const languages = enterprises?.claims[0]?.statements.map(({ evidence }) => evidence.article.language);
    expect(new Set(languages)).toEqual(new Set(['en', 'vi']));
  });
});

describe('different figures for the same thing', () => {
  it('come newest first, with the sentences themselves', () => {
    const older = statement({ text: 'Hai Phong had 61 technology firms.', date: '2024-03-01' });
    const newer = statement({ text: 'Hai Phong has 76 technology firms.', date: '2025-03-01' });
    expect(findConflicts([older, newer])).toEqual([
      {
        claims: [
          { value: 76, publishedAt: '2025-03-01', statements: [newer] },
          { value: 61, publishedAt: '2024-03-01', statements: [older] },
        ],
      },
    ]);
  });

  it.each([
    ['Hai Phong had about 1,200 digital firms.', 'Hai Phong has more than 1,400 digital firms.', 'en'],
    ['In all, 1,200 digital firms work in Hai Phong.', 'Hai Phong City has 1,400 digital firms.', 'en'],
    ['The number of digital firms in Hai Phong was 1200.', 'Hai Phong has 1,400 digital firms.', 'en'],
    ['Hải Phòng có 1.200 doanh nghiệp số.', 'Hải Phòng có hơn 1.400 doanh nghiệp số.', 'vi'],
    ['Số doanh nghiệp số của Hải Phòng là 1.200.', 'Tại Hải Phòng có 1.400 doanh nghiệp số.', 'vi'],
  ] satisfies [string, string, Language][])('"%s" against "%s"', (older, newer, language) => {
    expect(between(older, newer, { language })).toEqual([['1400 on 2025-03-01', '1200 on 2024-03-01']]);
  });

  it('reads written-out thousands and millions', () => {
    expect(between('Hai Phong has 1.2 million residents.', 'Hai Phong has 2 million residents.')).toEqual([
      ['2000000 on 2025-03-01', '1200000 on 2024-03-01'],
    ]);
  });

  it('finds the subject in the title where the sentence has none', () => {
    const conflicts = findConflicts([
      statement({
        text: 'The plan allows for 20 seminars.',
        date: '2024-03-01',
        title: 'Before the Techfest fair',
      }),
      statement({
        text: 'In the end Techfest had 30 seminars.',
        date: '2024-04-01',
        title: 'After the fair',
      }),
    ]);
    expect(valuesOf(conflicts)).toEqual([['30 on 2024-04-01', '20 on 2024-03-01']]);
  });

  it('does not let an article that recalls the old figure make it new', () => {
    const conflicts = findConflicts([
      statement({ text: 'Hai Phong has 61 technology firms.', date: '2024-03-01' }),
      statement({ text: 'Hai Phong has 76 technology firms.', date: '2025-03-01' }),
      statement({ text: 'Last year Hai Phong counted 61 technology firms.', date: '2025-03-01' }),
    ]);
    expect(valuesOf(conflicts)).toEqual([['76 on 2025-03-01', '61 on 2024-03-01']]);
  });
});

describe('what is no conflict', () => {
  it.each([
    ['another noun', 'Decision 1131 lists 11 industries.', 'Decision 1131 lists 32 products.'],
    ['another kind of the noun', 'Hai Phong has 76 science firms.', 'Hai Phong has 140 digital firms.'],
    ['another subject', 'Hai Phong has 61 technology firms.', 'Da Nang has 76 technology firms.'],
    [
      'a comparison',
      'Hai Phong has 61 technology firms.',
      'Compared with Hai Phong, the capital has 76 technology firms.',
    ],
    [
      'a part of a country',
      'Viet Nam has 90 technology firms.',
      'Binh Duong, Viet Nam, has 76 technology firms.',
    ],
    ['another year', 'Binh Duong ran 19 fairs in 2022.', 'Binh Duong ran 22 fairs in 2023.'],
    ['another edition', 'Techfest Viet Nam 2022 had 30 seminars.', 'Techfest Viet Nam 2023 had 35 seminars.'],
    ['a target', 'Hai Phong has 76 technology firms.', 'Hai Phong wants 100 technology firms by 2030.'],
    ['the same figure', 'Hai Phong has 76 technology firms.', 'Hai Phong counts 76 technology firms.'],
    ['a rounding', 'Hai Phong has about 1,400 technology firms.', 'Hai Phong has 1,412 technology firms.'],
    ['a bound', 'Hai Phong has more than 7,000 visitors.', 'Hai Phong had 7,300 visitors.'],
    ['an addition', 'Hai Phong has 76 technology firms.', 'Hai Phong gained another 40 technology firms.'],
    ['a part', 'Hai Phong has 76 technology firms.', 'Hai Phong exports, including 40 technology firms.'],
    ['another order of size', 'Hai Phong invited 70 experts.', 'Hai Phong knows 2,000 experts.'],
    [
      'numbers of documents',
      'Resolution 57 sets goals for Hai Phong.',
      'Resolution 71 sets goals for Hai Phong.',
    ],
    ['codes and ranks', 'Hai Phong was Top 7 community.', 'Hai Phong was Top 1 community.'],
    ['dates', 'Hai Phong met on 22 August 2025.', 'Hai Phong met on 23 August 2025.'],
    ['measures', 'Hai Phong is 20 km away.', 'Hai Phong grew by 30 km.'],
    ['percentages', 'Hai Phong grew by 10% a year.', 'Hai Phong grew by 12% a year.'],
    [
      'two figures in one sentence',
      'Hai Phong has 61 firms.',
      'Hai Phong counts 76 firms against 80 firms in Da Nang.',
    ],
  ])('%s', (_, older, newer) => {
    expect(between(older, newer)).toEqual([]);
    expect(between(newer, older)).toEqual([]);
  });

  it.each([
    ['Hải Phòng có 61 doanh nghiệp khoa học.', 'Hải Phòng có 140 doanh nghiệp công nghệ số.'],
    ['Techfest Việt Nam 2022 đón 7.000 lượt khách.', 'Techfest Việt Nam 2022 có 9.000 hội thảo.'],
    ['Quyết định 1131 nêu mục tiêu.', 'Quyết định 1140 nêu mục tiêu.'],
    ['Hải Phòng có 61 doanh nghiệp số.', 'Hải Phòng có thêm 40 doanh nghiệp số.'],
    ['Năm 2022 Bình Dương có 40 đề tài.', 'Năm 2023 Bình Dương có 43 đề tài.'],
  ])('"%s" and "%s"', (older, newer) => {
    expect(between(older, newer, { language: 'vi' })).toEqual([]);
  });

  it('one article, one day or no date at all', () => {
    const [a, b] = ['Hai Phong has 61 technology firms.', 'Hai Phong has 76 technology firms.'];
    const pair = (one: Partial<Source>, two: Partial<Source>) =>
      findConflicts([statement({ text: a, ...one }), statement({ text: b, ...two })]);
    expect(pair({ date: '2024-03-01', id: 'x' }, { date: '2024-03-01', id: 'x' })).toEqual([]);
    expect(pair({ date: '2024-03-01', id: 'x' }, { date: '2024-03-01', id: 'y' })).toEqual([]);
    expect(pair({ date: '2024-03-01' }, {})).toEqual([]);
  });
});

describe('any sentences', () => {
  it('are compared without an error, and the newer one leads', () => {
    const pieces = fc.constantFrom(
      ...'Hai Phong has 61 76 1,400 firms and the more than Techfest 2022 in , . - số doanh nghiệp % 57-NQ/TW'.split(
        ' ',
      ),
    );
    const sources = fc.record({
      text: fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces).map((list) => list.join(' ')),
      ),
      date: fc.constantFrom('2023-01-01', '2024-01-01', '2025-01-01'),
      language: fc.constantFrom<Language>('en', 'vi'),
    });
    fc.assert(
      fc.property(fc.array(sources, { maxLength: 12 }), (list) => {
        for (const { claims } of findConflicts(list.map(statement))) {
          const dates = claims.map(({ publishedAt }) => publishedAt);
          expect(dates.length).toBeGreaterThan(1);
          expect(dates).toEqual(dates.toSorted().toReversed());
        }
      }),
    );
  });
});

describe('different dates for the same event', () => {
  it('come newest first, with the sentences themselves', () => {
    const older = statement({
      text: 'The Lantern Parade takes place on 24 November 2022.',
      date: '2022-09-01',
    });
    const newer = statement({
      text: 'The Lantern Parade takes place on 25 November 2022.',
      date: '2022-11-02',
    });
    expect(findConflicts([older, newer])).toEqual([
      {
        claims: [
          { value: '2022-11-25', publishedAt: '2022-11-02', statements: [newer] },
          { value: '2022-11-24', publishedAt: '2022-09-01', statements: [older] },
        ],
      },
    ]);
  });

  it.each([
    [
      'Techfest Viet Nam 2022 takes place on 24 November 2022 in Thu Dau Mot.',
      'Techfest Viet Nam 2022 will take place on Friday, 25 November 2022.',
      'en',
    ],
    [
      'The Politburo issued Resolution 57 on 22 December 2024.',
      'Resolution No. 57 was issued by the Politburo on 24 December 2024.',
      'en',
    ],
    [
      'The electric ferry of Osprey Bay opens on 10 April 2023.',
      'The electric ferry of Osprey Bay now opens on 2 May 2023.',
      'en',
    ],
    [
      'Techfest Việt Nam 2022 diễn ra ngày 24/11/2022 tại Bình Dương.',
      'Techfest Việt Nam 2022 sẽ diễn ra ngày 25 tháng 11 năm 2022 tại Bình Dương.',
      'vi',
    ],
    [
      'Bộ Chính trị ban hành Nghị quyết 57 ngày 22/12/2024.',
      'Nghị quyết 57 được Bộ Chính trị ban hành ngày 24/12/2024.',
      'vi',
    ],
  ] satisfies [string, string, Language][])('are found: "%s" and "%s"', (older, newer, language) => {
    expect(between(older, newer, { language })).toHaveLength(1);
  });

  it.each([
    ['Techfest 2022 opens on 24 November 2022.', 'Techfest 2023 opens on 25 November 2023.', 'en'],
    ['Techfest 2022 takes place on 24 November 2022.', 'Techfest 2022 takes place in November 2022.', 'en'],
    [
      'Techfest 2022 takes place on 24 November 2022.',
      'Techfest 2022 takes place on 24–26 November 2022.',
      'en',
    ],
    [
      'Techfest 2022 takes place on 24 November 2022.',
      'Techfest 2022 takes place from 24 to 26 November 2022.',
      'en',
    ],
    ['Resolution 57 was issued on 22 December 2024.', 'Resolution 57 took effect on 1 January 2025.', 'en'],
    [
      'The Prime Minister signed Decision 1131 on 12 June 2025.',
      'The Prime Minister signed Decision 708 on 19 June 2025.',
      'en',
    ],
    [
      'Hai Phong signed a pact with Korea on 3 May 2022.',
      'Hai Phong signed a pact with Japan on 10 May 2022.',
      'en',
    ],
    [
      'Binh Duong held the science fair on 3 May 2022.',
      'Binh Duong held the music fair on 10 May 2022.',
      'en',
    ],
    ['Hai Phong opened a port on 3 May 2022.', 'Hai Phong opened a port for large cars on 9 May 2022.', 'en'],
    ['The Hai Phong council is held on 3 May 2022.', 'The Hai Phong council is held on 3 June 2022.', 'en'],
    [
      'The Hai Phong council is held every week, on 3 May 2022 too.',
      'The Hai Phong council is held every week, on 10 May 2022 too.',
      'en',
    ],
    [
      'Hải Phòng tổ chức hội nghị khoa học ngày 3/5/2022.',
      'Hải Phòng tổ chức hội nghị du lịch ngày 9/5/2022.',
      'vi',
    ],
    [
      'Quốc hội thông qua Luật Khoa học ngày 27/6/2025.',
      'Quốc hội thông qua Luật Đất đai ngày 30/6/2025.',
      'vi',
    ],
  ] satisfies [string, string, Language][])('are not seen in "%s" and "%s"', (older, newer, language) => {
    expect(between(older, newer, { language })).toEqual([]);
  });

  it('leave out the old date that the newer article repeats', () => {
    const tell = (text: string, date: string, id: string) => statement({ text, date, id });
    const conflicts = findConflicts([
      tell('The Lantern Parade takes place on 24 November 2022.', '2022-09-01', 'a'),
      tell('The Lantern Parade takes place on 25 November 2022.', '2022-11-02', 'b'),
      tell('The Lantern Parade was to take place on 24 November 2022.', '2022-11-02', 'b'),
    ]);
    expect(valuesOf(conflicts)).toEqual([['2022-11-25 on 2022-11-02', '2022-11-24 on 2022-09-01']]);
  });

  it('are left alone where an article has no date of its own, or both have the same', () => {
    const texts = [
      'The Lantern Parade takes place on 24 November 2022.',
      'The Lantern Parade takes place on 25 November 2022.',
    ];
    const [a = '', b = ''] = texts;
    expect(findConflicts([statement({ text: a }), statement({ text: b, date: '2022-11-02' })])).toEqual([]);
    expect(
      findConflicts([
        statement({ text: a, date: '2022-11-02', id: 'a' }),
        statement({ text: b, date: '2022-11-02', id: 'b' }),
      ]),
    ).toEqual([]);
  });
});
