import { describe, expect, it } from 'vitest';

import { previousQuestion, contextByRule } from '../../src/answer/follow-up.ts';
import type { Turn } from '../../src/domain/conversation.ts';

const talk = (...questions: string[]): Turn[] =>
  questions.flatMap((content): Turn[] => [
    { role: 'user', content },
    { role: 'assistant', content: 'An answer. [1]' },
  ]);

describe('the previous question', () => {
  it('is the last thing that the user said', () => {
    expect(previousQuestion(talk('One?', 'Two?'))).toBe('Two?');
    expect(previousQuestion([{ role: 'assistant', content: 'Welcome.' }])).toBeUndefined();
    expect(previousQuestion([])).toBeUndefined();
  });
});

describe('a question after others', () => {
  const english = talk('Which province hosted the Southeastern conference?');
  const vietnamese = talk('Tỉnh nào đăng cai hội nghị Đông Nam Bộ?');

  it.each([
    'And in 2023?',
    'Who opened it?',
    'What about Binh Phuoc?',
    'How many people were there?',
    'Did they sign an agreement on technology exchange?',
    'Why?',
  ])('that leans on them gets the one before it: "%s"', (question) => {
    expect(contextByRule(question, english, 'en')).toBe('Which province hosted the Southeastern conference?');
  });

  it.each(['Còn năm 2023 thì sao?', 'Ai khai mạc hội nghị đó?', 'Con nam 2023 thi sao?', 'Ở đâu?'])(
    'that leans on them in Vietnamese gets it, too: "%s"',
    (question) => {
      expect(contextByRule(question, vietnamese, 'vi')).toBe('Tỉnh nào đăng cai hội nghị Đông Nam Bộ?');
    },
  );

  it.each([
    ['How many visitors came to Techfest Viet Nam 2022?', 'en'],
    ['Which decision approved the startup centre of Binh Duong?', 'en'],
    ['Hải Phòng có bao nhiêu doanh nghiệp khoa học và công nghệ?', 'vi'],
  ] as const)('that stands alone gets nothing: "%s"', (question, language) => {
    expect(contextByRule(question, language === 'en' ? english : vietnamese, language)).toBeUndefined();
  });

  it('gets nothing when there were none', () => {
    expect(contextByRule('And in 2023?', [], 'en')).toBeUndefined();
  });
});
