import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { foldDiacritics } from '../../src/domain/text/fold.ts';
import { normaliseNumber } from '../../src/domain/text/numbers.ts';
import { searchTerm, searchTerms } from '../../src/domain/text/search-terms.ts';
import { words } from '../../src/domain/text/words.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('foldDiacritics', () => {
  it.each([
    ['Khoa học và Công nghệ', 'khoa hoc va cong nghe'],
    ['ĐƯỜNG Đồng Đăng', 'duong dong dang'],
    ['Crème brûlée', 'creme brulee'],
    ['e\u0302\u0323', 'e'],
  ])('makes %s into %s', (text, folded) => {
    expect(foldDiacritics(text)).toBe(folded);
  });

  it('folds every character as the Unicode rules do, alone and beside others', () => {
    const rules = (text: string) =>
      text
        .toLowerCase()
        .normalize('NFD')
        .replace(/\p{M}+/gu, '')
        .replaceAll('đ', 'd')
        .normalize('NFC');
    const unit = fc.oneof(
      fc.integer({ min: 0, max: 0x36f }),
      fc.integer({ min: 0x1e00, max: 0x206f }),
      fc.integer({ min: 0, max: 0xffff }),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), (codes) => {
        const text = String.fromCharCode(...codes);
        expect(foldDiacritics(text)).toBe(rules(text));
      }),
      { numRuns: 500 },
    );
    const long = 'Đường '.repeat(2_000);
    expect(foldDiacritics(long)).toBe(rules(long));
  });

  it('folds composed and decomposed spellings alike, and folding again changes nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldDiacritics(text);
        expect(foldDiacritics(text.normalize('NFD'))).toBe(foldDiacritics(text.normalize('NFC')));
        expect(foldDiacritics(folded)).toBe(folded);
      }),
    );
  });
});

describe('normaliseNumber', () => {
  it.each([
    ['1,400', '1400'],
    ['1.400', '1400'],
    ['1.234.567', '1234567'],
    ['3,5', '3.5'],
    ['3.5', '3.5'],
    ['1.234,5', '1234.5'],
    ['1,234.5', '1234.5'],
    ['2022', '2022'],
    ['12,34,56', '12,34,56'],
    ['57-NQ', '57-NQ'],
    ['', ''],
  ])('reads %s as %s', (text, number) => {
    expect(normaliseNumber(text)).toBe(number);
  });

  it('reads the English and the Vietnamese grouping of any whole number alike', () => {
    fc.assert(
      fc.property(fc.nat(), (number) => {
        const english = number.toLocaleString('en-US');
        expect(normaliseNumber(english)).toBe(String(number));
        expect(normaliseNumber(english.replaceAll(',', '.'))).toBe(String(number));
      }),
    );
  });
});

describe('words', () => {
  it('are the runs that the pattern describes, whatever the text', () => {
    const pattern = /(?:\d+(?:[.,]\d+)+|[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)*)/gu;
    const piece = fc.oneof(
      fc.constantFrom(
        '1',
        '23',
        '.',
        ',',
        "'",
        '’',
        'a',
        'ế',
        'e\u0302',
        '\u0301',
        '²',
        '٣',
        ' ',
        '-',
        '–',
        '中',
        '😀',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        const found = Array.from(text.matchAll(pattern), ([match], index) => [index, match]);
        expect(words(text).map((word, index) => [index, word.text])).toEqual(found);
        for (const word of words(text)) expect(text.slice(word.start, word.end)).toBe(word.text);
      }),
      { numRuns: 1_000 },
    );
  });

  const textsOf = (text: string) => words(text).map((word) => word.text);

  it('are runs of letters and digits', () => {
    expect(textsOf('Nghị quyết 57-NQ/TW, “khoa học” (2024)!')).toEqual([
      'Nghị',
      'quyết',
      '57',
      'NQ',
      'TW',
      'khoa',
      'học',
      '2024',
    ]);
  });

  it('keep a number in one piece, and an apostrophe between letters', () => {
    expect(textsOf("The province's 1.400 firms, 3,5% of 12.")).toEqual([
      'The',
      "province's",
      '1.400',
      'firms',
      '3,5',
      'of',
      '12',
    ]);
  });

  it('stand where they say, in order, without overlap, in any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        for (const word of words(text)) {
          expect(word.start).toBeGreaterThanOrEqual(end);
          expect(text.slice(word.start, word.end)).toBe(word.text);
          expect(word.text).not.toBe('');
          end = word.end;
        }
      }),
    );
  });
});

describe('searchTerms', () => {
  it('stems English words', () => {
    expect(searchTerms('The visitors were visiting', 'en')).toEqual(
      searchTerms('the visitor WERE visit', 'en'),
    );
  });

  it.each([
    ['recognised', 'recognized'],
    ['centres', 'centers'],
    ['colourful', 'colorful'],
    ['organisation', 'organization'],
    ["province's", 'province'],
    ['Café', 'cafe'],
  ])('makes %s and %s meet', (one, other) => {
    expect(searchTerm(one, 'en')).toBe(searchTerm(other, 'en'));
  });

  it('are folded Vietnamese syllables with pairs of neighbours', () => {
    expect(searchTerms('Khoa học, công nghệ', 'vi')).toEqual([
      'khoa',
      'khoa_hoc',
      'hoc',
      'cong',
      'cong_nghe',
      'nghe',
    ]);
  });

  it('are the same for Vietnamese typed without diacritics', () => {
    expect(searchTerms('Đổi mới sáng tạo ở Đà Nẵng', 'vi')).toEqual(
      searchTerms('doi moi sang tao o da nang', 'vi'),
    );
  });

  it('spell numbers alike in both languages', () => {
    expect(searchTerms('1,400', 'en')).toEqual(searchTerms('1.400', 'vi'));
    expect(searchTerms('3.5', 'en')).toEqual(searchTerms('3,5', 'vi'));
  });

  it('hold letters, digits and _ only, whatever the text', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('en' as const, 'vi' as const), (text, language) => {
        for (const term of searchTerms(text, language)) expect(term).toMatch(/^[\p{L}\p{M}\p{N}_]*$/u);
      }),
    );
  });
});
