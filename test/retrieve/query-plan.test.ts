import { describe, expect, it } from 'vitest';

import type { Language } from '../../src/domain/language.ts';
import { searchTerm } from '../../src/domain/text/search-terms.ts';
import { parseGlossary } from '../../src/retrieve/glossary.ts';
import { planQuery } from '../../src/retrieve/query-plan.ts';
import { isStopWord } from '../../src/retrieve/stop-words.ts';
import { weightedTerms } from '../../src/retrieve/term-group.ts';

const glossary = parseGlossary(
  'doanh nghiệp\tenterprise|company|business\nkhoa học\tscience\nbao nhiêu\thow many\nthành lập\testablish\n',
);

const plan = (
  question: string,
  languages: `${Language}-${Language}`,
  denseLanguages: readonly Language[] = ['en'],
) => {
  const [questionLanguage, articleLanguage] =
    languages === 'en-en'
      ? (['en', 'en'] as const)
      : languages === 'en-vi'
        ? (['en', 'vi'] as const)
        : languages === 'vi-en'
          ? (['vi', 'en'] as const)
          : (['vi', 'vi'] as const);
  return planQuery({ question, questionLanguage, articleLanguage, glossary, denseLanguages });
};

const termsOf = ({ terms }: ReturnType<typeof planQuery>) => terms.map(({ term }) => term);

describe('a question planned for articles in its own language', () => {
  it('in English is its topical words, stemmed, and the question itself for the model', () => {
    const question = 'How many visitors came to the Techfest in 2022?';
    const planned = plan(question, 'en-en');
    expect(termsOf(planned)).toEqual(['visitor', 'came', 'techfest', '2022']);
    expect(planned.dense).toBe(question);
  });

  it('marks names and numbers as essential, but not a capital that merely begins the question', () => {
    const planned = plan('Visitors of Techfest 2022?', 'en-en');
    const essential = planned.groups.filter((group) => group.essential).map(({ source }) => source);
    expect(essential).toEqual(['Techfest', '2022']);
  });

  it('in Vietnamese is syllables and lighter pairs, and nothing for a model that does not know it', () => {
    const planned = plan('Hải Phòng có doanh nghiệp nào?', 'vi-vi');
    expect(planned).not.toHaveProperty('dense');
    expect(termsOf(planned)).toEqual(expect.arrayContaining(['hai', 'phong', 'hai_phong', 'doanh_nghiep']));
    const weightOf = (term: string) => planned.terms.find((item) => item.term === term)?.weight ?? 0;
    expect(weightOf('doanh_nghiep')).toBeGreaterThan(0);
    expect(weightOf('doanh_nghiep')).toBeLessThan(weightOf('doanh'));
  });

  it('in Vietnamese is the same with and without diacritics', () => {
    expect(termsOf(plan('Hai Phong co doanh nghiep nao?', 'vi-vi'))).toEqual(
      expect.arrayContaining(['hai', 'phong', 'doanh', 'nghiep', 'doanh_nghiep']),
    );
  });

  it('goes to the model where it is multilingual', () => {
    const question = 'Hải Phòng có bao nhiêu doanh nghiệp?';
    expect(plan(question, 'vi-vi', ['en', 'vi']).dense).toBe(question);
    expect(plan(question, 'vi-en', ['en', 'vi']).dense).toBe(question);
  });

  it('made of function words only keeps them: there is nothing else to search for', () => {
    expect(termsOf(plan('What is it?', 'en-en'))).not.toEqual([]);
  });

  it('without any word searches for nothing', () => {
    expect(plan('?!…', 'en-en')).toMatchObject({ groups: [], terms: [] });
    expect(plan('🛶', 'vi-vi')).toMatchObject({ groups: [], terms: [] });
  });
});

describe('a question planned for articles in the other language', () => {
  it('from Vietnamese searches for translations, the further ones lighter', () => {
    const planned = plan('Hải Phòng có bao nhiêu doanh nghiệp khoa học?', 'vi-en');
    const weightOf = (term: string) => planned.terms.find((item) => item.term === term)?.weight ?? 0;
    expect(weightOf(searchTerm('enterprise', 'en'))).toBe(1);
    expect(weightOf(searchTerm('company', 'en'))).toBeGreaterThan(0);
    expect(weightOf(searchTerm('company', 'en'))).toBeLessThan(1);
    expect(weightOf(searchTerm('science', 'en'))).toBe(1);
  });

  it('keeps names, folded, as they are', () => {
    const planned = plan('Hải Phòng có bao nhiêu doanh nghiệp?', 'vi-en');
    expect(termsOf(planned)).toEqual(expect.arrayContaining(['hai', 'phong']));
  });

  it('gives a model that knows the articles’ language a word-by-word gloss', () => {
    const { dense } = plan('Hải Phòng có doanh nghiệp khoa học', 'vi-en');
    expect(dense).toMatch(/enterprise science$/u);
    expect(plan('How many enterprises?', 'en-vi')).not.toHaveProperty('dense');
  });

  it('from English searches for Vietnamese phrases', () => {
    const planned = plan('How many companies were established?', 'en-vi');
    expect(termsOf(planned)).toEqual(expect.arrayContaining(['doanh_nghiep', 'thanh_lap']));
  });
});

describe('weightedTerms', () => {
  it('keeps the highest weight of a term that several groups share', () => {
    const group = { source: '', essential: false };
    expect(
      weightedTerms([
        { ...group, alternatives: [['a'], ['b']], weight: 0.4 },
        { ...group, alternatives: [['b']], weight: 1 },
      ]),
    ).toEqual([
      { term: 'a', weight: 0.4 },
      { term: 'b', weight: 1 },
    ]);
  });
});

describe('stop words', () => {
  it.each([
    ['The', 'en', true],
    ['which', 'en', true],
    ['decision', 'en', false],
    ["it's", 'en', true],
    ['của', 'vi', true],
    ['đâu', 'vi', true],
    ['dầu', 'vi', false],
    ['cua', 'vi', true],
    ['doanh', 'vi', false],
  ] as const)('%s in %s: %s', (word, language, stop) => {
    expect(isStopWord(word, language)).toBe(stop);
    expect(isStopWord(word.normalize('NFD'), language)).toBe(stop);
  });
});
