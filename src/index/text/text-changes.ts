import type { Language } from '../../domain/language.ts';
import type { PassageTerms } from './term-counter.ts';

/** A passage's terms with where they belong. */
export interface TextPassage extends PassageTerms {
  readonly key: number;
  readonly language: Language;
}

/** What changes in the postings of one term. */
export interface TermChange {
  readonly language: Language;
  readonly term: string;
  /** Ascending, with the count of each. */
  readonly added: { readonly keys: number[]; readonly counts: number[] };
  readonly removed: number[];
}

/** Passages that were added and removed since the last writing. */
export interface TextChanges {
  readonly added: ReadonlyMap<number, TextPassage>;
  readonly removed: ReadonlyMap<number, TextPassage>;
  add(passages: readonly TextPassage[]): void;
  /** What was only added here is as if it had never been. */
  remove(passages: readonly TextPassage[]): void;
  byTerm(): Iterable<TermChange>;
  clear(): void;
}

/** Collects changes, so that terms of many passages are written once. */
export function createTextChanges(): TextChanges {
  const added = new Map<number, TextPassage>();
  const removed = new Map<number, TextPassage>();
  return {
    added,
    removed,
    add(passages) {
      for (const passage of passages) added.set(passage.key, passage);
    },
    remove(passages) {
      for (const passage of passages) {
        if (!added.delete(passage.key)) removed.set(passage.key, passage);
      }
    },
    byTerm() {
      const terms: Record<Language, Map<string, TermChange>> = { en: new Map(), vi: new Map() };
      const change = (language: Language, term: string) => {
        const known = terms[language].get(term);
        if (known) return known;
        const made: TermChange = { language, term, added: { keys: [], counts: [] }, removed: [] };
        terms[language].set(term, made);
        return made;
      };
      for (const { language, key, counts } of removed.values()) {
        for (const term of counts.keys()) change(language, term).removed.push(key);
      }
      // Keys are given in ascending order, and a map keeps the order.
      for (const { language, key, counts } of added.values()) {
        for (const [term, count] of counts) {
          const { added: postings } = change(language, term);
          postings.keys.push(key);
          postings.counts.push(count);
        }
      }
      return [...terms.en.values(), ...terms.vi.values()];
    },
    clear() {
      added.clear();
      removed.clear();
    },
  };
}
