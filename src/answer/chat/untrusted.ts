/**
 * Text from an article, a question or a conversation, made safe to stand in a prompt: on one line, unable to
 * open or close a delimiter (`</sources>`, `<|im_start|>`), and without anything that reads as a pointer
 * (`[S3]`). Only the prompt sees this form; quotations come from the stored text.
 */
export function neutralise(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/[[【［](\s*\^?\s*S?\s*\d[^\]】］]{0,60})[\]】］]?/giu, '{$1}')
    .replace(/\((\s*S\s*\d[^)]{0,60})\)?/giu, '{$1}')
    .trim();
}

/** The first `length` code units of `text`, with an ellipsis when that cuts it. Surrogate pairs stay whole. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, Math.max(0, length - 1));
  return `${/[\uD800-\uDBFF]$/u.test(cut) ? cut.slice(0, -1) : cut}…`;
}
