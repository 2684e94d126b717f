import type { Language } from '../../domain/language.ts';
import { detectLanguage } from '../../domain/text/detect-language.ts';

/** A translation may be this many times as long as its original … */
const growth = 3;
/** … and this many UTF-16 code units more: short texts grow most. */
const allowance = 60;

/** The longest text, in UTF-16 code units, that may still be a translation of `original`. */
export function longestTranslation(original: string): number {
  return growth * original.length + allowance;
}

/**
 * Whether `text` can be a translation of `original`: in the language asked for, neither the original again nor out
 * of all proportion to it, and with the original's figures of three digits or more. Smaller ones may become words
 * (`tháng 12`, `December`). It cannot tell whether the meaning is kept.
 */
export function mayTranslate(original: string, text: string, language: Language): boolean {
  if (text.length > longestTranslation(original) || !/\p{L}{2}/u.test(text)) return false;
  if (normalised(text) === normalised(original) || detectLanguage(text) !== language) return false;
  const figures = figuresIn(text);
  return Array.from(figuresIn(original)).every((figure) => figure.length < 3 || figures.has(figure));
}

/** Runs of digits without what separates thousands or decimals, which languages write differently. */
function figuresIn(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(/\d+(?:[.,]\d+)*/gu), ([figure]) => figure.replace(/[.,]/gu, '')));
}

const normalised = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
