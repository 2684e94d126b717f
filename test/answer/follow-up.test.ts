import { describe, expect, it } from 'vitest';

import { previousQuestion, standaloneByRule } from '../../src/answer/follow-up.ts';
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
    expect(standaloneByRule(question, english, 'en')).toBe(
      `Which province hosted the Southeastern conference? ${question}`,
    );
  });

  it.each(['Còn năm 2023 thì sao?', 'Ai khai mạc hội nghị đó?', 'Con nam 2023 thi sao?', 'Ở đâu?'])(
    'that leans on them in Vietnamese gets it, too: "%s"',
    (question) => {
      expect(standaloneByRule(question, vietnamese, 'vi')).toBe(
        `Tỉnh nào đăng cai hội nghị Đông Nam Bộ? ${question}`,
      );
    },
  );

  it.each([
    ['How many visitors came to Techfest Viet Nam 2022?', 'en'],
    ['Which decision approved the startup centre of Binh Duong?', 'en'],
    ['Hải Phòng có bao nhiêu doanh nghiệp khoa học và công nghệ?', 'vi'],
  ] as const)('that stands alone stays as it is: "%s"', (question, language) => {
    expect(standaloneByRule(question, language === 'en' ? english : vietnamese, language)).toBe(question);
  });

  it('stays as it is when there were none', () => {
    expect(standaloneByRule('And in 2023?', [], 'en')).toBe('And in 2023?');
  });
});
