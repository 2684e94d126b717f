import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Language } from '../../src/domain/language.ts';
import { type DateMention, findDates } from '../../src/domain/text/dates.ts';

const shown = (text: string, language: Language) =>
  findDates(text, language).map(({ start, end, from, to }) => `${text.slice(start, end)} = ${from}..${to}`);
const year = (number: number) => `${number} = ${number}-01-01..${number}-12-31`;
const day = '2024-12-22..2024-12-22';

describe('full dates', () => {
  it.each([
    ['December 22, 2024', 'en'],
    ['Dec. 22 2024', 'en'],
    ['22 December 2024', 'en'],
    ['the 22nd of December, 2024', 'en'],
    ['22/12/2024', 'en'],
    ['22.12.2024', 'vi'],
    ['22-12-2024', 'vi'],
    ['12/22/2024', 'en'],
    ['2024-12-22', 'en'],
    ['2024-12-22T10:00:00Z', 'en'],
    ['ngày 22 tháng 12 năm 2024', 'vi'],
    ['ngay 22 thang 12 nam 2024', 'vi'],
    ['22 tháng 12, 2024', 'vi'],
    ['22 tháng mười hai năm 2024', 'vi'],
    ['22/12 năm 2024', 'vi'],
    ['ngày 22 tháng 12 năm 2024'.normalize('NFD'), 'vi'],
  ] satisfies [string, Language][])('reads %s', (text, language) => {
    expect(findDates(`x (${text}).`, language)).toMatchObject([
      { from: '2024-12-22', to: '2024-12-22', precision: 'day' },
    ]);
  });

  it('gives the characters that name the date', () => {
    expect(shown('Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị', 'vi')).toEqual([
      `22/12/2024 = ${day}`,
    ]);
    expect(shown('issued on 22 December 2024.', 'en')).toEqual([`22 December 2024 = ${day}`]);
  });

  it('reads the day before the month', () => {
    expect(findDates('07/10/2022', 'en')).toMatchObject([{ from: '2022-10-07' }]);
  });

  it('does not invent dates that the calendar has not', () => {
    expect(findDates('31/02/2024, 2024-13-01, 32/12/2024', 'en')).toEqual([]);
  });

  it('reads runs of days', () => {
    expect(shown('22–24 December 2024 and 22-24/12/2024', 'en')).toEqual([
      '22–24 December 2024 = 2024-12-22..2024-12-24',
      '22-24/12/2024 = 2024-12-22..2024-12-24',
    ]);
  });
});

describe('months, quarters and periods', () => {
  it.each([
    ['tháng 12/2024', '2024-12-01..2024-12-31', 'vi'],
    ['tháng 12 năm 2024', '2024-12-01..2024-12-31', 'vi'],
    ['thang 2 nam 2024', '2024-02-01..2024-02-29', 'vi'],
    ['tháng năm năm 2024', '2024-05-01..2024-05-31', 'vi'],
    ['August 2025', '2025-08-01..2025-08-31', 'en'],
    ['May 2025', '2025-05-01..2025-05-31', 'en'],
    ['8/2025', '2025-08-01..2025-08-31', 'vi'],
    ['2024-08', '2024-08-01..2024-08-31', 'en'],
    ['quý I năm 2024', '2024-01-01..2024-03-31', 'vi'],
    ['quý 4/2024', '2024-10-01..2024-12-31', 'vi'],
    ['Q3 2024', '2024-07-01..2024-09-30', 'en'],
    ['second quarter of 2024', '2024-04-01..2024-06-30', 'en'],
    ['2019-2023', '2019-01-01..2023-12-31', 'en'],
    ['giai đoạn 2019–2023', '2019-01-01..2023-12-31', 'vi'],
    ['từ năm 2019 đến năm 2023', '2019-01-01..2023-12-31', 'vi'],
    ['from 2019 to 2023', '2019-01-01..2023-12-31', 'en'],
    ['between 2019 and 2023', '2019-01-01..2023-12-31', 'en'],
    ['2023/24', '2023-01-01..2024-12-31', 'en'],
    ['February and August 2025', '2025-02-01..2025-08-31', 'en'],
    ['tháng 2 đến tháng 8/2025', '2025-02-01..2025-08-31', 'vi'],
    ['1990s', '1990-01-01..1999-12-31', 'en'],
    ['thập niên 1990', '1990-01-01..1999-12-31', 'vi'],
  ] satisfies [string, string, Language][])('reads %s', (text, interval, language) => {
    expect(shown(`(${text})`, language)).toEqual([`${text} = ${interval}`]);
  });

  it('does not take a machine for the month of May', () => {
    expect(shown('mẫu máy 2024', 'vi')).toEqual([year(2024)]);
    expect(shown('9 tháng năm 2024', 'vi')).toEqual([year(2024)]);
  });
});

describe('years', () => {
  it.each([
    ['in 2023,', 2023, 'en'],
    ['mid-2023', 2023, 'en'],
    ['the 2025 law', 2025, 'en'],
    ['the 2025 results', 2025, 'en'],
    ['Techfest 2022 visitors', 2022, 'en'],
    ['2025 enterprises', 2025, 'en'],
    ['In 2023 people came', 2023, 'en'],
    ['in 1789', 1789, 'en'],
    ['(1812)', 1812, 'en'],
    ['năm 2023', 2023, 'vi'],
    ['nam 2023', 2023, 'vi'],
    ['năm 1010', 1010, 'vi'],
    ['Techfest Việt Nam 2022', 2022, 'vi'],
    ['chuyển đổi số 2025', 2025, 'vi'],
  ] satisfies [string, number, Language][])('reads %s', (text, number, language) => {
    expect(shown(text, language)).toEqual([year(number)]);
  });

  it.each([
    'Decision 1131',
    'Decision No. 1131/QĐ-TTg',
    'Resolution 1973',
    'has 1,400 firms',
    'has 2025 enterprises',
    'about 2000',
    'more than 2000',
    '2000 experts',
    '2000 people',
    'after 1400 applications',
    '$2025',
    '2023%',
    'VND 2000',
    '20245',
    '12:2024',
    'A2023',
  ])('leaves %s alone', (text) => {
    expect(findDates(text, 'en')).toEqual([]);
  });

  it.each([
    'Quyết định 1131',
    'Quyết định số 1131/QĐ-TTg',
    'Luật số 93/2025/QH15',
    'Nghị quyết 2023',
    '1.400 doanh nghiệp',
    'hơn 2000',
    '2025 doanh nghiệp',
    '2000 năm lịch sử',
    'Việt Nam 1131',
    'ngày nào, tháng nào',
  ])('leaves %s alone', (text) => {
    expect(findDates(text, 'vi')).toEqual([]);
  });
});

describe('any text', () => {
  const pieces = fc.constantFrom(
    ...'22 12 2024 2023 / - – . , tháng thang năm nam Nam ngày December may quý I Q1 from to đến từ ( ) số 1131 9'.split(
      ' ',
    ),
    ' ',
    '  ',
    '\n',
    'ngày'.normalize('NFD'),
    'İ',
    '😀',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 60 }).map((list) => list.join('')),
    fc.array(pieces, { maxLength: 60 }).map((list) => list.join(' ')),
  );

  it('gives mentions in order, apart, inside the text and with real dates', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom<Language>('en', 'vi'), (text, language) => {
        let last = 0;
        for (const mention of findDates(text, language)) {
          expect(isSound(mention, last, text.length)).toBe(true);
          last = mention.end;
        }
      }),
      { numRuns: 500 },
    );
  });

  function isSound({ start, end, from, to }: DateMention, last: number, length: number): boolean {
    const real = [from, to].every((date) => new Date(`${date}T00:00:00Z`).toISOString().startsWith(date));
    return last <= start && start < end && end <= length && from <= to && real;
  }

  it.each(['2024 ', '22/12/', 'tháng 12 ', 'ngày 22 tháng ', '1-', '2019–', ' ', 'from 2019 to ', 'muoi '])(
    'reads a long run of "%s" in linear time',
    (piece) => {
      const time = (length: number) => {
        const text = piece.repeat(Math.ceil(length / piece.length));
        const start = performance.now();
        findDates(text, 'vi');
        return performance.now() - start;
      };
      const best = (length: number) => Math.min(time(length), time(length), time(length));
      best(5000);
      // Sixteen times the text: about 16 times the time, and far from the 256 times of a quadratic reader.
      expect(best(160_000)).toBeLessThan(100 + 60 * best(10_000));
    },
  );
});
