/** A date as far as it is given. */
export interface DateMention {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  readonly start: number;
  readonly end: number;
}

const months = 'january february march april may june july august september october november december'.split(
  ' ',
);
const month = String.raw`(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;
const day = String.raw`(?<day>\d{1,2})`;
const monthNumber = String.raw`(?<month>\d{1,2})`;
const year = String.raw`(?<year>(?:1[5-9]|20)\d\d)`;

// Tried in this order, each over what the ones before have left. `t` of `tháng` keeps its case in headings.
const patterns: readonly RegExp[] = [
  String.raw`\b${year}-(?<month>\d\d)-(?<day>\d\d)\b`,
  String.raw`\b${day}[/.-]${monthNumber}[/.-]${year}\b`,
  String.raw`\b${day}(?:st|nd|rd|th)?\s+(?:of\s+)?${month}(?:,?\s+${year})?\b`,
  String.raw`\b${month}\s+${day}(?:st|nd|rd|th)?\b(?!\s*%)(?:,?\s+${year})?\b`,
  String.raw`\b${month},?\s+(?:of\s+)?${year}\b`,
  String.raw`\b${day}\s+th[aá]ng\s+${monthNumber}(?:(?:,?\s+n[aă]m\s+|\s*/\s*)${year})?\b`,
  String.raw`\bth[aá]ng\s+${monthNumber}(?:,?\s+n[aă]m\s+|\s*[/-]\s*)${year}\b`,
  String.raw`\bth[aá]ng\s+${monthNumber}\b`,
  String.raw`\bng[aà]y(?:\s+\p{L}+){0,8}?\s+${day}/${monthNumber}\b`,
  String.raw`\bng[aà]y\s+${day}\b`,
  String.raw`\b${monthNumber}/${year}\b`,
  String.raw`\b${day}/${monthNumber}\b`,
  String.raw`(?<![\d.,/])${year}(?:s\b)?(?![\d/]|[.,]\d|-\p{L})`,
].map((source) => new RegExp(source, 'giu'));

/**
 * The dates of a text in either language, and the text with those of them blanked out, so that their numbers
 * are not read again. Numeric dates are day first, as both languages write them in Viet Nam.
 */
export function readDates(text: string): { readonly dates: readonly DateMention[]; readonly rest: string } {
  const dates: DateMention[] = [];
  let rest = text;
  for (const pattern of patterns) {
    rest = rest.replace(pattern, (match: string, ...parts: unknown[]) => {
      const groups = parts.at(-1);
      const start = parts.at(-3);
      if (typeof start !== 'number' || typeof groups !== 'object' || groups === null) return match;
      const found = new Map<string, unknown>(Object.entries(groups));
      const mention = {
        ...field('year', Number(found.get('year'))),
        ...field('month', monthOf(found)),
        ...field('day', Number(found.get('day'))),
        start,
        end: start + match.length,
      };
      if ((mention.month ?? 1) > 12 || (mention.day ?? 1) > 31) return match;
      dates.push(mention);
      return ' '.repeat(match.length);
    });
  }
  return { dates: dates.toSorted((a, b) => a.start - b.start), rest };
}

/** Whether `evidence` gives every part of `claim` alike. */
export function datesAgree(claim: DateMention, evidence: DateMention): boolean {
  return (['year', 'month', 'day'] as const).every(
    (part) => claim[part] === undefined || claim[part] === evidence[part],
  );
}

function monthOf(groups: ReadonlyMap<string, unknown>): number {
  const name = groups.get('name');
  if (typeof name !== 'string') return Number(groups.get('month'));
  return months.findIndex((item) => item.startsWith(name.toLowerCase().slice(0, 3))) + 1;
}

function field(name: 'year' | 'month' | 'day', value: number): Partial<Record<typeof name, number>> {
  return Number.isInteger(value) && value > 0 ? { [name]: value } : {};
}
