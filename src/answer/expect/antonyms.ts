import { searchTerm } from '../../domain/text/search-terms.ts';
import { type Asking, type Doubt, termsOf } from './reading.ts';

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
 * Whether a word of the question meets its opposite in an English sentence and stands nowhere in it: `ancient` for
 * `modern`, `formal` for `informal`, `disconnect` for `connect`.
 */
export function meetsOpposite({ asked, questionLanguage }: Asking): Doubt | undefined {
  if (questionLanguage !== 'en') return undefined;
  const askedTerms = termsOf(asked);
  const isAsked = (pattern: RegExp) => asked.some(({ lower }) => pattern.test(lower));
  const sides = pairs
    .flatMap(([one, other]) => [
      { side: one, against: other },
      { side: other, against: one },
    ])
    .filter(({ side, against }) => isAsked(side) && !isAsked(against));
  const turned = asked.flatMap(({ lower, term }) => {
    const bare = bareTerm(lower);
    return bare === undefined || askedTerms.has(bare) ? [] : [{ term, bare }];
  });
  return ({ said, saidTerms }) => {
    const isSaid = (pattern: RegExp) => said.some(({ lower }) => pattern.test(lower));
    return (
      sides.some(({ side, against }) => isSaid(against) && !isSaid(side)) ||
      turned.some(({ term, bare }) => !saidTerms.has(term) && saidTerms.has(bare)) ||
      said.some(({ lower, term }) => {
        const bare = askedTerms.has(term) ? undefined : bareTerm(lower);
        return bare !== undefined && askedTerms.has(bare) && !saidTerms.has(bare);
      })
    );
  };
}

/** The term of a word without the prefix that turns it round; `undefined` where it has none. */
function bareTerm(word: string): string | undefined {
  const bare = word.replace(prefix, '');
  return bare === word ? undefined : searchTerm(bare, 'en');
}
