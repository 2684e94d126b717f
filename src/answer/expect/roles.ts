import { searchTerms } from '../../domain/text/search-terms.ts';

/** What people and bodies are called by what they do, in both languages. */
const roles: readonly (readonly [string, string])[] = [
  ['director manager', 'giám đốc'],
  ['chairman chairwoman chair chairperson president', 'chủ tịch'],
  ['president', 'tổng thống'],
  ['minister', 'bộ trưởng'],
  ['secretary', 'bí thư'],
  ['mayor', 'thị trưởng'],
  ['rector principal headmaster', 'hiệu trưởng'],
  ['founder', 'sáng lập'],
  ['author writer', 'tác giả'],
  ['investor developer', 'đầu tư'],
  ['owner', 'sở hữu'],
  ['inventor', 'phát minh'],
  ['winner champion', 'vô địch'],
  ['architect', 'kiến trúc'],
  ['engineer', 'kỹ sư'],
  ['spokesman spokeswoman spokesperson', 'phát ngôn'],
  ['sponsor', 'tài trợ'],
  ['editor', 'biên tập'],
  ['ambassador', 'đại sứ'],
  ['governor', 'thống đốc'],
];

const readings = roles.map(([english, vietnamese]) => ({
  en: searchTerms(english, 'en'),
  vi: searchTerms(vietnamese, 'vi').filter((term) => term.includes('_')),
}));

/** The analysed words of the other language for a role, none where it is not known. */
export function roleInOtherLanguage(term: string): readonly string[] {
  return readings.flatMap(({ en, vi }) => (en.includes(term) ? vi : vi.includes(term) ? en : []));
}
