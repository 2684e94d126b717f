/**
 * One spelling for numbers however they are grouped: `1,400`, `1.400` → `1400`; `3,5`, `3.5` → `3.5`.
 *
 * A separator followed by exactly three digits groups thousands (English `,`, Vietnamese `.`); any other
 * one is the decimal mark. Text that is not such a number comes back unchanged.
 */
export function normaliseNumber(text: string): string {
  if (/^\d{1,3}(?:[.,]\d{3})+$/u.test(text)) return text.replace(/[.,]/gu, '');
  const mixed = /^(\d{1,3}(?:([.,])\d{3})+)([.,])(\d+)$/u.exec(text);
  if (mixed && mixed[2] !== mixed[3]) return `${mixed[1]?.replace(/[.,]/gu, '')}.${mixed[4]}`;
  return /^\d+,\d+$/u.test(text) ? text.replace(',', '.') : text;
}
