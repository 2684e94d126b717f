const onsets = 'ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx]';

/** Rimes without diacritics; a final consonant only stands after certain vowels. */
const rimes = [
  'a(?:c|ch|i|m|n|ng|nh|o|p|t|u|y)?',
  'e(?:c|ch|m|n|ng|nh|o|p|t|u)?',
  'i(?:a|c|ch|m|n|nh|p|t|u)?',
  'ie(?:c|m|n|ng|p|t|u)',
  'ye(?:m|n|ng|t|u)',
  'o(?:a|c|e|i|m|n|ng|p|t)?',
  'oa(?:c|ch|i|m|n|ng|nh|o|p|t|y)',
  'oe(?:n|o|t)',
  'oo(?:c|ng)',
  'u(?:a|c|e|i|m|n|ng|o|p|t|u|y)?',
  'ua(?:n|ng|t|y)',
  'ue(?:ch|nh)',
  'uo(?:c|i|m|n|ng|p|t|u)',
  'uy(?:a|ch|en|et|n|nh|p|t|u)',
  'y(?:t|nh)?',
].join('|');

const syllable = new RegExp(`^(?:${onsets})?(?:${rimes})$`, 'u');
/** After `qu`, the `u` sounds with the onset; the rime follows it as after any other. */
const misspelledOnset = /^(?:c[iey]|k[aou]|ngh[aou]|gh[aou]|g[e]|ng[ie]|q(?!u))/u;

/**
 * Whether `word`, folded, can be a Vietnamese syllable. A word that can is no evident typing error: syllables
 * are so short that most are one letter from another, and a name must not turn into another name.
 */
export function isVietnameseSyllable(word: string): boolean {
  return syllable.test(word) && !misspelledOnset.test(word);
}
