/** Names that the two languages write differently, folded: Vietnamese, then English alternatives. */
const pairs: readonly (readonly [string, string])[] = [
  ['bo chinh tri', 'politburo'],
  ['quoc hoi', 'national assembly'],
  ['chu tich quoc hoi', 'chairman of the national assembly'],
  ['chinh phu', 'government'],
  ['thu tuong', 'prime minister'],
  ['pho thu tuong', 'deputy prime minister'],
  ['thu truong', 'deputy minister'],
  ['bo truong', 'minister'],
  ['chu tich nuoc', 'president'],
  ['bo tai chinh', 'ministry of finance'],
  ['bo quoc phong', 'ministry of defence'],
  ['bo cong an', 'ministry of public security'],
  ['bo y te', 'ministry of health'],
  ['bo cong thuong', 'ministry of industry and trade'],
  ['bo khoa hoc va cong nghe', 'ministry of science and technology'],
  ['so khoa hoc va cong nghe', 'department of science and technology|departments of science and technology'],
  ['uy ban nhan dan', "people's committee"],
  ['hoi dong nhan dan', "people's council"],
  ['dai hoc quoc gia', 'national university'],
  ['thanh pho', 'city'],
  ['nghi quyet', 'resolution'],
  ['quyet dinh', 'decision'],
  ['luat', 'law'],
  ['nha nuoc', 'state'],
  ['dong nam bo', 'southeast|southeastern'],
  ['tay bac', 'northwest|northwestern'],
  ['dong bac', 'northeast|northeastern'],
  ['tay nguyen', 'central highlands'],
  ['dong bang song hong', 'red river delta'],
  ['dong bang song cuu long', 'mekong delta'],
  ['mien bac', 'north'],
  ['mien trung', 'central'],
  ['mien nam', 'south'],
  ['di san van hoa', 'cultural heritage'],
  ['the gioi', 'world'],
  ['trung quoc', 'china|chinese'],
  ['nhat ban', 'japan|japanese'],
  ['han quoc', 'south korea|korea|korean'],
  ['my', 'united states|american|us'],
  ['hoa ky', 'united states|american|us'],
  ['anh', 'united kingdom|britain|british|english'],
  ['phap', 'france|french'],
  ['duc', 'germany|german'],
  ['nga', 'russia|russian'],
  ['an do', 'india|indian'],
  ['uc', 'australia|australian'],
  ['thai lan', 'thailand|thai'],
  ['lao', 'laos|lao'],
  ['campuchia', 'cambodia|cambodian'],
  ['lien hop quoc', 'united nations|un'],
  ['lien minh chau au', 'european union|eu'],
  ['chau au', 'europe|european'],
  ['chau a', 'asia|asian'],
];

/** Longest name on the Vietnamese side, and on the English one, in words. */
export const longestExonym = 6;

export const toEnglish: ReadonlyMap<string, readonly string[]> = new Map(
  pairs.map(([vietnamese, english]) => [vietnamese, english.split('|')]),
);

export const toVietnamese: ReadonlyMap<string, readonly string[]> = invert();

function invert(): Map<string, string[]> {
  const inverted = new Map<string, string[]>();
  for (const [vietnamese, english] of pairs) {
    for (const name of english.split('|')) inverted.set(name, [...(inverted.get(name) ?? []), vietnamese]);
  }
  return inverted;
}
