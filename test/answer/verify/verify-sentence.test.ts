import { describe, expect, it } from 'vitest';

import { verifySentence } from '../../../src/answer/verify/verify-sentence.ts';
import type { Language } from '../../../src/domain/language.ts';

function verdict(
  sentence: string,
  quote: string,
  frame = '',
  language: Language = 'en',
  of: Language = language,
) {
  return verifySentence({ sentence, language, cited: [{ quote, language: of, frame }] }).verdict;
}

describe('verifySentence', () => {
  it('calls a sentence without a source uncited', () => {
    expect(verifySentence({ sentence: 'It rained.', language: 'en', cited: [] })).toEqual({
      verdict: 'uncited',
      score: 0,
    });
  });

  it.each([
    ['It cost 1,400 dong.', 'Giá là 1.400 đồng.'],
    ['The park is worth VND13 trillion.', 'Công viên trị giá 13 nghìn tỷ đồng.'],
    ['It was signed on December 22, 2024.', 'Văn bản được ký ngày 22 tháng 12 năm 2024.'],
    ['It was signed in 2024.', 'Văn bản được ký ngày 22/12/2024.'],
    ['Hai Phong came 3rd.', 'Hải Phòng xếp thứ ba.'],
    ['Growth was 3.5 percent a year.', 'Mức tăng là 3,5% mỗi năm.'],
    ['More than eleven projects began.', 'Hơn mười một dự án đã bắt đầu.'],
  ])('reads figures alike in both languages: %s', (sentence, quote) => {
    expect(verdict(sentence, quote, '', 'en', 'vi')).toBe('supported');
  });

  it.each([
    ['another unit', 'The park is worth 13 billion dong.', 'The park is worth 13 trillion dong.'],
    ['day and month exchanged', 'It opened on 3/4/2025.', 'It opened on 4 March 2025.'],
    ['a bound turned', 'It drew fewer than 7,000 guests.', 'It drew more than 7,000 guests.'],
    ['a bound added', 'It drew more than 61 guests.', 'It drew 61 guests.'],
    ['another rate', 'Output grows by 10% a month.', 'Output grows by 10% a year.'],
    ['a negation added', 'The bridge has not opened.', 'The bridge has opened.'],
    ['a negation removed', 'The bridge has opened.', 'The bridge has not opened.'],
    ['a refusal', 'The city refused to sign the agreement.', 'The city signed the agreement.'],
    ['a direction turned', 'Exports of rice declined.', 'Exports of rice increased.'],
    ['a name exchanged', 'The plan came from Le Van Anh.', 'The plan came from Tran Thi Ha.'],
  ])('does not support %s, and is sure of it', (_, sentence, quote) => {
    const cited = [{ quote, language: 'en', frame: '' }] as const;
    const { verdict: found, refuted } = verifySentence({ sentence, language: 'en', cited });
    expect([found, refuted]).toEqual(['unsupported', true]);
  });

  it.each([
    [
      'other words',
      'Fruit and fish are on offer there.',
      'Most stalls sell apples and herring.',
      'unsupported',
    ],
    ['a scope word', 'All schools teach coding.', 'Schools teach coding.', 'partial'],
    ['an addition', 'Schools teach coding, painting and chess.', 'Schools teach coding.', 'partial'],
    ['another word for what is counted', 'The market has 62 booths.', 'The market has 62 stalls.', 'partial'],
  ])('is not sure about %s', (_, sentence, quote, expected) => {
    const cited = [{ quote, language: 'en', frame: '' }] as const;
    const { verdict: found, refuted } = verifySentence({ sentence, language: 'en', cited });
    expect([found, refuted]).toEqual([expected, undefined]);
  });

  it('is sure that a text which it cannot read to its end is not to be trusted', () => {
    const sentence = `Schools teach coding${' and more coding'.repeat(200)}.`;
    const cited = [{ quote: 'Schools teach coding.', language: 'en', frame: '' }] as const;
    expect(verifySentence({ sentence, language: 'en', cited })).toMatchObject({ refuted: true });
  });

  it('notices a number on what another number counts', () => {
    const quote = 'The city has 76 science enterprises and more than 1,400 digital enterprises.';
    expect(verdict('The city has more than 1,400 science enterprises.', quote)).toBe('unsupported');
    expect(verdict('The city has more than 1,400 digital enterprises.', quote)).toBe('supported');
  });

  it('supports partly what widens the evidence or adds to it', () => {
    expect(verdict('All schools teach coding.', 'Schools teach coding.')).toBe('partial');
    expect(verdict('Schools teach coding, painting and chess.', 'Schools teach coding.')).toBe('partial');
  });

  it('takes names, not numbers, from the title', () => {
    expect(verdict('Hai Phong has 76 schools.', 'The city has 76 schools.', 'Schools in Hai Phong')).toBe(
      'supported',
    );
    expect(verdict('The city has 76 schools.', 'The city has many schools.', '76 schools')).toBe(
      'unsupported',
    );
  });

  it.each([
    ['Thành phố đã ký thỏa thuận.', 'Thành phố chưa ký thỏa thuận.'],
    ['Số hộ nghèo tăng mạnh.', 'Số hộ nghèo giảm mạnh.'],
    ['Khách đến hội chợ chưa đến 7.000 lượt.', 'Khách đến hội chợ hơn 7.000 lượt.'],
  ])('does not support a Vietnamese sentence that is turned round: %s', (sentence, quote) => {
    expect(verdict(sentence, quote, '', 'vi')).toBe('unsupported');
  });

  it('reads "không gian" and "hàng không" as no negation', () => {
    expect(
      verdict('Không gian hàng không mở cửa.', 'Không gian của ngành hàng không đã mở cửa.', '', 'vi'),
    ).toBe('supported');
  });

  it('answers quickly and within range for any text', () => {
    const texts = [
      'Aa '.repeat(20_000),
      '',
      '\u0000',
      '1'.repeat(50_000),
      'không '.repeat(20_000),
      '1, '.repeat(20_000),
      '((((' + '👍'.repeat(999),
    ];
    const started = performance.now();
    for (const [index, sentence] of texts.entries()) {
      for (const quote of [sentence, texts.at(index - 1) ?? '']) {
        const cited = Array.from({ length: 20 }, () => ({ quote, language: 'vi' as const, frame: quote }));
        const { score } = verifySentence({ sentence: `${sentence}.`, language: 'en', cited });
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }
    }
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
