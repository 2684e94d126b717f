/** How sure it is that a word is misspelled. */
export type Suspicion =
  /** No word list was asked: only what is rarely the difference between two words. */
  | 'unknown'
  /** A name: it may be unknown and right, so as `unknown`, but a letter left out counts sooner. */
  | 'name'
  /** An acronym: all letters count, but one may be missing. */
  | 'acronym'
  /** A word list does not have it: any single edit. */
  | 'misspelled'
  /** Not a Vietnamese syllable, while its neighbours will tell which is meant: any single edit. */
  | 'syllable';

/** A word one edit away. */
export interface Edit {
  readonly word: string;
  /** Likelihood of this kind of error; lower is more likely. */
  readonly rank: number;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz';
const vowels = 'aeiouy';
/** Consonants that sound alike or are taken for each other. */
const soundAlikes = ['ckqsxz', 'sz', 'gj', 'vw', 'fv', 'mn', 'dt', 'bp'];
/** Endings that sound alike: -er/-or, -ent/-ant, -ence/-ance, -ible/-able. */
const weakEnding = /^(?:rs?|nts?|nces?|ncy|bles?|bly|l|ls|ry|ries)$/u;

/** Lengths from which each kind of edit is rather an error than another word. */
const shortest = {
  swap: { unknown: 4, name: 4, acronym: 5, misspelled: 4, syllable: 4 },
  double: { unknown: 7, name: 5, acronym: 99, misspelled: 4, syllable: 4 },
  missing: { unknown: 7, name: 5, acronym: 5, misspelled: 4, syllable: 4 },
  extra: { unknown: 8, name: 7, acronym: 99, misspelled: 5, syllable: 4 },
  changed: { unknown: 8, name: 7, acronym: 99, misspelled: 5, syllable: 4 },
} as const;

/**
 * The words from which a typing error may have made `word` with a single edit, each once. The first letter
 * stays, unless the first two are swapped: those who mistype rarely miss the first.
 *
 * @param word - lower case, `a`–`z`.
 */
export function plausibleEdits(word: string, suspicion: Suspicion): Edit[] {
  const edits = new Map<string, number>();
  const add = (candidate: string, rank: number) => {
    if (candidate !== word) edits.set(candidate, Math.min(rank, edits.get(candidate) ?? rank));
  };
  const free = suspicion === 'misspelled' || suspicion === 'syllable';
  for (let at = 0; at < word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at + 1)];
    const letter = word.charAt(at);
    const next = word.charAt(at + 1);
    if (next && (at > 0 || free) && word.length >= shortest.swap[suspicion])
      add(before + next + letter + after.slice(1), 0);
    if (word.length >= shortest.double[suspicion]) {
      if (free || isDoubled(letter, next)) add(before + letter + letter + after, 0);
      if (letter === next) add(before + after, 0);
    }
    if (at > 0 && word.length >= shortest.missing[suspicion]) {
      for (const inserted of alphabet) {
        if (free || !isVowelBesideE(inserted, word.charAt(at - 1), letter)) {
          add(before + inserted + letter + after, 2);
        }
      }
    }
    if (at === 0) continue;
    if (word.length >= shortest.extra[suspicion] && (free || next)) add(before + after, 3);
    if (word.length < shortest.changed[suspicion]) continue;
    for (const other of alphabet) {
      const alike = soundAlike(letter, other) || (isVowelChange(letter, other) && (free || isWeak(after)));
      if (alike) add(before + other + after, 1);
      else if (free && (suspicion === 'syllable' || word.length >= shortest.changed.unknown))
        add(before + other + after, 4);
    }
  }
  if (free) for (const inserted of alphabet) add(word + inserted, 2);
  return Array.from(edits, ([candidate, rank]) => ({ word: candidate, rank }));
}

/**
 * How a word sounds, roughly: with one letter for those that sound alike, without doubled ones, and of the
 * vowels with the first letter and the last, which tells `withdraw` from `withdrew`.
 */
export function soundOf(word: string): string {
  return word
    .replace(/ph/gu, 'f')
    .replace(/[cqx]/gu, 'k')
    .replace(/z/gu, 's')
    .replace(/(?!^)(?:h|[aeiouy](?=.*[aeiouy]))/gu, '')
    .replace(/(.)\1+/gu, '$1');
}

function soundAlike(a: string, b: string): boolean {
  return soundAlikes.some((letters) => letters.includes(a) && letters.includes(b));
}

/** A letter that is written twice by right, which the last of a word and most vowels rarely are. */
function isDoubled(letter: string, next: string): boolean {
  return next !== '' && next !== letter && !/[aiuy]/u.test(letter);
}

/** Such an insertion mostly makes another ending of the same word, which the stemmer takes for another word. */
function isVowelBesideE(inserted: string, before: string, after: string): boolean {
  return /[aeiy]/u.test(inserted) && (before === 'e' || after === 'e' || after === 'l');
}

function isVowelChange(a: string, b: string): boolean {
  return vowels.includes(a) && vowels.includes(b);
}

/** Whether a vowel before `after` is unstressed; the last stressed one tells `withdraw` from `withdrew`. */
function isWeak(after: string): boolean {
  return weakEnding.test(after) || /[^aeiouy][aeiouy]/u.test(after);
}
