import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Language } from '../../../src/domain/language.ts';
import { asFilters } from '../../../src/retrieve/time/publication.ts';
import { type TimeIntent, understandTime } from '../../../src/retrieve/time/understand-time.ts';

// A Wednesday.
const now = new Date('2026-03-18T05:00:00Z');
const ask = (question: string, language: Language): TimeIntent => understandTime({ question, language, now });

describe('the newest and the oldest', () => {
  it.each([
    'What is the latest figure?',
    'newest number of experts',
    'the most recent recognition',
    'What is the current status of the list?',
    'Who currently leads the city?',
    'What is known now?',
    'an up-to-date count',
    'How many enterprises does Hai Phong have today?',
    'What happened recently?',
  ])('hears that "%s" wants the newest', (question) => {
    expect(ask(question, 'en').recency).toBe('latest');
  });

  it.each([
    'Con số mới nhất là bao nhiêu?',
    'con so moi nhat la bao nhieu',
    'Hiện nay danh mục đã có chưa?',
    'Dân số hiện tại?',
    'Hải Phòng hiện có bao nhiêu doanh nghiệp?',
    'Gần đây có gì mới?',
    'từ đó đến nay',
    'bay gio ai la chu tich',
  ])('hears that "%s" wants the newest', (question) => {
    expect(ask(question, 'vi').recency).toBe('latest');
  });

  it('hears who wants the oldest', () => {
    expect(ask('What was the earliest count?', 'en').recency).toBe('earliest');
    expect(ask('Số liệu cũ nhất là bao nhiêu?', 'vi').recency).toBe('earliest');
  });

  it.each([
    ['Who hosts current affairs shows?', 'en'],
    ['How strong is the electric current in a coil?', 'en'],
    ['Which now-defunct airline flew there?', 'en'],
    ['What is the city now known as?', 'en'],
    ['Who was the first president?', 'en'],
    ['What is the oldest university?', 'en'],
    ['at the latest', 'en'],
    ["What is today's paper called?", 'en'],
    ['Who was the city named after?', 'en'],
    ['Nghị quyết 57 ngày nào', 'vi'],
    ['nghi quyet 57 ngay nao', 'vi'],
    ['Công nghệ hiện đại là gì?', 'vi'],
    ['Trước đây thì sao?', 'vi'],
    ['Quỹ này do ai lập?', 'vi'],
    ['quy nay do ai lap', 'vi'],
    ['Viet Nam nay co gi', 'vi'],
    ['nhiều năm qua', 'vi'],
    ['Thực hiện từ ngày nào?', 'vi'],
    ['Trung tâm có mấy phòng?', 'vi'],
  ] satisfies [string, Language][])('hears nothing of time in "%s"', (question, language) => {
    expect(ask(question, language)).toEqual({ recency: 'none' });
  });
});

describe('times relative to now', () => {
  it.each([
    ['What happened today?', '2026-03-18', '2026-03-18', 'en'],
    ['yesterday', '2026-03-17', '2026-03-17', 'en'],
    ['this week', '2026-03-16', '2026-03-22', 'en'],
    ['last week', '2026-03-09', '2026-03-15', 'en'],
    ['this month', '2026-03-01', '2026-03-31', 'en'],
    ['last month', '2026-02-01', '2026-02-28', 'en'],
    ['last quarter', '2025-10-01', '2025-12-31', 'en'],
    ['this year', '2026-01-01', '2026-12-31', 'en'],
    ['last year', '2025-01-01', '2025-12-31', 'en'],
    ['in the last 3 months', '2025-12-18', '2026-03-18', 'en'],
    ['over the past two years', '2024-03-18', '2026-03-18', 'en'],
    ['two years ago', '2024-01-01', '2024-12-31', 'en'],
    ['a month ago', '2026-02-01', '2026-02-28', 'en'],
    ['hôm nay có tin gì', '2026-03-18', '2026-03-18', 'vi'],
    ['hom qua', '2026-03-17', '2026-03-17', 'vi'],
    ['tuần này', '2026-03-16', '2026-03-22', 'vi'],
    ['tuan truoc', '2026-03-09', '2026-03-15', 'vi'],
    ['tháng này', '2026-03-01', '2026-03-31', 'vi'],
    ['tháng trước', '2026-02-01', '2026-02-28', 'vi'],
    ['năm nay', '2026-01-01', '2026-12-31', 'vi'],
    ['kinh te Viet Nam nam nay', '2026-01-01', '2026-12-31', 'vi'],
    ['nam ngoai', '2025-01-01', '2025-12-31', 'vi'],
    ['2 năm trước', '2024-01-01', '2024-12-31', 'vi'],
    ['cách đây hai năm', '2024-01-01', '2024-12-31', 'vi'],
    ['trong 6 tháng qua', '2025-09-18', '2026-03-18', 'vi'],
  ] satisfies [string, string, string, Language][])('reads "%s"', (question, from, to, language) => {
    expect(ask(question, language)).toMatchObject({ mentioned: { from, to }, relation: 'in' });
  });

  it('keeps to the calendar at the end of a month', () => {
    const intent = understandTime({
      question: 'in the last month and the past 1 month',
      language: 'en',
      now: new Date('2026-03-31T00:00:00Z'),
    });
    expect(intent.mentioned).toEqual({ from: '2026-02-28', to: '2026-03-31' });
  });

  it.each(['the last year of the war', 'last week of May', '5 năm trước khi mất'])(
    'does not count "%s" from now',
    (question) => {
      expect(ask(question, question.startsWith('5') ? 'vi' : 'en').mentioned).toBeUndefined();
    },
  );

  it('survives counts that leave the calendar', () => {
    expect(ask('999 years ago', 'en').mentioned).toBeUndefined();
  });
});

describe('dates said in the question', () => {
  it.each([
    ['In March 2025, how many?', 'in', '2025-03-01', 'en'],
    ['before 2023', 'before', '2023-01-01', 'en'],
    ['before the end of 2024', 'until', '2024-01-01', 'en'],
    ['after August 2025', 'after', '2025-08-01', 'en'],
    ['since 2020', 'since', '2020-01-01', 'en'],
    ['Which resolution from 2022?', 'in', '2022-01-01', 'en'],
    ['from 2022 onwards', 'since', '2022-01-01', 'en'],
    ['from 2019 to 2023', 'in', '2019-01-01', 'en'],
    ['by 2030', 'until', '2030-01-01', 'en'],
    ['As of 10 November 2023, was the host of the 2025 meeting known?', 'asOf', '2023-11-10', 'en'],
    ['trước năm 2023', 'before', '2023-01-01', 'vi'],
    ['truoc nam 2023', 'before', '2023-01-01', 'vi'],
    ['sau tháng 8/2025', 'after', '2025-08-01', 'vi'],
    ['Từ năm 2020 Ninh Bình đã làm gì', 'since', '2020-01-01', 'vi'],
    ['ninh binh dat muc tieu gi den nam 2030', 'until', '2030-01-01', 'vi'],
    ['Tính đến ngày 10/11/2023', 'asOf', '2023-11-10', 'vi'],
    ['Luật Khoa học năm 2025 nói gì?', 'in', '2025-01-01', 'vi'],
  ] satisfies [string, string, string, Language][])('relates "%s"', (question, relation, from, language) => {
    expect(ask(question, language)).toMatchObject({ relation, mentioned: { from } });
  });

  it('joins several dates to one stretch', () => {
    expect(ask('What was said in 2022 and in 2024?', 'en').mentioned).toEqual({
      from: '2022-01-01',
      to: '2024-12-31',
    });
  });
});

describe('events', () => {
  it.each([
    ['What did Hai Phong report before the resolution?', 'before', 'resolution', 'en'],
    ['What changed after Resolution 57?', 'after', 'Resolution 57', 'en'],
    ['Trước khi có Nghị quyết 57, danh mục thế nào?', 'before', 'có Nghị quyết 57', 'vi'],
    ['Trước Nghị quyết 57 có gì?', 'before', 'Nghị quyết 57', 'vi'],
    ['Trước Nghị quyết 57 danh mục thế nào?', 'before', 'Nghị quyết 57', 'vi'],
    ['truoc khi co nghi quyet 57 danh muc the nao', 'before', 'co nghi quyet 57', 'vi'],
    ['Sau Sea Games 31 đội nào vô địch?', 'after', 'Sea Games 31', 'vi'],
  ] satisfies [string, string, string, Language][])(
    'gives the event of "%s"',
    (question, relation, event, language) => {
      expect(ask(question, language)).toEqual({ recency: 'none', relation, event });
    },
  );

  it('takes the date of an event that tells it', () => {
    expect(ask('What happened before Resolution 57 of 22 December 2024?', 'en')).toEqual({
      recency: 'none',
      relation: 'before',
      event: 'Resolution 57 of 22 December 2024',
      mentioned: { from: '2024-12-22', to: '2024-12-22' },
    });
  });
});

describe('demands on publication', () => {
  it.each([
    [
      'articles published in 2023 about Hai Phong',
      { publishedFrom: '2023-01-01', publishedTo: '2023-12-31' },
      'en',
    ],
    ['articles written before 2023', { publishedTo: '2022-12-31' }, 'en'],
    ['stories posted after August 2025', { publishedFrom: '2025-09-01' }, 'en'],
    ['news from this week', { publishedFrom: '2026-03-16', publishedTo: '2026-03-22' }, 'en'],
    ["last week's articles about Techfest", { publishedFrom: '2026-03-09', publishedTo: '2026-03-15' }, 'en'],
    ['bài đăng tháng 8/2025', { publishedFrom: '2025-08-01', publishedTo: '2025-08-31' }, 'vi'],
    ['các bài viết đăng trước năm 2023', { publishedTo: '2022-12-31' }, 'vi'],
    ['tin tức tuần này', { publishedFrom: '2026-03-16', publishedTo: '2026-03-22' }, 'vi'],
  ] satisfies [string, object, Language][])('makes filters of "%s"', (question, filters, language) => {
    expect(asFilters(ask(question, language))).toEqual(filters);
  });

  it.each([
    ['What happened in 2023?', 'en'],
    ['Which paper was published on 12 October 2025?', 'en'],
    ['What does the article say about the 2025 law?', 'en'],
    ['What is the latest news?', 'en'],
    ['Năm 2023 Bình Dương làm gì?', 'vi'],
    ['Quyết định ban hành năm 2023', 'vi'],
  ] satisfies [string, Language][])('makes none of "%s"', (question, language) => {
    expect(asFilters(ask(question, language))).toEqual({});
  });
});

describe('any question', () => {
  it('is read without an error and gives real intervals', () => {
    const pieces = fc.constantFrom(
      ...'before after the last year ago 2 years 2024 trước khi năm nay tháng này 12/2024 Nghị quyết articles published in'.split(
        ' ',
      ),
    );
    const questions = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 40 }).map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(questions, fc.constantFrom<Language>('en', 'vi'), (question, language) => {
        const { mentioned = { from: '', to: '' } } = ask(question, language);
        expect(mentioned.from <= mentioned.to).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no long time over a long one', () => {
    const start = performance.now();
    for (const piece of ['before the ', 'trước khi ', 'articles ', '2 năm ', ' '])
      ask(piece.repeat(50_000), 'vi');
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
