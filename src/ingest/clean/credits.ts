import type { Block, FoundMetadata } from '../extract/document.ts';
import { findDate } from '../metadata/dates.ts';
import { httpUrl } from '../metadata/urls.ts';
import { stripDateline } from './dateline.ts';

/** How many blocks from the head and from the tail can be credits; further inside they are body text. */
const reach = 8;

const source = /^\(?\s*(?:sources?|nguồn(?: tin)?|original(?: article)?|link gốc)\s*:\s*(\S.*?)\s*\)?$/iu;
// "Theo Báo Hải Phòng": only with what is sure to be a medium, because a title can begin with "Theo" as well.
const according =
  /^theo\s+((?:báo|tạp chí|cổng|đài|TTXVN|VOV|VTV|[\p{L}\d.]+\.(?:vn|com))(?:\s[^.!?]{1,80})?)$/iu;
const byline =
  /^(?:(?:reported|written|posted|story|article|text)\s+by\b:?|by\b:?|author\s*:|reporter\s*:|tác giả\s*:|bài\s*:|bài và ảnh\s*:|phóng viên\s*:|người viết\s*:)\s*(.+)$/iu;
const translator =
  /\s*[-–—|;,(]?\s*(?:translated\s+by|translator\s*:|người dịch\s*:|biên dịch\s*:)\s*(.+?)\)?$/iu;
const name = /^\p{Lu}[\p{L}\p{M}'’.]*(?:(?: |, ?| & | - | and | và )\p{Lu}[\p{L}\p{M}'’.]*){0,7}$/u;
// What may stand beside the date on a line that only says when the page was published.
const dateWords =
  /(?:thứ\s+(?:\d|hai|ba|tư|năm|sáu|bảy)|chủ nhật|(?:mon|tues|wednes|thurs|fri|satur|sun)day|ngày|lúc|đăng|gmt\s*[+-]?\s*\d{0,2}|cập nhật|xuất bản|posted|published|updated|last|date|on|at|am|pm|\d{1,2}\s*[:hg]\s*\d{2}(?::\d{2})?|[+-]\d{2}:?\d{2})/giu;

/** Takes sources, bylines and dates out of the head and the tail of an article and returns them as metadata. */
export function takeCredits(blocks: readonly Block[]): { blocks: readonly Block[]; metadata: FoundMetadata } {
  const found: Found = { sources: [] };
  const rest = blocks.flatMap((block, index) => {
    const outer = index < reach || index >= blocks.length - reach;
    if (!outer || block.kind === 'heading') return [block];
    return takeCredit(block.text, found) ? [] : [block];
  });
  const dated = stripDateline(rest);
  const publishedAt = found.publishedAt ?? dated.publishedAt;
  return {
    blocks: dated.blocks,
    metadata: {
      ...(publishedAt !== undefined && { publishedAt }),
      ...(found.sourceUrl !== undefined && { sourceUrl: found.sourceUrl }),
      ...(found.author !== undefined && { author: found.author }),
      ...(dated.publisher !== undefined && { publisher: dated.publisher }),
      ...(found.sources.length > 0 && { sources: found.sources }),
    },
  };
}

/** Whether the whole of `line` is a source, a byline or a date. */
export function isCredit(line: string): boolean {
  return takeCredit(line, { sources: [] });
}

interface Found {
  publishedAt?: string;
  sourceUrl?: string;
  author?: string;
  readonly sources: string[];
}

/** Whether the whole of `line` is a credit; what it says is put into `found`, the first one of each kind. */
function takeCredit(line: string, found: Found): boolean {
  if (line.length > 400) return false;
  return takeSource(line, found) || takeByline(line, found) || takeDate(line, found);
}

function takeSource(line: string, found: Found): boolean {
  const value = (source.exec(line) ?? according.exec(line))?.[1];
  if (value === undefined) return false;
  const url = httpUrl(value);
  if (url !== undefined) {
    found.sourceUrl ??= url;
    return true;
  }
  // A sentence that begins with the word stays; a name or a title is what the article names as its source.
  if (value.length > 120 || /[.!?]\s|[.!?]$/u.test(value)) return false;
  found.sources.push(value);
  return true;
}

function takeByline(line: string, found: Found): boolean {
  const translated = translator.exec(line);
  const rest = translated ? line.slice(0, translated.index).trim() : line;
  const author = byline.exec(rest)?.[1]?.trim();
  if (author !== undefined && name.test(author)) {
    found.author ??= author;
    return true;
  }
  return rest === '' && name.test(translated?.[1] ?? '');
}

function takeDate(line: string, found: Found): boolean {
  if (line.length > 80) return false;
  const date = findDate(line);
  if (!date) return false;
  const beside = `${line.slice(0, date.start)} ${line.slice(date.end)}`.replace(dateWords, '');
  if (/[\p{L}\p{N}]/u.test(beside)) return false;
  found.publishedAt ??= date.date;
  return true;
}
