/**
 * Abbreviations after which a sentence goes on, in lower case and without their full stop. A reply has to be cut
 * while it arrives, so this list leans towards too few cuts: the model marks the end of nearly every sentence
 * with its pointers anyway.
 */
const abbreviations = new Set(
  (
    'no nos nr art arts fig figs vol ch sec para p pp ca approx est max min mr mrs ms dr prof assoc st jr sr vs ' +
    'cf gen col lt capt gov sen rep hon rev dept inc ltd co corp univ jan feb mar apr jun jul aug sep sept oct ' +
    'nov dec ' +
    // Vietnamese: titles, places, offices, pages.
    'tp tx tt q p h gs pgs ts ths ks kts bs cn tr đ/c ông bà số nxb'
  ).split(' '),
);

// Words on the list that also end sentences ("He said no."): they count as abbreviations before a digit only.
const ordinaryWords = new Set([
  'no',
  'art',
  'para',
  'max',
  'min',
  'gen',
  'mar',
  'h',
  'ông',
  'bà',
  'số',
  'est',
]);

/**
 * Whether the full stop after `before` belongs to an abbreviation or an initial.
 *
 * @param before - the text up to the full stop.
 * @param next - the first character after the white space that follows it.
 */
export function endsInAbbreviation(before: string, next: string): boolean {
  const token = /[^\s([{"'“‘«]*$/u.exec(before.slice(-24))?.[0] ?? '';
  // An initial (J. Smith), or letters with full stops between them (U.S., e.g., v.v.).
  if (/^(?:\p{L}\.)*\p{L}$/u.test(token)) return true;
  const word = token.toLowerCase();
  return abbreviations.has(word) && (!ordinaryWords.has(word) || /\d/u.test(next));
}
