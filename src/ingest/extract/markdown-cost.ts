import { maxMarkdownDepth, maxMarkdownMarks } from '../limits.ts';

/** Deepest indentation of a line, in characters. */
const maxIndent = 400;

/** Whether Markdown has so many marks in one paragraph, or nests so deeply, that its parser would take very long. */
export function isCostly(markdown: string): boolean {
  let marks = 0;
  for (const line of markdown.split('\n')) {
    const prefix = /^(?:[\s>*+-]|\d{1,9}[.)](?=\s)){0,500}/u.exec(line)?.[0] ?? '';
    if (prefix.length > maxIndent || (prefix.match(/[>*+.)-]/gu)?.length ?? 0) > maxMarkdownDepth) {
      // A line of nothing but dashes or asterisks is a rule.
      if (!/^\s*(?:[-*]\s*)+$/u.test(line) || prefix.length > maxIndent) return true;
    }
    // A new item, row, heading or paragraph: marks before it cannot pair with those in it.
    if (/^\s*(?:$|[-+*]\s|\d{1,9}[.)]\s|#|\|)/u.test(line)) marks = 0;
    marks += line.match(/[[\]*_~`<@]|www\./gu)?.length ?? 0;
    if (marks > maxMarkdownMarks) return true;
  }
  return false;
}
