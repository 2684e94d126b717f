import type { Article } from '../../domain/article.ts';
import type { Language } from '../../domain/language.ts';
import { type Span, sliceSpan } from '../../domain/span.ts';
import { splitArticle } from '../../ingest/split/passages.ts';
import { leansOnHistory } from '../follow-up.ts';

/** A question that an article should answer. */
export interface QuestionIdea {
  readonly question: string;
  /** The sentence of the article that it was made from; absent where the article asks it itself. */
  readonly source?: Span;
}

/** Length of a question that fits on a button, in characters. */
const length = { least: 18, most: 90 } as const;

/** Sentences beyond this one are not looked at: news says first what matters. */
const sentenceLimit = 60;

/** A pattern over one sentence, and the question that its groups make. */
interface Template {
  readonly pattern: RegExp;
  readonly ask: (groups: Readonly<Record<string, string | undefined>>) => string | undefined;
}

// A name: capitalised words and numbers, or a short noun phrase with its article.
const subject = String.raw`(?<subject>The (?:[\p{L}\p{N}-]+ ){0,6}[\p{L}\p{N}-]+|\p{Lu}[\p{L}\p{N}-]*(?: (?:\p{Lu}[\p{L}\p{N}-]*|\d{1,4})){1,5})`;
const count = String.raw`(?:(?:more|fewer|less) than |over |about |around |nearly |almost )?(?:[\d,.]*\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)`;
// A plural with what stands before it: `science and technology enterprises`.
const things = String.raw`(?<things>\p{Ll}(?:[\p{L}-]+ ){0,6}?(?:[\p{L}-]*[^\Ws]s|people|children))`;
const date = String.raw`(?:on \d{1,2} \p{Lu}\p{Ll}+ \d{4}|on \p{Lu}\p{Ll}+ \d{1,2}, \d{4}|in (?:\p{Lu}\p{Ll}+ )?\d{4})`;
const end = String.raw`(?=[.,;:]| (?:on|in|by|at|to|for|from|with|under|as|since|during|across|against|over|around|that|which|who|told)\b)`;

/** Verbs with a count behind them, to the form after "does" or "did". */
const countVerbs: Readonly<Record<string, string>> = {
  has: 'does|have',
  carries: 'does|carry',
  contains: 'does|contain',
  employs: 'does|employ',
  operates: 'does|operate',
  covers: 'does|cover',
  includes: 'does|include',
  defines: 'does|define',
  received: 'did|receive',
  drew: 'did|draw',
  attracted: 'did|attract',
  carried: 'did|carry',
  managed: 'did|manage',
  held: 'did|hold',
  opened: 'did|open',
  built: 'did|build',
};

const english: readonly Template[] = [
  {
    pattern:
      /^\p{Lu}\p{L}+(?: \p{Lu}\p{L}+){1,3} is (?<role>(?:the )?(?:Deputy )?(?:Chairman|Chairwoman|Director|Minister|Mayor|President|Secretary|Rector|Head|head|director|mayor|president|editor) of [^,.;:]{3,60})[.,]/u,
    ask: ({ role = '' }) => `Who is ${role.startsWith('the ') ? '' : 'the '}${role}?`,
  },
  {
    pattern: new RegExp(
      String.raw`^${subject} (?<verb>${Object.keys(countVerbs).join('|')}) ${count} ${things}${end}`,
      'u',
    ),
    ask: ({ subject: who = '', verb = '', things: what = '' }) => {
      const [auxiliary = '', base = ''] = (countVerbs[verb] ?? '').split('|');
      return `How many ${what} ${auxiliary} ${inside(who)} ${base}?`;
    },
  },
  {
    pattern: new RegExp(
      String.raw`^${subject} (?<be>was|were) (?<verb>built|founded|opened|launched|established|signed|issued|adopted|restored) (?:by .{3,60}? )?${date}`,
      'u',
    ),
    ask: ({ subject: who = '', be = '', verb = '' }) => `When ${be} ${inside(who)} ${verb}?`,
  },
  {
    pattern: new RegExp(
      String.raw`^${subject} (?<verb>opened|began|started|ended) (?:in [\p{L} ]{3,40} )?${date}`,
      'u',
    ),
    ask: ({ subject: who = '', verb = '' }) =>
      `When did ${inside(who)} ${verb === 'began' ? 'begin' : verb.replace(/ed$/u, '')}?`,
  },
  {
    pattern:
      /\b(?<document>(?:Decision|Resolution|Decree|Circular|Directive|Law) No\. ?\d[\p{L}\d/–-]*)(?: on [^,.]{3,60})? (?<verb>define|set|require|establishe|approve|create|allow|replace)s\b/u,
    ask: ({ document = '', verb = '' }) =>
      `What does ${document} ${verb === 'establishe' ? 'establish' : verb}?`,
  },
  {
    pattern:
      /\b(?:[Tt]he )?(?<body>Politburo|Government|Prime Minister|National Assembly) (?:issued|adopted|signed) (?<document>(?:Decision|Resolution|Decree|Circular|Directive) No\. ?\d[\p{L}\d/–-]*)[^.]*? on \d{1,2} \p{Lu}\p{Ll}+ \d{4}/u,
    ask: ({ body = '', document = '' }) => `When did the ${body} issue ${document}?`,
  },
];

const vietnameseCount = String.raw`(?:hơn |trên |gần |khoảng |tổng cộng )?(?:[\d.,]*\d|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)`;
const vietnameseSubject = String.raw`(?<subject>\p{Lu}[^,.:;()"“”]{2,60}?)(?: đã)?`;

const vietnamese: readonly Template[] = [
  {
    pattern:
      /^(?:Ông |Bà )?\p{Lu}\p{L}+(?: \p{Lu}\p{L}+){1,4} là (?<role>(?:Chủ tịch|Phó Chủ tịch|Giám đốc|Phó Giám đốc|Bộ trưởng|Thứ trưởng|Phó Thủ tướng|Bí thư|Viện trưởng|[Tt]rưởng|[Hh]iệu trưởng)[^,.;:]{5,60})[.,]/u,
    ask: ({ role = '' }) => `Ai là ${role}?`,
  },
  {
    pattern: new RegExp(
      String.raw`^${vietnameseSubject} (?<verb>có|quy tụ|thu hút|gồm|đón|đào tạo|hỗ trợ) ${vietnameseCount} (?<things>\p{Ll}+(?: \p{Ll}+){1,8}?)(?=[.,;:]| (?:với|tại|ở|trong|trên|từ|vào|theo|đang|đã|được|bán|dựa|tham gia|để|cho|nhằm)(?: |$))`,
      'u',
    ),
    ask: ({ subject: who = '', verb = '', things: what = '' }) =>
      isTelling(who) ? `${who} ${verb} bao nhiêu ${what}?` : undefined,
  },
  {
    pattern: new RegExp(
      String.raw`^${vietnameseSubject} (?<verb>(?:được )?(?:ban hành|thông qua|khai mạc|mở cửa(?: trở lại)?|thành lập|xây dựng|khởi công|khánh thành|ra mắt|công bố|tổ chức|khởi động)|ra đời|diễn ra|bắt đầu) (?:vào )?(?:ngày \d{1,2}[/ ]|(?<year>năm) \d{4})`,
      'u',
    ),
    ask: ({ subject: who = '', verb = '', year }) =>
      isTelling(who) ? `${who} ${verb} ${year === undefined ? 'ngày' : 'năm'} nào?` : undefined,
  },
];

const templates: Readonly<Record<Language, readonly Template[]>> = { en: english, vi: vietnamese };

/** Sentences that begin with these speak of something named before. */
const pointsBack = {
  en: /^(?:The (?:same|latter|former|other|new|second|third|list|report|programme|project|event|meeting|rule|number|figure|aim|city|province|company|answers?)|It|They|This|That|These|Those|He|She|There|Another|Other|Such|Both)\b/u,
  vi: /^(?:Đây|Đó|Điều|Việc|Trong|Theo|Nếu|Khi|Ngoài|Bên|Hiện|Đến|Từ|Tại|Với|Năm|Ngày|Cùng|Họ|Nó|Chúng|Các|Những|Một|Mỗi|Sau|Trước|Số|Ở|Thành phố (?:có|này)|Tỉnh (?:có|này))(?:[ ,]|$)|(?:^| )(?:này|đó|ấy|nói trên|cũng|còn|đang|sẽ|vẫn|phải)(?: |$)/u,
} as const satisfies Readonly<Record<Language, RegExp>>;

/** Questions to which an article should hold the answer, those that it asks itself first. */
export function questionIdeas(article: Article): QuestionIdea[] {
  const { language, text } = article;
  const asked = [article.title, ...article.headings.map((heading) => sliceSpan(text, heading))]
    .filter((line) => line.endsWith('?') && !/[.?!:] /u.test(line))
    .map((question): QuestionIdea => ({ question }));
  const sentences = splitArticle(article).flatMap((passage) => passage.sentences);
  const made = sentences.slice(0, sentenceLimit).flatMap((sentence) => {
    const line = sliceSpan(text, sentence);
    if (sentence.heading || pointsBack[language].test(line.split(/ (?=\d)/u, 1)[0] ?? '')) return [];
    return templates[language].flatMap(({ pattern, ask }): QuestionIdea[] => {
      const groups = pattern.exec(line)?.groups;
      const question = groups && ask(groups);
      return question === undefined ? [] : [{ question, source: sentence }];
    });
  });
  const seen = new Set<string>();
  return [...asked, ...made].filter(({ question }) => {
    const isNew = !seen.has(question);
    seen.add(question);
    const fits = question.length >= length.least && question.length <= length.most;
    return isNew && fits && !leansOnHistory(question, language);
  });
}

/** A subject in the middle of a sentence. */
function inside(name: string): string {
  return name.replace(/^The /u, 'the ');
}

/** Whether a Vietnamese subject names one thing: by a name, a number, or at length. */
function isTelling(name: string): boolean {
  return / [\p{Lu}\d]/u.test(name) || name.split(' ').length > 5;
}
