import { foldDiacritics } from '../../domain/text/fold.ts';
import { vietnamesePatterns } from '../../domain/text/vietnamese-patterns.ts';
import { type Asking, type Rule, termsOf } from './reading.ts';

/** A class of named things that a question may ask for: `which company`, `tỉnh nào`. */
interface NamedClass {
  /** Patterns of the class word, in lower-case English and in Vietnamese as typed. */
  readonly en: string;
  readonly vi: string;
  /** How a sentence in either language shows that it names one. */
  readonly marks: RegExp;
  /** What a sentence without any is worth; 0 where left out. */
  readonly unmet?: number;
  /** Whether the class word of the question, in lower case, shows nothing. */
  readonly isOwnWord?: boolean;
}

const whole = (source: string): RegExp => new RegExp(String.raw`(?<!\p{L})(?:${source})(?!\p{L})`, 'iu');

const countries =
  'afghanistan|algeria|argentina|armenia|australia|austria|azerbaijan|bahrain|bangladesh|belarus|belgium|bhutan|bolivia|bosnia|brazil|brunei|bulgaria|burma|cambodia|cameroon|canada|chile|china|colombia|congo|costa rica|croatia|cuba|cyprus|czech|denmark|ecuador|egypt|england|estonia|ethiopia|finland|france|georgia|germany|ghana|great britain|greece|guatemala|haiti|honduras|hungary|iceland|india|indonesia|iran|iraq|ireland|israel|italy|jamaica|japan|jordan|kazakhstan|kenya|kuwait|kyrgyzstan|laos|latvia|lebanon|libya|lithuania|luxembourg|malaysia|maldives|mali|malta|mexico|moldova|monaco|mongolia|morocco|mozambique|myanmar|nepal|netherlands|holland|new zealand|niger|nigeria|north korea|norway|oman|pakistan|palestine|panama|paraguay|peru|philippines|poland|portugal|prussia|qatar|romania|russia|rwanda|saudi arabia|scotland|senegal|serbia|singapore|slovakia|slovenia|somalia|south africa|south korea|korea|soviet union|ussr|spain|sri lanka|sudan|sweden|switzerland|syria|taiwan|tajikistan|tanzania|thailand|tunisia|turkey|türkiye|uganda|ukraine|united arab emirates|uae|united kingdom|uk|britain|united states|america|usa|u\\.s\\.?|us(?! dollars?)|uruguay|uzbekistan|vatican|venezuela|viet ?nam|wales|yemen|zambia|zimbabwe|ai cập|ấn độ|anh|áo|ba lan|bỉ|bồ đào nha|brasil|campuchia|canađa|cuba|đài loan|đan mạch|đức|hà lan|hàn quốc|hoa kỳ|hy lạp|iran|lào|liên xô|mã lai|mỹ|na uy|nam phi|nga|nhật|nhật bản|pháp|phần lan|phi-líp-pin|tây ban nha|thái lan|thổ nhĩ kỳ|thụy điển|thụy sĩ|thuỵ điển|thuỵ sĩ|triều tiên|trung quốc|úc|ukraina|ý|việt nam';

/** The classes whose members can be told by a word in or beside the name, or by a list. */
const sources: readonly NamedClass[] = [
  {
    en: 'country|countries|nation|nations',
    vi: 'quốc gia|nước',
    marks: new RegExp(
      String.raw`${whole(countries).source}|\p{Lu}\p{L}+(?:ese|ish|ian|ans)(?!\p{L})|(?:republic|kingdom|nước|quốc gia) `,
      'iu',
    ),
  },
  {
    en: 'company|companies|firm|firms|corporation|corporations|enterprise|enterprises|business|businesses|contractor|manufacturer|bank|banks',
    vi: String.raw`(?:công ty|doanh nghiệp|tập đoàn|ngân hàng|hãng)(?: \p{L}+){0,2}`,
    marks: whole(
      'company|companies|co|corp|corporations?|group|inc|ltd|jsc|llc|plc|gmbh|\\p{L}*banks?|firms?|motors?|holdings?|industries|airlines?|enterprises?|brands?|manufacturers?|networks?|công ty|tập đoàn|doanh nghiệp|ngân hàng|hãng|nhà thầu',
    ),
    unmet: 0.3,
    isOwnWord: true,
  },
  {
    en: 'university|universities|college|colleges|school|schools|academy|academies|institute|institutes',
    vi: String.raw`(?:trường đại học|đại học|học viện)(?: \p{L}+){0,2}|trường|viện`,
    marks: whole(
      'universit(?:y|ies)|colleges?|schools?|academ(?:y|ies)|institutes?|polytechnic|mit|trường|đại học|học viện|viện|cao đẳng',
    ),
  },
  {
    en: 'ministry|ministries|agency|agencies|department|departments',
    vi: 'bộ|cơ quan|sở|cục',
    marks: whole(
      'ministr(?:y|ies)|agenc(?:y|ies)|departments?|office|bureau|commission|committee|council|authority|board|service|\\p{Lu}{3,}|bộ|cơ quan|sở|cục|vụ|ban|ủy ban|uỷ ban|tổng cục|hội đồng',
    ),
  },
  {
    en: 'city|cities|town|towns',
    vi: 'thành phố|thị xã',
    marks:
      /(?<!\p{L})(?:[Cc]it(?:y|ies)|[Tt]owns?|[Cc]apital|[Tt]hành phố|[Tt]hị xã|[Tt]hủ đô|TP\.?)(?!\p{L})|(?<!\p{L})(?:[Ii]n|[Aa]t|[Ff]rom|[Tt]o|[Nn]ear|and|[Ởở]|[Tt]ại|[Tt]ừ|[Đđ]ến|và) (?!January|February|March|April|May|June|July|August|September|October|November|December)\p{Lu}/u,
    unmet: 0.3,
  },
];

const namedClasses = sources.map(({ en, vi, marks, unmet = 0, isOwnWord = false }) => {
  const english = new RegExp(
    String.raw`(?<!\p{L})(?:which|what) (?:[\p{L}\d]+ ){0,2}?(?:${en})(?!\p{L})`,
    'u',
  );
  const vietnamese = vietnamesePatterns([[`(?:${vi}) nào`, true]]);
  return {
    marks,
    unmet,
    isOwnWord,
    asks: {
      en: (text: string) => english.test(text),
      vi: (text: string) => vietnamese(text).some(([pattern]) => text.search(pattern) >= 0),
    },
  };
});
const [country] = namedClasses;

/** Whether the sentence names something of the class asked for. */
export function classMet({ question, questionLanguage, asked }: Asking): Rule | undefined {
  const text = question.toLowerCase().normalize('NFC');
  const sought = namedClasses.find((item) => item.asks[questionLanguage](text));
  if (!sought) return undefined;
  const { marks, unmet } = sought;
  if (sought.isOwnWord) {
    // `companies` names none, where a company is asked for.
    const own = termsOf(asked);
    return ({ said }) => {
      const others = said.filter(({ capital, term }) => capital || !own.has(term)).map((token) => token.text);
      return marks.test(others.join(' ')) ? 1 : unmet;
    };
  }
  if (sought !== country) return ({ sentence }) => (marks.test(sentence) ? 1 : unmet);
  // The country of the question is not the one that it asks for.
  const known = new Set(asked.flatMap(({ folded }, at) => [folded, (asked[at - 1]?.folded ?? '') + folded]));
  return ({ sentence }) => {
    const rest = sentence
      .split(/(?<=[ ,;.:(])/u)
      .filter((word) => !known.has(foldDiacritics(word).replace(/[^\p{L}\p{N}]/gu, '')));
    return marks.test(rest.join('')) ? 1 : unmet;
  };
}
