import { describe, expect, it } from 'vitest';

import { expectationOf } from '../../../src/answer/expect/expectation.ts';
import { meetsExpectation } from '../../../src/answer/expect/meets-expectation.ts';
import type { Language } from '../../../src/domain/language.ts';

/** Below this a sentence is doubted: it takes the best of closeness to answer all the same. */
const doubted = 0.4;

interface Case {
  readonly question: string;
  readonly sentence: string;
  readonly passage?: string;
  readonly frame?: string;
  /** Of the sentence and of the question; English where left out. */
  readonly language?: Language;
  readonly asked?: Language;
}

function value({ question, language = 'en', asked = language, ...rest }: Case): number {
  const expectation = expectationOf(question, asked);
  return meetsExpectation({ ...rest, language, question, questionLanguage: asked, expectation });
}

/** By rule: a question, a sentence that may answer it, and one that must not. */
const cases: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  'what a question denies must be denied by the sentence': [
    [
      'Which road did the council not repair?',
      'The council did not repair Harbour Lane.',
      'The council repaired Harbour Lane.',
    ],
    [
      "Why wasn't the ferry licensed?",
      'The ferry was refused a licence because it leaked.',
      'The ferry was licensed because it was sound.',
    ],
    [
      'Tuyến nào chưa được sửa chữa?',
      'Tuyến Bến Đá chưa được sửa chữa.',
      'Tuyến Bến Đá được sửa chữa từ tháng 3.',
    ],
  ],
  'an opposite is no match': [
    [
      'What does ancient weaving in Lorne use?',
      'Ancient weaving in Lorne uses wool.',
      'Modern weaving in Lorne uses wool.',
    ],
    [
      'What does formal rule of the islands need?',
      'Formal rule of the islands needs two ships.',
      'Informal rule of the islands needs two ships.',
    ],
  ],
  'what a question singles out is singled out by the sentence': [
    [
      'What was the largest boat of Lorne?',
      'The Heron was the largest boat of Lorne.',
      'The Heron was a boat of Lorne.',
    ],
    [
      'Which quarter was the worst hit?',
      'The Old Harbour quarter was the worst hit.',
      'The Old Harbour quarter was hit.',
    ],
    [
      'How did Lorne come third in the race?',
      'Lorne came third in the race.',
      'Lorne came fifth in the race.',
    ],
  ],
  'names are met whole': [
    [
      'Where was the painter Ada Maria Quill born?',
      'Ada Maria Quill was born in Lorne.',
      'Ada Maria Halloway was born in Lorne.',
    ],
    [
      'How did the Free English fight in 1916?',
      'The Free English fought at sea in 1916.',
      'The Free Danes fought the English at sea in 1916.',
    ],
  ],
  'a number counts what is asked for, in its unit': [
    [
      'How many guests attended the opening?',
      'The opening was attended by 2000 guests.',
      'The opening of 2019 had guests.',
    ],
    [
      'How many guests came?',
      'There were 85 guests.',
      'Guests came to the 16th opening of the harbour and its five quays.',
    ],
    ['What was the ticket price?', 'The ticket price was 9 dollars.', 'Tickets are sold at 3 centres.'],
    [
      'Giá vé là bao nhiêu?',
      'Giá vé là 50.000 đồng.',
      'Giá vé do 7 tỉnh thuộc Diễn đàn Cộng đồng quyết định.',
    ],
    [
      'Dân số thị xã là bao nhiêu?',
      'Dân số thị xã là 120.000 người.',
      'Thị xã có ba cơ sở dữ liệu: đất đai, dân số và giáo dục.',
    ],
  ],
  'a class of things is met by one of them': [
    [
      'Which country sent the ships?',
      'The ships were sent by Norway.',
      'The ships were sent by Admiral Quill.',
    ],
    [
      'Which construction company built the quay?',
      'Halloway Group built the quay.',
      'Ingrid Halloway helps people to set up companies.',
    ],
    [
      'Which university runs the laboratory?',
      'Lorne University runs the laboratory.',
      'Ingrid Halloway runs the laboratory.',
    ],
    ['Quốc gia nào gửi tàu?', 'Tàu do Na Uy gửi.', 'Tàu do Đô đốc Lê Văn An gửi.'],
  ],
  'several things asked for are listed': [
    [
      'What are the names of the 3 quays?',
      'The quays are North Quay, Salt Quay and Heron Quay.',
      'Decision 12 defines the 3 quays.',
    ],
    [
      'Dự án gồm những hạng mục nào?',
      'Dự án gồm hạng mục bến tàu, kho lạnh và đường nối.',
      'Dự án có nhiều hạng mục.',
    ],
  ],
  'the date of a document that is not asked about is none': [
    [
      'On what date was Decision 1131 signed?',
      'Decision 1131 was signed on 12 June 2025.',
      'Decision 1131 rests on Resolution No. 57-NQ/TW of 22 December 2024.',
    ],
    [
      'Quyết định 1131 được ký ngày nào?',
      'Quyết định 1131 được ký ngày 12/6/2025.',
      'Quyết định 1131 dựa trên Nghị quyết số 57-NQ/TW ngày 22/12/2024.',
    ],
  ],
  'what a question presumes lost is told as lost': [
    [
      'Vì sao thị xã bị rút danh hiệu?',
      'Thị xã bị rút danh hiệu vì ô nhiễm.',
      'Thị xã có danh hiệu vì sạch đẹp.',
    ],
  ],
};
const rows = Object.entries(cases).flatMap(([rule, pairs]) => pairs.map((pair) => [rule, ...pair] as const));

describe('a sentence is weighed against what is asked', () => {
  it.each(rows)('%s: %s', (_rule, question, yes, no) => {
    const language = /[áàâêôơưđ\u1ea0-\u1ef9]/u.test(question) ? 'vi' : 'en';
    expect(value({ question, sentence: yes, language })).toBeGreaterThanOrEqual(doubted);
    expect(value({ question, sentence: no, language })).toBeLessThan(doubted);
  });
});

it('reads a Vietnamese yes-or-no question as no denial', () => {
  const sentence = 'Tỉnh có bệnh viện ở huyện Bến Đá.';
  expect(value({ question: 'Tỉnh có bệnh viện không?', sentence, language: 'vi' })).toBeGreaterThan(doubted);
});

it('finds a name in the sentences around, where the sentence says "she"', () => {
  const sentence = 'She was born in Lorne.';
  const question = 'In what town was Ada Quill born?';
  expect(value({ question, sentence, passage: `Ada Quill painted. ${sentence}` })).toBeGreaterThan(doubted);
  expect(value({ question, sentence, passage: `Ida Quill painted. ${sentence}` })).toBeLessThan(doubted);
});

it('asks for the numbers of the question', () => {
  const question = 'How many boats did Lorne have in 1916?';
  expect(value({ question, sentence: 'In 1916 Lorne had 40 boats.' })).toBe(1);
  expect(value({ question, sentence: 'In 1922 Lorne had 40 boats.' })).toBeLessThan(doubted);
  expect(value({ question, sentence: 'Lorne had 40 boats.', frame: 'Lorne in 1916' })).toBe(1);
});

describe('the role that is asked for', () => {
  it('must be told in the other language too', () => {
    const question = 'Ai là giám đốc trung tâm?';
    const about = { question, asked: 'vi', language: 'en' } as const;
    expect(value({ ...about, sentence: 'The director of the centre is Ingrid Halloway.' })).toBe(1);
    expect(value({ ...about, sentence: 'The centre was opened by Ingrid Halloway.' })).toBeLessThan(doubted);
  });

  it('is not judged where the other language may call it anything', () => {
    const sentence = 'Trung tâm do bà Ingrid Halloway chăm sóc.';
    const question = 'Who is the gardener of the centre?';
    expect(value({ question, sentence, asked: 'en', language: 'vi' })).toBe(1);
  });
});

it('takes a sentence that says all of a who-question for an answer without a name', () => {
  const question = 'Ai giữ vai trò dẫn dắt?';
  expect(value({ question, sentence: 'Chính quyền giữ vai trò dẫn dắt.', language: 'vi' })).toBeGreaterThan(
    doubted,
  );
});

it('reads the names of a hostile question in bounded time', () => {
  const question = `Who ${'Aa (.* '.repeat(2_000)}?`;
  const passage = 'Aa Bb '.repeat(2_000);
  const before = performance.now();
  value({ question, sentence: 'Aa met Bb Cc.', passage });
  expect(performance.now() - before).toBeLessThan(2_000);
});
