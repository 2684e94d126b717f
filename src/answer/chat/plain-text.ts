import { readPointerGroup } from './pointers.ts';
import { filterText } from './text-filter.ts';

const entities: Readonly<Record<string, string>> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
};

/** Resolves HTML's entities and Markdown's links, so that pointers inside them are seen: `[[S1]](#s1)`. */
export function withoutWrapping(markdown: string): string {
  const decoded = markdown.replace(
    /&(nbsp|amp|lt|gt|quot|apos|#39);/gu,
    (whole, name: string) => entities[name] ?? whole,
  );
  return filterText(decoded).replace(
    /!?(\[((?:[^[\]]|\[[^[\]]{0,80}\]){0,300})\])\((?!\s*S\s?\d)[^()\s]{0,500}\)/giu,
    (_, bracket: string, label: string) => (readPointerGroup(bracket, 0) ? bracket : label),
  );
}

/**
 * Markdown's marks for lists, headings, quotations, tables, notes, emphasis and code, removed, and white space made
 * one space. Takes text without pointers.
 */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^(?:#{1,6}|>|[-*•–]|\d{1,2}[.)])\s+(?:\d{1,2}[.)]\s+)?/u, '')
    .replaceAll('-->', '')
    .replaceAll('**', '')
    .replace(/(?<![\p{L}\p{N}_])__|__(?![\p{L}\p{N}_])/gu, '')
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*]*\S)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/`([^`]*)`/gu, '$1')
    .replace(/\[\^[^\]\s]{1,40}\]/gu, '')
    .replace(/^\s*\||\|\s*$/gu, '')
    .replace(/ \| /gu, ', ')
    .replace(/\s*[([]\s*[)\]]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s:;,\p{M}]+/u, '')
    .trim()
    .normalize('NFC');
}

/** Other brackets in place of those that would read as a footnote, around a number that is no pointer, or as a tag. */
export function defuse(text: string): string {
  return text.replace(/\[(\s*\d[\d\s]*)\]/gu, '($1)').replace(/<([/!]?[a-z][^<>]*)>/giu, '‹$1›');
}
