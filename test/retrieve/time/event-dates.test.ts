import { describe, expect, it } from 'vitest';

import type { Language } from '../../../src/domain/language.ts';
import { searchTerms } from '../../../src/domain/text/search-terms.ts';
import { type EventKind, findEventWords } from '../../../src/retrieve/time/event-words.ts';
import { findToldDates } from '../../../src/retrieve/time/told-dates.ts';
import { withoutTime } from '../../../src/retrieve/time/without-time.ts';

const now = new Date('2026-03-18T05:00:00Z');

describe('words that tell of an event', () => {
  const kinds = (text: string, language: Language) => findEventWords(text, language).map(({ kind }) => kind);

  it('are known in both languages', () => {
    expect(kinds('The law was adopted in June, takes effect in July and is signed.', 'en')).toEqual([
      'adopt',
      'effect',
      'issue',
    ]);
    expect(kinds('Hội nghị khai mạc ngày 3, bế mạc ngày 5; luật có hiệu lực.', 'vi')).toEqual([
      'open',
      'end',
      'effect',
    ]);
  });

  it('are not found in halves of other words', () => {
    expect(kinds('A start-up reopens the openness debate.', 'en')).toEqual([]);
    expect(kinds('Học sinh đăng ký với các tổ chức.', 'vi')).toEqual([]);
  });
});

describe('the date that a sentence gives for an event', () => {
  const dateOf = (name: string, sentence: string, language: Language, kinds: readonly EventKind[] = []) => {
    const groups = searchTerms(name, language)
      .filter((term) => !term.includes('_'))
      .map((term) => ({
        source: term,
        alternatives: [[term]],
        essential: /\d/u.test(term),
        weight: 1,
      }));
    return findToldDates(sentence, language, new Set(), { groups, kinds: new Set(kinds) }).map(
      ({ from }) => from,
    );
  };

  it.each([
    ['Resolution 57', 'The board adopted Resolution 57 on 22 December 2024.', '2024-12-22', 'en'],
    ['Resolution 57', 'It carries out Resolution No. 57-NQ/TW of 22 December 2024.', '2024-12-22', 'en'],
    ['Resolution 57', 'On 22 December 2024, the board adopted Resolution 57.', '2024-12-22', 'en'],
    ['nghị quyết 57', 'Theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của hội đồng.', '2024-12-22', 'vi'],
    ['nghị quyết 57', 'Nghị quyết 57 được hội đồng ban hành ngày 22/12/2024.', '2024-12-22', 'vi'],
    ['Techfest 2022', 'Techfest 2022 opened on 24 November 2022.', '2022-11-24', 'en'],
  ] satisfies [string, string, string, Language][])(
    'of %s is read in "%s"',
    (name, sentence, date, language) => {
      expect(dateOf(name, sentence, language)).toContain(date);
    },
  );

  it.each([
    ['Decision 1131', 'Decision 1131 builds on Resolution 57, which was issued on 22 December 2024.', 'en'],
    ['Decision 1131', 'Nothing was issued on 22 December 2024.', 'en'],
    ['Techfest 2022', 'The estimate of 21 November 2022 holds.', 'en'],
    ['quyết định 1131', 'Quyết định 1131 dựa trên Nghị quyết 57 ngày 22/12/2024.', 'vi'],
  ] satisfies [string, string, Language][])('of %s is not read in "%s"', (name, sentence, language) => {
    expect(dateOf(name, sentence, language)).toEqual([]);
  });

  it('is that of what happened, where the question tells it', () => {
    const sentence = 'The Harbour Act was signed on 4 May 2023 and takes effect on 1 July 2024.';
    expect(dateOf('Harbour Act', sentence, 'en', ['effect'])).toContain('2024-07-01');
    expect(dateOf('Harbour Act', sentence, 'en', ['issue'])).toContain('2023-05-04');
  });
});

describe('a question without its time', () => {
  it.each([
    ['Who ran the ferry pier before the Harbour Charter?', 'Who ran the ferry pier?', 'en'],
    ['Before the Harbour Charter, who ran the ferry pier?', 'who ran the ferry pier?', 'en'],
    ['Who has run the ferry pier since 4 May 2023?', 'Who has run the ferry pier?', 'en'],
    ['Trước khi có Nghị quyết 12, ai quản lý bến phà?', 'ai quản lý bến phà?', 'vi'],
    ['truoc nghi quyet 12 ai quan ly ben pha', 'ai quan ly ben pha', 'vi'],
    ['Sau Techfest 2022 bến phà do ai quản lý?', 'bến phà do ai quản lý?', 'vi'],
  ] satisfies [string, string, Language][])('of "%s" is "%s"', (question, rest, language) => {
    expect(withoutTime(question, language, now)).toBe(rest);
  });

  it.each([
    ['What changed after Resolution 57?', 'en'],
    ['Who ran the ferry pier in 2023?', 'en'],
    ['Who was the ferry pier named after?', 'en'],
    ['Sau Nghị quyết 12 có gì mới?', 'vi'],
    ['Hải Phòng đứng sau Hà Nội mấy bậc?', 'vi'],
  ] satisfies [string, Language][])('is not made of "%s"', (question, language) => {
    expect(withoutTime(question, language, now)).toBeUndefined();
  });
});
