import { searchTerm } from '../../domain/text/search-terms.ts';
import { type Reading, termsOf } from './reading.ts';

/** English words that exclude each other where one stands in the place of the other. Whole words, lower case. */
const pairs: readonly (readonly [RegExp, RegExp])[] = (
  [
    ['younger|youngest|newer|newest', 'older|oldest'],
    ['ancient|old|historic', 'modern|contemporary|new'],
    ['north|northern|northwest|northeast', 'south|southern|southwest|southeast'],
    ['east|eastern', 'west|western'],
    ['summer', 'winter'],
    ['first', 'last|final'],
    ['maximum', 'minimum'],
    ['upper', 'lower'],
    ['inside|inner|internal', 'outside|outer|external'],
    ['male|men|boys', 'female|women|girls'],
    ['rich|wealthy', 'poor|poorest'],
    ['success|successful|successfully', 'unsuccessful|failure|failed'],
    ['major|majority', 'minor|minority'],
    ['arrive|arrived|arrival', 'depart|departed|departure|leave|left'],
    ['attack|attacked', 'defend|defended'],
    ['gain|gained', 'lose|lost|losing|loss'],
    ['buy|bought|purchase|purchased', 'sell|sold'],
    ['remove|removed|eliminate|eliminated', 'add|added|introduce|introduced|acquired'],
    ['destroy|destroyed|demolished', 'build|built|erected|created|constructed'],
    ['love|loved|liked', 'hate|hated|disliked'],
    ['easy|easily|easier', 'difficult|hard|harder'],
    ['praised|commended|commend', 'criticised|criticized|condemned'],
    ['larger|largest|bigger|biggest', 'smaller|smallest'],
    ['faster|fastest', 'slower|slowest'],
    ['more', 'less|fewer'],
    ['lesser', 'larger|greater'],
    ['always|often|frequently', 'never|rarely|seldom'],
    ['import|imports|imported', 'export|exports|exported'],
    ['married', 'unmarried|divorced|single'],
    ['heavy|heavier|heaviest', 'light|lighter|lightest'],
    ['hot|hottest|warm|warmest|warmer', 'cold|coldest|cool|cooler|coolest'],
    ['dry|driest', 'wet|wettest'],
    ['encourage|encouraged', 'discourage|discouraged'],
    ['shallow', 'deep'],
    ['mother|son|brother|husband', 'father|daughter|sister|wife'],
    ['public', 'private'],
    ['income|revenue', 'expenditure|spending'],
  ] as const
).map(([one, other]) => [whole(one), whole(other)] as const);

function whole(source: string): RegExp {
  return new RegExp(`^(?:${source})$`, 'u');
}

// `certain statements` are not the opposite of `uncertain`.
const prefix = /^(?:un|in|im|il|ir|dis|non|de)(?=\p{L}{4})(?!certain)/u;

/**
 * Whether a word of the question meets its opposite in the sentence and stands nowhere in it: `ancient` for
 * `modern`, `formal` for `informal`, `disconnect` for `connect`.
 */
export function meetsOpposite({ asked: question, said: sentence, saidTerms: stems }: Reading): boolean {
  const asked = question.map(({ lower }) => lower);
  const said = sentence.map(({ lower }) => lower);
  const questionStems = termsOf(question);
  const isIn = (words: readonly string[], pattern: RegExp) => words.some((word) => pattern.test(word));
  return (
    pairs.some(([one, other]) =>
      [
        [one, other],
        [other, one],
      ].some(
        ([side, against]) =>
          side &&
          against &&
          isIn(asked, side) &&
          !isIn(asked, against) &&
          isIn(said, against) &&
          !isIn(said, side),
      ),
    ) ||
    question.some(
      ({ lower, term }) => !stems.has(term) && isFoundIn(stems, lower) && !isFoundIn(questionStems, lower),
    ) ||
    sentence.some(
      ({ lower, term }) =>
        !questionStems.has(term) && isFoundIn(questionStems, lower) && !isFoundIn(stems, lower),
    )
  );
}

/** Whether the word has a prefix that turns it round, and is found without it. */
function isFoundIn(terms: ReadonlySet<string>, word: string): boolean {
  const bare = word.replace(prefix, '');
  return bare !== word && terms.has(searchTerm(bare, 'en'));
}
