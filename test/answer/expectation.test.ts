import { describe, expect, it } from 'vitest';

import { expectationOf } from '../../src/answer/expect/expectation.ts';
import { meetsExpectation } from '../../src/answer/expect/meets-expectation.ts';
import type { Language } from '../../src/domain/language.ts';

describe('what a question asks for', () => {
  it.each([
    ['How many visitors came?', 'en', 'number'],
    ['How much does a ticket cost?', 'en', 'number'],
    ['In what year was the line opened?', 'en', 'year'],
    ['When was the line opened?', 'en', 'date'],
    ['when the line opened', 'en', 'date'],
    ['Which decision approved the centre?', 'en', 'document'],
    ['Where is the market held?', 'en', 'name'],
    ['Who opened the line?', 'en', 'name'],
    ['Hải Phòng có bao nhiêu doanh nghiệp?', 'vi', 'number'],
    ['Hai Phong co bao nhieu doanh nghiep?', 'vi', 'number'],
    ['Hải đăng được xây dựng năm nào?', 'vi', 'year'],
    ['Học phí được miễn từ năm học nào?', 'vi', 'year'],
    ['Nghị quyết 57 ban hành ngày nào?', 'vi', 'day'],
    ['Nghi quyet 57 ban hanh ngay nao?', 'vi', 'day'],
    ['Hội nghị diễn ra ở đâu?', 'vi', 'name'],
    ['Ai là chủ tịch thành phố?', 'vi', 'name'],
    ['Quyết định nào phê duyệt trung tâm?', 'vi', 'document'],
  ] as const)('"%s" (%s): %s', (question, language, kind) => {
    expect(expectationOf(question, language).kind).toBe(kind);
  });
});

describe('whether a sentence holds it', () => {
  const meets = (question: string, sentence: string, language: Language = 'en') =>
    meetsExpectation({
      question,
      sentence,
      language,
      questionLanguage: language,
      expectation: expectationOf(question, language),
    });

  it.each([
    ['How many stalls are there?', 'The market has 62 stalls.', 'The market has copper stalls.'],
    [
      'How many stalls did the fair of 2022 have?',
      'The fair of 2022 had 62 stalls.',
      'In 2022 stalls were open.',
    ],
    [
      'When was the lighthouse built?',
      'The lighthouse was built in 1904.',
      'The lighthouse was built of stone.',
    ],
    [
      'How many houses were damaged in Lorne?',
      'In Lorne 2,310 houses were damaged.',
      'Lorne raised its fund to VND150 billion for houses that were damaged.',
    ],
    [
      'What is the harbour of Lorne worth?',
      'The harbour of Lorne is worth VND13 trillion.',
      'The harbour of Lorne is worth a visit.',
    ],
    ['Who criticised the decree?', 'Small exporters criticised the rule.', 'The rule was criticised.'],
    [
      'Who is not eligible for help?',
      'Tenants who moved away are not eligible.',
      'The help is not yet paid.',
    ],
    [
      'Which country bought the rice?',
      'The Philippines bought the rice.',
      'The rice was bought for 5 billion US dollars.',
    ],
    [
      'Which bank lent the money?',
      'The line borrowed its money from Vietcombank, which lent it for years.',
      'The money was lent for years.',
    ],
    [
      'Which Viet Nam partner country bought it?',
      'Japan, a partner of Vietnam, bought it.',
      'Vietnam and its partner sold it.',
    ],
    ['Which decision approved it?', 'Decision No. 708 approved it.', 'The council approved it.'],
    ['Who opened the line?', 'The line was opened by Ingrid Halloway.', 'The line was opened by its makers.'],
  ])('"%s"', (question, holds, holdsNot) => {
    expect(meets(question, holds)).toBeGreaterThan(meets(question, holdsNot));
  });

  it('is not denied where nothing particular is asked for', () => {
    expect(meets('How does the state share costs?', 'The state pays half.')).toBeGreaterThan(0);
  });

  it('is told in Vietnamese', () => {
    const question = 'Chợ có bao nhiêu gian hàng?';
    expect(meets(question, 'Chợ có 85 gian hàng.', 'vi')).toBeGreaterThan(
      meets(question, 'Chợ có nhiều gian hàng.', 'vi'),
    );
  });
});
