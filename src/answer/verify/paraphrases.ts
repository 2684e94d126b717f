import { searchTerm } from '../../domain/text/search-terms.ts';

const terms = (text: string): string[] =>
  text
    .trim()
    .split(/\s+/u)
    .map((word) => searchTerm(word, 'en'));

/** English words that report, count or point, and so need no evidence of their own. Stemmed. */
export const freeEnglish: ReadonlySet<string> = new Set(
  terms(`
    according accord say said tell told note noted report reported state stated announce announced explain explained
    describe described present presented call called mention mentioned add added stress stressed emphasise recall
    recalled point article figure number count total name named currently now also still even mr mrs ms dr
    professor respectively however moreover include including cover covering range ranging compare compared versus
    set put take taken came come among many several various thing way part whether already yet ever need needs must
    aim meant expected supposed due dated both together`),
);

/** Vietnamese syllables of the same kind, folded. */
export const freeVietnamese: ReadonlySet<string> = new Set(
  `theo biet noi neu ong ba con hien cung rang viec bai cu the nhan manh khang dinh giai thich them so luong
   hien nay trong do gom ben canh ke lan luot rieng dong thoi xem coi van cho duoc dang da voi tai toi den bi can
   muc`.split(/\s+/u),
);

// Words that news uses for each other. Several words of one line are never told apart by the rules.
const groups = `
  company firm enterprise business corporation
  whole entire complete
  nearly almost
  centre heart core hub
  country nation national nationwide
  world worldwide global globally international
  attend join participate take
  use apply utilise application
  reach cover extend
  build construct develop building
  aim want plan target hope goal seek intend
  money fund finance capital budget
  own belong owner ownership property
  start begin launch open beginning
  host hold organise stage
  receive draw attract welcome get
  reduce cut lower decrease
  increase rise grow growth expand
  tally count figure number estimate
  expert specialist
  important key main major core crucial
  link connect tie join connection
  honour award name recognise title
  responsible charge coordinate
  finish complete done
  task mission job duty role
  rule regulation norm
  post position
  base build found rest
  issue adopt pass publish
  agreement consent approval agree
  outside beyond
  locality province city area region
  lead chair head chairman
  contribute add give share pay
  compete rival
  result outcome product
  research study
  announce publish declare
  visit visitor guest
  think believe consider regard
  hand handover transfer
  list set define fix settle identify determine`;

/** Stemmed English words to the lines of words that may stand for them. */
export const englishGroups: ReadonlyMap<string, ReadonlySet<string>> = groupsByTerm();

function groupsByTerm(): Map<string, Set<string>> {
  const byTerm = new Map<string, Set<string>>();
  for (const line of groups.trim().split('\n')) {
    const group = terms(line);
    for (const term of group) byTerm.set(term, new Set([...(byTerm.get(term) ?? []), ...group]));
  }
  return byTerm;
}
