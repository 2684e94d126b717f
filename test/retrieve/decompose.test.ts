import { describe, expect, it } from 'vitest';

import { decompose } from '../../src/retrieve/decompose.ts';

describe('a question for several things', () => {
  it.each([
    [
      'Who opened the conference, and how many people came?',
      ['Who opened the conference', 'how many people came?'],
    ],
    ['When was the law passed and what does it say?', ['When was the law passed', 'what does it say?']],
    [
      'How do the farms of Ninh Binh and Binh Duong differ?',
      ['How do the farms of Ninh Binh differ?', 'How do the farms of Binh Duong differ?'],
    ],
    ['Compare Ninh Binh and Hai Phong.', ['Compare Ninh Binh.', 'Compare Hai Phong.']],
    [
      'Compare the tolls of the old bridge with the tolls of the new tunnel.',
      ['the tolls of the old bridge', 'the tolls of the new tunnel'],
    ],
    ['What is the difference between a grant and a voucher?', ['What is a grant', 'What is a voucher']],
    [
      'How is money raised, both for young firms and for schools?',
      ['How is money raised for young firms', 'How is money raised for schools'],
    ],
    ['Are there more ferries or buses?', ['Are there ferries', 'Are there buses']],
    [
      'How many visitors came in 2022 and 2023?',
      ['How many visitors came in 2022', 'How many visitors came in 2023'],
    ],
  ])('is cut into its parts: "%s"', (question, parts) => {
    expect(decompose(question, 'en')).toEqual(parts);
  });

  it('is cut in Vietnamese, too', () => {
    expect(decompose('Ai khai mạc hội nghị, và có bao nhiêu người tham dự?', 'vi')).toEqual([
      'Ai khai mạc hội nghị',
      'có bao nhiêu người tham dự?',
    ]);
    expect(decompose('Kết quả của Hải Phòng và Ninh Bình là gì?', 'vi')).toHaveLength(2);
    expect(decompose('So sánh phà điện với phà dầu', 'vi')).toEqual(['phà điện', 'phà dầu']);
    expect(decompose('Có bao nhiêu khách năm 2022 và 2023?', 'vi')).toEqual([
      'Có bao nhiêu khách năm 2022',
      'Có bao nhiêu khách năm 2023',
    ]);
  });

  it.each([
    [
      'Which fund was larger, the old one or the new one?',
      ['fund was larger the old one', 'fund was larger the new one'],
    ],
    ['Could you tell me when the line opened?', ['when the line opened?']],
    [
      `I am writing about ${'ferries and '.repeat(60)}boats, and I would like to know from which bank the money came.`,
      ['from which bank the money came.'],
    ],
    [
      'Do you know who opened the line, and how many people came?',
      ['who opened the line', 'how many people came?'],
    ],
  ])('is freed of what leads to it: "%s"', (question, parts) => {
    expect(decompose(question, 'en')).toEqual(parts);
  });

  it('is freed of what leads to it in Vietnamese, too', () => {
    expect(decompose('Chào bạn, cho tôi hỏi ai khai mạc hội nghị?', 'vi')).toEqual(['ai khai mạc hội nghị?']);
  });

  it.each([
    'Which decision approved the startup centre?',
    'What did the mayor tell me about the bridge?',
    'Do you know the harbour of Lorne?',
    'What do science and technology mean for growth?',
    'Resolution 57',
    'Who wrote War and Peace?',
    'Who is the Minister of Science and Technology?',
    'What did the Department of Culture and Sports of Ninh Binh announce?',
    '',
  ])('is left whole when it asks for one: "%s"', (question) => {
    expect(decompose(question, 'en')).toEqual([question]);
  });

  it.each([' ', 'A', 'A ', 'and ', ', ', 'what ', 'tell me ', 'tell me what '])(
    'takes no time over 20,000 characters of "%s"',
    (piece) => {
      const started = performance.now();
      decompose(`what a${piece.repeat(20_000 / piece.length)}b?`, 'en');
      decompose(`gì ${piece.repeat(390 / piece.length)}?`, 'vi');
      expect(performance.now() - started).toBeLessThan(500);
    },
  );
});
