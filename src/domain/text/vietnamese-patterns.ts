import { foldDiacritics } from './fold.ts';

/** Patterns for one question, with what each stands for. */
type Patterns<T> = readonly (readonly [RegExp, T])[];

/**
 * Compiles patterns written with diacritics, for lower-cased NFC text. A question with any diacritic is matched
 * as written; one without any is matched with the patterns folded.
 */
export function vietnamesePatterns<T>(
  sources: readonly (readonly [string, T])[],
): (question: string) => Patterns<T> {
  // JavaScript's \b knows ASCII letters only, so the edges are spelled out.
  const compile = (source: string): RegExp => new RegExp(`(?<!\\p{L})(?:${source})(?!\\p{L})`, 'gu');
  const accented = sources.map(([source, value]) => [compile(source), value] as const);
  const folded = sources.map(([source, value]) => [compile(foldSource(source)), value] as const);
  return (question) => (isFolded(question) ? folded : accented);
}

/** Whether `question` is typed without diacritics. */
function isFolded(question: string): boolean {
  const text = question.toLowerCase().normalize('NFC');
  return foldDiacritics(text) === text;
}

/** As `foldDiacritics`, but keeps the case of escapes such as `\S`. */
function foldSource(source: string): string {
  return source.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
}
