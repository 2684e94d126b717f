import { foldDiacritics } from '../../domain/text/fold.ts';
import { searchTerm } from '../../domain/text/search-terms.ts';
import type { Word } from '../../domain/text/words.ts';
import { plausibleEdits } from './plausible-edits.ts';
import type { TypoSearch } from './typo-search.ts';
import { isVietnameseSyllable } from './vietnamese-syllable.ts';

/** Shortest foreign word (`Techfest`) that is corrected; shorter ones are one letter from a syllable. */
const shortestForeign = 6;

/**
 * Corrections of Vietnamese syllables, without diacritics, as the index has them. What can be a syllable is
 * left alone; what cannot is replaced by a syllable that forms a pair of the index with a neighbour
 * (`nghj quyet` → `nghi quyet`), or else by a foreign word of the articles.
 */
export async function correctVietnamese({ index, all, suspects }: TypoSearch): Promise<Map<Word, string>> {
  const wrong = suspects.filter(({ text }) => !isVietnameseSyllable(foldDiacritics(text)));
  const options = wrong.flatMap((word) => {
    const typed = foldDiacritics(word.text);
    const at = all.indexOf(word);
    const [before, after] = [all[at - 1], all[at + 1]];
    const strict = new Set(plausibleEdits(typed, 'name').map((edit) => edit.word));
    return plausibleEdits(typed, 'syllable').flatMap(({ word: meant, rank }) => {
      const syllable = isVietnameseSyllable(meant);
      if (!syllable && (typed.length < shortestForeign || !strict.has(meant))) return [];
      const pairs = [
        ...(before ? [`${searchTerm(before.text, 'vi')}_${meant}`] : []),
        ...(after ? [`${meant}_${searchTerm(after.text, 'vi')}`] : []),
      ];
      return [{ word, meant, rank, syllable, pairs }];
    });
  });
  const counts = await index.documentFrequencies(
    options.flatMap(({ meant, pairs }) => [meant, ...pairs]),
    'vi',
  );
  const support = (pairs: readonly string[]) => pairs.reduce((sum, pair) => sum + (counts.get(pair) ?? 0), 0);
  const found = new Map<Word, string>();
  const ranked = options
    .map((option) => ({ ...option, support: support(option.pairs), count: counts.get(option.meant) ?? 0 }))
    .filter((option) => (option.syllable ? option.support > 0 : option.count > 0))
    .toSorted(
      (a, b) => b.support - a.support || a.rank - b.rank || b.count - a.count || (a.meant < b.meant ? -1 : 1),
    );
  for (const { word, meant } of ranked) if (!found.has(word)) found.set(word, meant);
  return found;
}
