import { array, assert, boolean, constantFrom, nat, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isNoAnswer, toDraftSentence } from '../../../src/answer/chat/draft-sentence.ts';
import { createReasoningFilter } from '../../../src/answer/chat/reasoning-filter.ts';
import { createSentenceScanner } from '../../../src/answer/chat/sentence-scanner.ts';
import type { SourceSentence } from '../../../src/answer/writer.ts';
import { evidenceOf } from './support.ts';

const stored = evidenceOf({ id: 'a' }, ['First.', 'Second.', 'Third.']);
const sources: SourceSentence[] = stored.passage.sentences.map((sentence) => ({
  evidence: stored,
  sentence,
}));

/** What becomes of a reply that arrives in these pieces: each sentence with its pointers, ¶ for a new line. */
function read(pieces: readonly string[], options = { truncated: false }): string[] {
  const scanner = createSentenceScanner();
  const keep = createReasoningFilter();
  const raw = [...pieces.flatMap((piece) => scanner.push(keep(piece))), ...scanner.end(options)];
  return raw.flatMap((sentence) => {
    const draft = toDraftSentence(sentence, sources);
    if (!draft) return [];
    const numbers = draft.sources.map((source) => sources.indexOf(source) + 1);
    const dropped = draft.droppedCitations > 0 ? ` -${draft.droppedCitations}` : '';
    return `${draft.startsParagraph ? '¶' : ''}${draft.text} {${numbers.join()}${dropped}}`;
  });
}

describe('a reply as it is cut into sentences', () => {
  it.each([
    ['pointers after the stop', 'A is B. [S1] C is D. [S2][S3]', ['¶A is B. {1}', 'C is D. {2,3}']],
    ['pointers before the stop', 'A is B [S1]. C is D [S2] [S3].', ['¶A is B. {1}', 'C is D. {2,3}']],
    ['pointers without a space', 'A is B.[S1] C is D[S2].', ['¶A is B. {1}', 'C is D. {2}']],
    ['a stop on both sides', 'A is B. [S1]. C is D. [S2].', ['¶A is B. {1}', 'C is D. {2}']],
    ['pointers inside a sentence', 'A [S1] and B [S2] are C.', ['¶A and B are C. {1,2}']],
    ['pointers on the next line', 'A is B.\n[S1]\nC is D. [S2]', ['¶A is B. {1}', '¶C is D. {2}']],
    ['pointers before the sentence', '[S1] A is B. [S2] C is D.', ['¶A is B. {1,2}', 'C is D. {}']],
    [
      'other brackets',
      'A is B. 【S1】 C is D (S2). E is F [1-3].',
      ['¶A is B. {1}', 'C is D. {2}', 'E is F. {1,2,3}'],
    ],
    ['invented numbers', 'A is B. [S1][S9] C is D. [S0]', ['¶A is B. {1 -1}', 'C is D. { -1}']],
    ['repeated numbers', 'A [S1] is B [S1, S9]. [S9]', ['¶A is B. {1 -1}']],
    [
      'decimals',
      'It grew by 3.5 percent to 1.400 units. [S1]',
      ['¶It grew by 3.5 percent to 1.400 units. {1}'],
    ],
    [
      'numbered documents',
      'Decision No. 57 and Art. 5 apply. [S1]',
      ['¶Decision No. 57 and Art. 5 apply. {1}'],
    ],
    [
      'No. before a name',
      'Resolution No. 57-NQ/TW of Dr. Nguyen V. A. applies. Yes.',
      ['¶Resolution No. 57-NQ/TW of Dr. Nguyen V. A. applies. {}', 'Yes. {}'],
    ],
    ['no as a word', 'The answer is no. The law says so.', ['¶The answer is no. {}', 'The law says so. {}']],
    [
      'letters with stops',
      'The U.S. Senate met at 9 a.m. on Monday. It left. [S1]',
      ['¶The U.S. Senate met at 9 a.m. on Monday. {}', 'It left. {1}'],
    ],
    ['lower case after a stop', 'The firm Yahoo! bought it. [S1]', ['¶The firm Yahoo! bought it. {1}']],
    [
      'Vietnamese titles',
      'Bí thư TP. Hồ Chí Minh và GS. Nguyễn Văn A dự. Ông phát biểu. [S1]',
      ['¶Bí thư TP. Hồ Chí Minh và GS. Nguyễn Văn A dự. {}', 'Ông phát biểu. {1}'],
    ],
    [
      'a Vietnamese number',
      'Tỉnh có 1.400 doanh nghiệp, tăng 3,5%. [S2] Đó là kết quả tốt.',
      ['¶Tỉnh có 1.400 doanh nghiệp, tăng 3,5%. {2}', 'Đó là kết quả tốt. {}'],
    ],
    [
      'a list',
      'Three things:\n- **A** is B. [S1]\n* C is D [S2]\n3. E is F. [S3]',
      ['¶Three things: {}', '¶A is B. {1}', '¶C is D {2}', '¶E is F. {3}'],
    ],
    [
      'a numbered list that starts the reply',
      '1. A is B. [S1]\n2. C is D. [S2]',
      ['¶A is B. {1}', '¶C is D. {2}'],
    ],
    [
      'emphasis and headings',
      '## Result\n**A is B.** [S1] *C* is `D`. __E__ is a_b_c. 2*3*4.',
      ['¶A is B. {1}', 'C is D. {}', 'E is a_b_c. {}', '2*3*4. {}'],
    ],
    ['quotation marks', 'He said “A is B.” Then “C.” [S1]', ['¶He said “A is B.” {}', 'Then “C.” {1}']],
    ['an ellipsis', 'It went on... Then it ended. [S1]', ['¶It went on... {}', 'Then it ended. {1}']],
    ['a last sentence without a stop', 'A is B. [S1] C is D', ['¶A is B. {1}', 'C is D {}']],
    ['a pointer that was cut off', 'A is B. [S1] C is D. [S', ['¶A is B. {1}', 'C is D. {}']],
    ['lines of Windows', 'A is B. [S1]\r\n\r\nC is D. [S2]\r\n', ['¶A is B. {1}', '¶C is D. {2}']],
    ['years in brackets', 'A [2023] is B (2024). [S1]', ['¶A (2023) is B (2024). {1}']],
    ['a heading that answers', '# It is B. [S1]', ['¶It is B. {1}']],
    ['fenced code', '```json\n{}\n```\nA is B. [S1]', ['¶A is B. {1}']],
    [
      'a table',
      '| Year | Guests |\n|:--|--:|\n| 2022 | 5,000 [S1] |\n| 2023 | 6,000 | [S2]',
      ['¶2022, 5,000 {1}', '¶2023, 6,000 {2}'],
    ],
    [
      'notes below the text',
      'A is B.[^1] C is D[^2].\n\n[^1]: The first. It says so.\n[^2]: The second.\n\nE is F.',
      ['¶A is B. {1}', 'C is D. {2}', '¶E is F. {}'],
    ],
    ['a note right below', 'A is B.\n[^1]: The first.', ['¶A is B. {}']],
    ['notes with names', 'A[^law] is B. [S1]\n[^law]: Art. 5.', ['¶A is B. {1}']],
    ['a colon after a note', 'Three[^1]: A, B and C.', ['¶Three: A, B and C. {1}']],
    ['a pointer as a label', '[S1]: A is B.', ['¶A is B. {1}']],
    [
      'HTML',
      '<p class="x">A is <b>B</b>.<sup>[S1]</sup></p><p>C&nbsp;is D.<br/>E <!-- e --> &lt;i&gt;F&lt;/i&gt;</p>',
      ['¶A is B. {1}', '¶C is D. {}', '¶E e F {}'],
    ],
    [
      'signs that open no tag',
      'A < B and C > D <5 <b and c> e. [S1]',
      ['¶A < B and C > D <5 ‹b and c› e. {1}'],
    ],
    ['a tag that never closes', 'A is B. [S1] <a href="x', ['¶A is B. {1}', '<a href="x {}']],
    ['links', 'See [B](http://b.example/a) and ![C](c.png) [S1](#s1).', ['¶See B and C. {1}']],
    ['bidirectional controls', 'A \u202Eis\u202C \u2066B\u2069.\u200F [S1]', ['¶A is B. {1}']],
    ['zero width', 'A\u200B is\uFEFF B\u00AD. [\u200BS\u20601]', ['¶A is B. {1}']],
    ['lone surrogates', 'A \uD800is\uDC00 \u{1D41A}. [S1]\uD83D', ['¶A is \u{1D41A}. {1}']],
    ['control characters in a pointer', 'A is B. [\u0000S1\u0007]', ['¶A is B. {1}']],
    ['private use', 'A is\uE200 B.\u{10FFFF} [S1]', ['¶A is B. {1}']],
    ['pointers in pointers', 'A [1[2]] is [[3]] B [**1**].', ['¶A is B. {2,3,1}']],
    ['too many of them', '[1[1[1[1[1[1[1]]]]]]] A', ['¶[1[1(1)]] A {1}']],
    ['pointers in wide brackets', 'A is B. ［S1］', ['¶A is B. {1}']],
    ['reasoning', '<think>\nA? [S3]\n</think>\n\nA is B. [S1]', ['¶A is B. {1}']],
    ['unfinished reasoning', '<think>A is B. [S1]', []],
    ['decomposed letters', 'Tỉnh có. [S1]'.normalize('NFD'), ['¶Tỉnh có. {1}']],
    ['nothing but marks', ' \n - \n** [S1] ... \n', []],
    ['control characters', 'A\u0000 is\u0007 B. [S1]', ['¶A is B. {1}']],
  ])('handles %s', (_, reply, expected) => {
    expect(read([reply])).toEqual(expected);
  });

  it('gives a sentence away as soon as the next one begins', () => {
    const scanner = createSentenceScanner();
    expect(scanner.push('A is B.')).toEqual([]);
    expect(scanner.push(' [S1]')).toEqual([]);
    expect(scanner.push('[S2] ')).toEqual([]);
    expect(scanner.push('C')).toEqual([{ text: 'A is B. [S1][S2]', startsLine: true }]);
  });

  it('drops the half sentence of a reply that was cut off', () => {
    expect(read(['A is B. [S1] C is'], { truncated: true })).toEqual(['¶A is B. {1}']);
    expect(read(['A is B. [S1] It costs 3.'], { truncated: true })).toEqual(['¶A is B. {1}']);
    expect(read(['A is B. [S1] C is D. [S2]'], { truncated: true })).toEqual(['¶A is B. {1}', 'C is D. {2}']);
  });

  it.each([
    'NO_ANSWER',
    ' NO_ANSWER.\n',
    '**NO_ANSWER**',
    '`NO_ANSWER`',
    '"NO ANSWER"',
    'NO_ANSWER: not said',
  ])('takes %j for a refusal', (text) => {
    expect(isNoAnswer({ text, startsLine: true })).toBe(true);
  });

  it('takes a refusal in HTML for one', () => {
    const [sentence] = createSentenceScanner().push('<p>NO_ANSWER</p>\n<p>A');
    expect(sentence && isNoAnswer(sentence)).toBe(true);
  });

  it.each(['No answer was given.', 'The NO_ANSWER code', 'NO_ANSWERS'])(
    'does not take %j for one',
    (text) => {
      expect(isNoAnswer({ text, startsLine: true })).toBe(false);
    },
  );

  it('is the same however the text is cut into pieces', () => {
    const fragment = oneof(
      constantFrom(
        'A is B',
        'No',
        'Dr',
        'tỉnh Bình Dương',
        '57',
        '3.5',
        'U.S',
        'v.v',
        'no',
        '<think>',
        '</think>',
        '“',
        '”',
        '.',
        '. ',
        '! ',
        '?',
        '…',
        '...',
        '\n',
        '\r\n',
        ' ',
        '- ',
        '1. ',
        '**',
        '*',
        '# ',
        '(',
        ')',
        '[',
        ']',
        '<',
        '[S1]',
        '[S2][S3]',
        '[S1, S2]',
        '[S1-S3]',
        '【S1】',
        '(S1)',
        '[1]',
        '[S',
        '[S9]',
        ', ',
        'NO_ANSWER',
        '[^1]',
        '[^1]: ',
        '<b>',
        '</p>',
        '<!--',
        '-->',
        '| ',
        '\uD83D',
        '\uDE00',
        '\u202E',
        '𝐚 b',
      ),
      string({ unit: 'binary', maxLength: 6 }),
    );
    assert(
      property(
        array(fragment, { maxLength: 25 }).map((parts) => parts.join('')),
        array(nat({ max: 12 }), { minLength: 1, maxLength: 8 }),
        boolean(),
        (text, sizes, truncated) => {
          const pieces: string[] = [];
          for (let start = 0, turn = 0; start < text.length; turn += 1) {
            const size = 1 + (sizes[turn % sizes.length] ?? 0);
            pieces.push(text.slice(start, start + size));
            start += size;
          }
          expect(read(pieces, { truncated })).toEqual(read([text], { truncated }));
          expect(read(text.split(''), { truncated })).toEqual(read([text], { truncated }));
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('takes little time for a long text that never ends a sentence', () => {
    const started = performance.now();
    read(inSteps('a, '.repeat(10_000), 5));
    read(inSteps('[S1 '.repeat(8_000), 4));
    read(inSteps('no.5 '.repeat(6_000), 5));
    read(inSteps(`<a ${'b'.repeat(280)} `.repeat(110), 5));
    read(inSteps('[1'.repeat(16_000), 4));
    read(inSteps('[<b>1</b>'.repeat(3_500), 5));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

function inSteps(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}
