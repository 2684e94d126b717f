import type { Language } from '../../domain/language.ts';
import { normaliseNumber } from '../../domain/text/numbers.ts';
import { magnitudes, numberInWords, romanNumeral, vagueMagnitudes } from './number-words.ts';
import type { Token } from './tokens.ts';
import { boundBefore, type Bound, rateAfter, unitAround } from './units.ts';

/** A number of a text with what makes it one statement: its unit, its rate and its bound. */
export interface Quantity {
  /** Equal for equal numbers, however they are written. */
  readonly key: string;
  /** `one` and `a` in words: too common to be asked for. */
  readonly soft: boolean;
  readonly ordinal: boolean;
  /** The number names something: `Resolution 57`, `57-NQ/TW`, `Top 7`. */
  readonly label: boolean;
  readonly unit?: string;
  /** `10% a year`: the year. */
  readonly rate?: string;
  readonly bound: Bound;
  /** One side of a ratio or a range: `3-to-1`. */
  readonly joined: boolean;
  /** First and last word, as indexes of the tokens. */
  readonly first: number;
  readonly last: number;
}

const labelWords =
  /^(?:number|số|resolution|decision|decree|circular|law|top|article|nghị|quyết|định|chapter|industry|nghiệp)$/u;

/** Reads the numbers of `tokens`; those of dates have been blanked out before. */
export function readQuantities(tokens: readonly Token[], text: string, language: Language): Quantity[] {
  const words = tokens.map((token) => token.lower);
  const quantities: Quantity[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const found = numberAt(tokens, words, at, language);
    if (!found) continue;
    let last = at + found.length - 1;
    let { value } = found;
    for (let next = words[last + 1]; next !== undefined; next = words[last + 1]) {
      const factor = magnitudes[language].get(next);
      if (factor === undefined || (tokens[last + 1]?.gap ?? '').trim() !== '') break;
      // `tỷ lệ`, `tỷ trọng`: not the magnitude.
      if (/^t[ỷỉ]$/u.test(next) && /^(?:lệ|trọng|giá|số|suất)$/u.test(words[last + 2] ?? '')) break;
      value *= factor;
      last += 1;
    }
    const unit = unitAround(tokens, text, at, last);
    const rate = rateAfter(tokens, text, last);
    quantities.push({
      key: found.vague ? `about ${value}` : String(Number(value.toPrecision(12))),
      soft: found.soft === true || (found.inWords && value <= 1),
      ordinal: found.ordinal,
      label: isLabel(tokens, text, at),
      ...(unit !== undefined && { unit }),
      ...(rate !== undefined && { rate }),
      bound: boundBefore(words, at, language),
      joined: isJoined(tokens, at, last),
      first: at,
      last,
    });
    at = last;
  }
  return quantities;
}

interface FoundNumber {
  readonly value: number;
  readonly length: number;
  readonly ordinal: boolean;
  readonly inWords: boolean;
  readonly vague?: boolean;
  readonly soft?: boolean;
}

function numberAt(
  tokens: readonly Token[],
  words: readonly string[],
  at: number,
  language: Language,
): FoundNumber | undefined {
  const token = tokens[at];
  if (!token) return undefined;
  const digits = /^(?<number>\d[\d.,]*)(?<ordinal>st|nd|rd|th)?$/u.exec(token.lower)?.groups;
  if (digits) {
    const value = Number(normaliseNumber(digits['number'] ?? ''));
    const ordinal = digits['ordinal'] !== undefined || words[at - 1] === 'thứ';
    return Number.isNaN(value) ? undefined : { value, length: 1, ordinal, inWords: false };
  }
  const numeral = romanNumeral(token.text);
  if (numeral !== undefined) return { value: numeral, length: 1, ordinal: true, inWords: false };
  const vague = vagueMagnitudes.get(token.lower);
  if (vague !== undefined) return { value: vague, length: 1, ordinal: false, inWords: true, vague: true };
  if (token.lower === 'hàng') {
    const value = magnitudes.vi.get(words[at + 1] ?? '');
    if (value !== undefined) return { value, length: 2, ordinal: false, inWords: true, vague: true };
  }
  // `Năm 2025` once its year has been read: no five.
  if (token.lower === 'năm' && tokens[at + 1]?.gap !== ' ') return undefined;
  const found = numberInWords(words, at, language);
  return found && { ...found, inWords: true };
}

function isLabel(tokens: readonly Token[], text: string, at: number): boolean {
  const token = tokens[at];
  if (!token) return false;
  if (/^\s?[-/]\p{Lu}/u.test(text.slice(token.end, token.end + 3))) return true;
  return labelWords.test(tokens[at - 1]?.lower ?? '') && /^\d/u.test(token.text);
}

function isJoined(tokens: readonly Token[], first: number, last: number): boolean {
  const before = tokens[first - 1];
  const after = tokens[last + 1];
  const joins = (word: Token | undefined) => word !== undefined && /^(?:to|\d[\d.,]*)$/u.test(word.lower);
  return (
    (joins(before) && /^[-–:]$/u.test(tokens[first]?.gap ?? '')) ||
    (joins(after) && /^[-–:]$/u.test(after?.gap ?? ''))
  );
}
