import type { Block } from '../extract/document.ts';
import type { DateOrder } from '../metadata/dates.ts';
import { fromFindings, type KnownMetadata } from '../metadata/found-metadata.ts';
import { httpUrl } from '../metadata/urls.ts';
import { type DateLine, readDateLine } from './date-line.ts';
import { stripDateline } from './dateline.ts';
import { authorName } from './names.ts';

/** How many blocks from the head and from the tail can be credits; further inside they are body text. */
const reach = 8;

/** How many blocks from the tail can be a name alone. */
const signatureReach = 2;

const source = /^\(?\s*(?:sources?|nguồn(?: tin)?|original(?: article)?|link gốc)\s*:\s*(\S.*?)\s*\)?$/iu;
// "Theo Báo Hải Phòng": only with what is sure to be a medium, because a title can begin with "Theo" as well.
const according =
  /^theo\s+((?:báo|tạp chí|cổng|đài|TTXVN|VOV|VTV|[\p{L}\d.]+\.(?:vn|com))(?:\s[^.!?]{1,80})?)$/iu;
const byline =
  /^(?:(?:reported|written|posted|story|article|text)\s+by\b:?|by\b:?|author\s*:|reporter\s*:|tác giả\s*:|bài\s*:|bài và ảnh\s*:|phóng viên\s*:|người viết\s*:)\s*(.+)$/iu;
const translator =
  /\s*[-–—|;,(]?\s*(?:translated\s+by|translator\s*:|người dịch\s*:|biên dịch\s*:)\s*(.+?)\)?$/iu;
const name = /^\p{Lu}[\p{L}\p{M}'’.]*(?:(?: |, ?| & | - | and | và )\p{Lu}[\p{L}\p{M}'’.]*){0,7}$/u;
// `Submitted by An Pham on Fri, 04/05/2024 - 09:15`, `Posted on April 5, 2024 by admin`, `By An Pham | April 5, 2024`.
const signedDate =
  /^(?:(?:submitted|posted|written|published|đăng bởi|by)\s+(?:by\s+)?(?<author>\p{Lu}?[^\d|·•]{2,60}?)\s*(?:[|·•,–—-]|\son\b|\sngày\b|\slúc\b)\s*(?<date>[^|]*\d{4}.*)|(?<first>(?:posted|published|đăng)\b.*\d{4}.{0,20}?)\s*[|·•,-]?\s+(?:by|bởi)\s+(?<last>[^\d]{2,60}))$/iu;
// `Minh Tâm Thứ hai, ngày 20/11/2023 06:00`, `Tom Okafor Fri 19 Aug 2022 06.00 BST`.
const namedDate =
  /^(?<author>\p{Lu}[^\d:,|]{2,60}?)\s*[|·•,-]?\s+(?<date>(?:thứ\s+\p{L}+|thứ\s+\d|chủ nhật|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})[\s,.].*\d{4}.*)$/iu;
// `Reporting by Khanh Vu in Hanoi; Editing by John Mair`.
const agencyCredit =
  /^\(?(?:additional )?reporting by (?<names>[^;.]{2,120}?)(?:\s+in\s+\p{Lu}[^;.]{1,60})?(?:[;.]\s*(?:additional reporting|writing|editing|compiled|translat\w+)\b[^.]{0,160})*\.?\)?$/iu;
const agencyEditing =
  /^\(?(?:writing|editing|compiled) by [^.;]{2,80}(?:[;.]\s*(?:editing|additional \w+) by [^.;]{2,80})?\.?\)?$/iu;
// `From: Department for Science`, as on gov.uk.
const department = /^(?:from|issued by|cơ quan ban hành)\s*:\s*([^.!?:]{3,120})$/iu;
// A name alone at the end of a Vietnamese article: `Gia Chính - Viết Tuân`, `HỒNG HẠNH (Theo Reuters)`.
const signature =
  /^(?<names>\p{Lu}[\p{L}\p{M}]*(?:\s\p{Lu}[\p{L}\p{M}]*){1,3}(?:\s*[-–,&]\s*\p{Lu}[\p{L}\p{M}]*(?:\s\p{Lu}[\p{L}\p{M}]*){1,3}){0,2})(?:\s*\((?:[Tt]heo|[Tt]ổng hợp|[Dd]ịch|[Tt]\/[Hh])\s*(?<source>[^()]{0,60})\))?$/u;
const vietnameseLetters = /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/iu;

/** What the lines at the head and the tail of an article say of it. */
export interface Credits {
  readonly blocks: readonly Block[];
  readonly metadata: KnownMetadata;
  /** The date of the date line, where it can be read month first as well. */
  readonly unsureDate?: { readonly 'day-first': string; readonly 'month-first': string };
}

/**
 * Takes sources, bylines and dates out of the head and the tail of an article and returns them as metadata.
 *
 * @param order - how a date such as 03/04/2024 is read; without it such a date is returned apart.
 */
export function takeCredits(blocks: readonly Block[], order?: DateOrder): Credits {
  const found: Found = { sources: [] };
  const rest = blocks.flatMap((block, index) => {
    const outer = index < reach || index >= blocks.length - reach;
    if (!outer) return [block];
    if (index >= blocks.length - signatureReach && takeSignature(blocks, index, found)) return [];
    // Bold type makes headings of lines; the last one of all has nothing below it.
    if (block.kind === 'heading' && index < blocks.length - 1) return [block];
    return takeCredit(block.text, found) ? [] : [block];
  });
  const dated = stripDateline(rest);
  const { dateLine } = found;
  const isUnsure = dateLine?.monthFirst !== undefined && order === undefined;
  const lineDate = order === 'month-first' ? (dateLine?.monthFirst ?? dateLine?.date) : dateLine?.date;
  const metadata = fromFindings({
    publishedAt:
      lineDate !== undefined && !isUnsure
        ? { value: lineDate, by: 'date-line' }
        : dated.publishedAt === undefined
          ? undefined
          : { value: dated.publishedAt, by: 'dateline' },
    sourceUrl: found.sourceUrl === undefined ? undefined : { value: found.sourceUrl, by: 'source-line' },
    author: found.author === undefined ? undefined : { value: found.author, by: 'byline' },
    publisher:
      dated.publisher === undefined
        ? found.publisher === undefined
          ? undefined
          : { value: found.publisher, by: 'source-line' }
        : { value: dated.publisher, by: 'dateline' },
  });
  return {
    blocks: dated.blocks,
    metadata: found.sources.length > 0 ? { ...metadata, sources: found.sources } : metadata,
    ...(dateLine?.monthFirst !== undefined && {
      unsureDate: { 'day-first': dateLine.date, 'month-first': dateLine.monthFirst },
    }),
  };
}

/** Whether the whole of `line` is a source, a byline or a date. */
export function isCredit(line: string): boolean {
  return takeCredit(line, { sources: [] });
}

/** The date and the author of a line such as `Submitted by An Pham on Fri, 05/04/2024 - 09:15`, if all of it is one. */
export function readSignedDate(
  line: string,
): { readonly date: DateLine; readonly author?: string } | undefined {
  const found: Found = { sources: [] };
  if (!takeSignedDate(line, found) || !found.dateLine) return undefined;
  return { date: found.dateLine, ...(found.author !== undefined && { author: found.author }) };
}

/** Whether the whole of `line` names a source. */
export function isSourceLine(line: string): boolean {
  return line.length <= 400 && takeSource(line, { sources: [] });
}

interface Found {
  dateLine?: DateLine;
  sourceUrl?: string;
  author?: string;
  publisher?: string;
  readonly sources: string[];
}

/** Whether the whole of `line` is a credit; what it says is put into `found`, the first one of each kind. */
function takeCredit(line: string, found: Found): boolean {
  if (line.length > 400) return false;
  return (
    takeSource(line, found) ||
    takeByline(line, found) ||
    takeDate(line, found) ||
    takeSignedDate(line, found) ||
    takeAgencyCredit(line, found)
  );
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
    const known = authorName(author);
    if (known !== undefined) found.author ??= known;
    return true;
  }
  return rest === '' && name.test(translated?.[1] ?? '');
}

function takeDate(line: string, found: Found): boolean {
  const date = readDateLine(line);
  if (!date) return false;
  if (!found.dateLine || (found.dateLine.updated === true && date.updated !== true)) found.dateLine = date;
  return true;
}

function takeSignedDate(line: string, found: Found): boolean {
  if (line.length > 120) return false;
  const named = namedDate.exec(line)?.groups;
  const groups = named && name.test(named['author'] ?? '') ? named : signedDate.exec(line)?.groups;
  const author = groups?.['author'] ?? groups?.['last'];
  if (author === undefined || author.split(/\s+/u).length > 8) return false;
  if (!takeDate(groups?.['date'] ?? groups?.['first'] ?? '', found)) return false;
  const known = authorName(author);
  if (known !== undefined && name.test(known)) found.author ??= known;
  return true;
}

function takeAgencyCredit(line: string, found: Found): boolean {
  if (agencyEditing.test(line)) return true;
  const reporters = agencyCredit.exec(line)?.groups?.['names'];
  if (reporters !== undefined && name.test(reporters)) {
    found.author ??= reporters;
    return true;
  }
  const from = department.exec(line)?.[1];
  if (from === undefined || !/^\p{Lu}/u.test(from)) return false;
  found.publisher ??= from;
  return true;
}

/** A name alone under a Vietnamese article is its author's. */
function takeSignature(blocks: readonly Block[], index: number, found: Found): boolean {
  const block = blocks[index];
  const before = blocks[index - 1]?.text ?? '';
  if (!block || block.kind === 'item' || block.text.length > 80 || !/[.!?…]["”’)]*$/u.test(before))
    return false;
  const groups = signature.exec(block.text)?.groups;
  if (groups === undefined || !vietnameseLetters.test(before)) return false;
  const author = authorName(groups['names']);
  if (author !== undefined) found.author ??= author;
  const from = groups['source']?.trim() ?? '';
  if (from !== '') found.sources.push(from);
  return true;
}
