import { describe, expect, it } from 'vitest';

import { sliceSpan } from '../../src/domain/span.ts';
import { coveredShare, flatten, locateQuote, sameQuote } from '../../src/evaluate/quote-match.ts';

const text =
  'Fish is cheap.\nThe market opens at six.  It closes at noon.\nDay: 3 May; Event: the fair opens.';

function placed(quote: string, articleId = 'market') {
  const span = locateQuote(text, quote) ?? { start: 0, end: 0 };
  return { articleId, quote: sliceSpan(text, span), span };
}

describe('locating a quotation', () => {
  it('overlooks how its white space is written', () => {
    const span = locateQuote(text, 'opens  at six. It closes');
    expect(span && sliceSpan(text, span)).toBe('opens at six.  It closes');
  });

  it('finds the cells of a table row between the names of its columns', () => {
    const span = locateQuote(text, '| 3 May | the fair opens |');
    expect(span && sliceSpan(text, span)).toBe('3 May; Event: the fair opens');
  });

  it('does not join cells that stand far apart', () => {
    expect(
      locateQuote(`3 May${' filler'.repeat(40)} the fair opens`, '3 May | the fair opens'),
    ).toBeUndefined();
  });

  it('takes the row in which the cells stand together', () => {
    const rows = `Day: 3 May. ${'filler '.repeat(40)} Day: 3 May; Event: the fair opens.`;
    const span = locateQuote(rows, '3 May | the fair opens');
    expect(span && sliceSpan(rows, span)).toBe('3 May; Event: the fair opens');
  });

  it('finds nothing that is not there', () => {
    expect(locateQuote(text, 'It closes at one.')).toBeUndefined();
    expect(locateQuote(text, ' | ')).toBeUndefined();
  });

  it('treats composed and decomposed letters alike', () => {
    expect(flatten('Hà Nội'.normalize('NFD'))).toBe('HàNội');
  });
});

describe('comparing quotations', () => {
  it('takes a longer quotation for the one it holds, in either direction', () => {
    const [part, whole] = [
      placed('It closes at noon.'),
      placed('The market opens at six. It closes at noon.'),
    ];
    expect(sameQuote(part, whole)).toBe(true);
    expect(sameQuote(whole, part)).toBe(true);
  });

  it('finds the same words at another place of the article', () => {
    const elsewhere = { ...placed('It closes at noon.'), span: { start: 900, end: 918 } };
    expect(sameQuote(elsewhere, placed('It closes at noon.'))).toBe(true);
  });

  it('tells neighbouring sentences and other articles apart', () => {
    expect(sameQuote(placed('The market opens at six.'), placed('It closes at noon.'))).toBe(false);
    expect(sameQuote(placed('It closes at noon.'), placed('It closes at noon.', 'other'))).toBe(false);
  });

  it('does not take a word that both hold for a statement', () => {
    const word = { articleId: 'market', quote: 'at', span: { start: 900, end: 902 } };
    expect(sameQuote(word, placed('It closes at noon.'))).toBe(false);
  });

  it('accepts a span that covers half of the other', () => {
    expect(coveredShare({ start: 0, end: 10 }, { start: 5, end: 25 })).toBe(0.5);
    expect(coveredShare({ start: 0, end: 10 }, { start: 10, end: 20 })).toBe(0);
  });
});
