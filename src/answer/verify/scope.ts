/** Words that widen or narrow a statement, with what in the evidence bears them. Lower case, both languages. */
const rules: readonly { readonly claim: RegExp; readonly evidence: RegExp }[] = [
  {
    claim:
      /\b(?:every|each|always|everyone|everybody)\b(?!\s+(?:\d|year|month|day|week|(?:one|two|three|four|five)\b))|(?<!above )\ball\b(?!\s+(?:over|but)\b)|tất cả|(?<![\p{L}])(?:mọi|luôn luôn)(?![\p{L}])/u,
    evidence:
      /\b(?:every|each|any|always|everyone|everywhere|both)\b|(?<!above )\ball\b|100%|toàn|tất cả|đầy đủ|(?<![\p{L}])(?:mọi|luôn|mỗi(?!\s+năm))(?![\p{L}])/u,
  },
  {
    claim: /\b(?:entire|entirely|whole|completely)\b|toàn bộ/u,
    evidence:
      /\b(?:every|entire|entirely|whole|full|fully|complete|completely|everywhere|overall)\b|(?<!above )\ball\b|100%|toàn|tất cả|chung|đầy đủ/u,
  },
  {
    claim:
      /(?<!not |never |n't )\b(?:only|solely|sole|exclusively)\b|(?<!không |chẳng |chưa )(?<![\p{L}])chỉ(?!\s+(?:số|tiêu|đạo|thị|dẫn|huy|định|ra))(?![\p{L}])|duy nhất/u,
    evidence:
      /(?<!not |never |n't )\b(?:only|solely|sole|exclusively|alone|just|no more than|nothing else)\b|(?<!không |chẳng |chưa )(?<![\p{L}])chỉ(?!\s+(?:số|tiêu|đạo|thị|dẫn|huy|định|ra))(?![\p{L}])|duy nhất|riêng/u,
  },
  {
    claim: /\b(?:first|1st)\b|đầu tiên|thứ nhất|lần đầu/u,
    evidence:
      /\b(?:first|1st|new|initial|begin|began|opening)\b|\b1\b|đầu tiên|thứ nhất|lần đầu|mở đầu|khai mạc|ban đầu|bước đầu/u,
  },
  {
    claim:
      /\b(?:largest|biggest|highest|greatest|smallest|lowest|longest|best|worst|oldest|newest|fastest|strongest|richest|poorest|most\s+(?!of\b)\p{L}+|more than any)\b|(?<!thứ |thống |hợp |duy |đồng )(?<![\p{L}])nhất(?!\s+(?:là|định|thiết|trí|quán))(?![\p{L}])/u,
    evidence:
      /\b(?:\p{L}+est|worst|least|most|top|first|above all|especially|record)\b|(?<![\p{L}])(?:nhất|đặc biệt|hàng đầu)(?![\p{L}])/u,
  },
  {
    claim: /\b(?:none|nobody|no one|nothing|never)\b|không ai|không một|chưa từng|chưa bao giờ/u,
    evidence: /\b(?:none|nobody|no|nothing|never|not|without)\b|không|chưa|chẳng/u,
  },
];

/**
 * Tells what evidence bears none of the claim's scope words; `undefined` where the claim has none. Both in lower case.
 */
export function overreachOf(claim: string): ((evidence: string) => boolean) | undefined {
  const found = rules.filter((rule) => rule.claim.test(claim));
  if (found.length === 0) return undefined;
  return (evidence) => found.some((rule) => !rule.evidence.test(evidence));
}

/** Whether the claim has a scope word that nothing in the evidence bears. Both in lower case. */
export function overreaches(claim: string, evidence: string): boolean {
  return overreachOf(claim)?.(evidence) ?? false;
}
