import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { type Glossary, loadGlossary, parseGlossary } from '../../src/retrieve/glossary.ts';
import { projectDir } from '../support/folders.ts';

const small = parseGlossary(
  [
    '# a comment',
    '',
    'khoa học\tscience|scientific',
    'khoa học và công nghệ\tscience and technology',
    'nghiên cứu\tresearch|study',
    'trống đồng\tbronze drum',
    'trong\tin|inside',
    'thử nghiệm\ttest|research',
    'hòa bình\tpeace',
  ].join('\r\n'),
);

const toEnglish = (text: string, from = 0) => small.match(from, text.split(' '), 'vi-en');
const toVietnamese = (text: string, from = 0) => small.match(from, text.split(' '), 'en-vi');

describe('a glossary', () => {
  it('counts its entries, without comments and empty lines', () => {
    expect(small.size).toBe(7);
  });

  it('gives the translations of an entry, the best first', () => {
    expect(toEnglish('khoa học hiện đại')).toEqual({ length: 2, translations: ['science', 'scientific'] });
  });

  it('prefers the longest entry that begins at the word', () => {
    expect(toEnglish('Khoa học và công nghệ Hải Phòng')).toEqual({
      length: 5,
      translations: ['science and technology'],
    });
    expect(toEnglish('ngành khoa học', 1)?.length).toBe(2);
    expect(toEnglish('ngành khoa học')).toBeUndefined();
  });

  it('matches words typed without diacritics, when none of the question has any', () => {
    expect(toEnglish('khoa hoc va cong nghe')?.length).toBe(5);
    expect(toEnglish('trong dong')?.translations).toEqual(['bronze drum']);
    expect(toEnglish('trong động')).toEqual({ length: 1, translations: ['in', 'inside'] });
  });

  it('matches both places of the tone mark', () => {
    expect(toEnglish('hoà bình')?.translations).toEqual(['peace']);
    expect(toEnglish('HÒA BÌNH')?.translations).toEqual(['peace']);
  });

  it('works the other way round, in any inflection, first senses first', () => {
    expect(toVietnamese('sciences')?.translations).toEqual(['khoa học']);
    expect(toVietnamese('research')?.translations).toEqual(['nghiên cứu', 'thử nghiệm']);
    expect(toVietnamese('Science and Technology enterprises')?.length).toBe(3);
  });

  it('does not look beyond the end of the question', () => {
    expect(toEnglish('khoa', 0)).toBeUndefined();
    expect(toEnglish('khoa học', 2)).toBeUndefined();
    expect(small.match(0, [], 'vi-en')).toBeUndefined();
  });

  it.each(['khoa học', 'khoa học\t', '\tscience', 'khoa học\tscience\tmore'])(
    'refuses the line %j by its number',
    (line) => {
      expect(() => parseGlossary(`# first\n${line}`, 'words.tsv')).toThrow(
        expect.objectContaining({ code: 'configuration', message: expect.stringContaining('words.tsv:2') }),
      );
    },
  );

  it('that cannot be read is named', async () => {
    const file = join(projectDir, 'no-such-glossary.tsv');
    await expect(loadGlossary(file)).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining(file),
    });
  });
});

describe('the glossary that Footnote ships with', () => {
  let shipped: Glossary;

  beforeAll(async () => {
    shipped = await loadGlossary(join(projectDir, 'src', 'retrieve', 'glossary.tsv'));
  });

  it('has at least 1,500 entries', () => {
    expect(shipped.size).toBeGreaterThanOrEqual(1_500);
  });

  it.each([
    ['doanh nghiệp', 'enterprise'],
    ['khoa học', 'science'],
    ['nghị quyết', 'resolution'],
    ['quyết định', 'decision'],
  ])('knows %s in both directions', (vietnamese, english) => {
    const there = shipped.match(0, vietnamese.split(' '), 'vi-en');
    expect(there?.translations).toContain(english);
    const back = shipped.match(0, [english], 'en-vi');
    expect(back?.translations).toContain(vietnamese);
  });
});
