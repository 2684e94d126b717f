import { describe, expect, it } from 'vitest';

import type { Language } from '../../src/domain/language.ts';
import { sliceSpan } from '../../src/domain/span.ts';
import { segmentSentences } from '../../src/ingest/split/sentences.ts';

function sentences(text: string, language: Language = 'en'): string[] {
  return segmentSentences(text, language).map((span) => sliceSpan(text, span));
}

describe('segmentSentences', () => {
  // `|` marks where a sentence ends and the next one begins.
  it.each([
    ['Mr. Ha and Dr. Le agreed. | They signed at once.'],
    ['Resolution No. 57 was issued. | Art. 5 names the fund. | No. | Nothing else.'],
    ['J. R. Smith came on Jan. 5 from St. Ives. | It rained.'],
    ['The U.S. Government paid. | He left the U.S. In May he returned.'.replace('U.S. In', 'U.S. | In')],
    ['Use tools, e.g. Node, i.e. JavaScript vs. Java. | Then stop.'],
    ['It cost 1.400 dollars. | It grew by 3.5 per cent.'],
    ['They talked... and left. | Growth was good… | In spring it slowed.'],
    ['He said: "We won." | She smiled. | (It was late.) | Nobody spoke.'],
    ['“Really?” he asked. | “Yes!” | They laughed.'],
    ['Solar, wind, etc. | 90% of the plants run. | In 2020 they did not.'],
    ['1. Pupils wind yarn. | 2. Pupils weave.'],
    ['The fund (Decision No. 708/QD-UBND). | It works.'],
    ['Businesses invest 3 dong, the state invests 1 dong. | That is the rule.'],
  ])('divides %s', (marked) => {
    expect(sentences(marked.replaceAll(' | ', ' '))).toEqual(marked.split(' | '));
  });

  it.each([
    ['TP. Hồ Chí Minh có 1.400 doanh nghiệp. | ThS. Lê An và PGS.TS. Trần Bình phát biểu.'],
    ['Đ/c Dũng và GS. Hòa đến Q. 1. | Họ thăm chợ, công viên, v.v. và ra về.'],
    ['Hội nghị bàn về y tế, giáo dục... | Sau đó, các bên ký kết. | Việc này cần 3,5 tỷ đồng.'],
  ])('divides Vietnamese: %s', (marked) => {
    expect(sentences(marked.replaceAll(' | ', ' '), 'vi')).toEqual(marked.split(' | '));
  });

  it('never goes over the end of a line and trims white space', () => {
    expect(sentences('  One line\r\n\r\n\tand another \u2028 third ')).toEqual([
      'One line',
      'and another',
      'third',
    ]);
  });

  it('marks headings', () => {
    const text = 'Mr. Ha. And more\n\nBody text.';
    expect(segmentSentences(text, 'en', [{ start: 0, end: 16, level: 2 }])).toEqual([
      { start: 0, end: 16, heading: true },
      { start: 18, end: 28 },
    ]);
  });

  it('cuts a sentence of more than 1,000 characters at its semicolons, into even pieces', () => {
    const clause = `${'improve the training of teachers, '.repeat(6).trim()} and schools`;
    const pieces = sentences(`${Array.from({ length: 7 }, () => clause).join('; ')}.`);
    expect(pieces.length).toBe(2);
    expect(pieces[0]).toMatch(/;$/u);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(1_000);
  });

  it('cuts at words where there is no punctuation, and never inside a character', () => {
    for (const piece of sentences('word '.repeat(2_000))) {
      expect(piece).toMatch(/^word(?: word)*$/u);
      expect(piece.length).toBeLessThanOrEqual(1_000);
    }
    for (const piece of sentences('e\u0323\u0301👩🏽'.repeat(1_500))) {
      expect(piece).not.toMatch(/^[\p{M}\p{Emoji_Modifier}]|\p{Cs}/u);
      expect(piece.length).toBeLessThanOrEqual(1_000);
    }
  });
});
