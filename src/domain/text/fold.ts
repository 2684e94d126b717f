/**
 * Lower-cases `text` and removes its diacritics, including the stroke of `đ`, so that `Khoa học` and
 * `khoa hoc` become equal. The result may have another length than `text`.
 */
export function foldDiacritics(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('đ', 'd')
    .normalize('NFC');
}
