import { languages } from '../../../domain/language.ts';
import { normaliseLine } from '../../clean/characters.ts';
import { maxTitleLength } from '../../limits.ts';
import { findDate, isoDate } from '../../metadata/dates.ts';
import { isSlug } from '../../metadata/slug.ts';
import { httpUrl } from '../../metadata/urls.ts';
import type { Block, ExtractedDocument } from '../document.ts';
import { parseHtml, removeAll } from '../dom.ts';
import { withFound } from '../found.ts';
import { htmlBlocks } from '../html-blocks.ts';
import { checkNesting } from '../markup-depth.ts';
import { extractText } from '../text.ts';
import type { RecordField } from './fields.ts';

/** What a row says, by field. Missing and empty values are absent. */
export type FieldValues = Readonly<Partial<Record<RecordField, string>>>;

/** Digits of a row's number in its key, so that keys sort like rows. */
const keyDigits = 5;

/**
 * The article of a row.
 *
 * @param number - of the row among the rows of its file, from 1: its key where it has no usable id.
 * @throws Error whose message says what is wrong with the row.
 */
export function recordDocument(values: FieldValues, number: number): ExtractedDocument {
  if (values.text === undefined) throw new Error('it has no text');
  const { blocks, guessHeadings } = bodyOf(values.text);
  if (blocks.length === 0) throw new Error('it has no text');
  const id = values.id?.trim().toLowerCase();
  const slug = id !== undefined && isSlug(id) ? id : undefined;
  const source = httpUrl(values.publisher ?? '');
  return {
    key: slug ?? String(number).padStart(keyDigits, '0'),
    blocks,
    guessHeadings,
    metadata: withFound({
      properties: {
        // A bare number is an id of its table only.
        id: slug !== undefined && /[a-z]/u.test(slug) ? slug : undefined,
        title: line(values.title),
        publishedAt: dateOf(values.publishedAt),
        sourceUrl: urlOf(values.sourceUrl) ?? source,
        author: line(values.author),
        publisher: source === undefined ? line(values.publisher) : undefined,
        language: languageOf(values.language),
      },
    }),
  };
}

/** Text with tags in it is HTML: `<p>`, `<br>`, an end tag. A comparison such as `a < b` has none. */
function bodyOf(text: string): { blocks: readonly Block[]; guessHeadings: boolean } {
  if (!/<(?:p|div|br|h[1-6]|ul|ol|table|section|article)(?:\s[^<>]*)?\/?>/iu.test(text))
    return extractText(text);
  checkNesting(text, { html: true, what: 'its text' });
  const { body } = parseHtml(`<html><body>${text}</body></html>`);
  removeAll(body, 'script, style, noscript, template, nav, form');
  return { blocks: htmlBlocks(body), guessHeadings: false };
}

function line(value: string | undefined): string | undefined {
  const text = normaliseLine((value ?? '').replace(/<[^<>]{0,200}>/gu, ' '));
  if (text.length > maxTitleLength)
    throw new Error(`one of its fields has more than ${maxTitleLength} characters`);
  return text === '' ? undefined : text;
}

function dateOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const date = isoDate(value) ?? compactDate(value.trim()) ?? unixDate(value.trim()) ?? findDate(value)?.date;
  if (date === undefined) throw new Error(`its date ${shown(value)} is not understood`);
  return date;
}

/** `2024/04/05`, `20240405`. */
function compactDate(value: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[/.]?(\d{2})[/.]?(\d{2})(?:[T ].*)?$/u.exec(value) ?? [];
  return year === undefined ? undefined : isoDate(`${year}-${month}-${day}`);
}

/** Seconds or milliseconds since 1970. */
function unixDate(value: string): string | undefined {
  if (!/^\d{9,13}$/u.test(value)) return undefined;
  const time = Number(value) * (value.length > 10 ? 1 : 1_000);
  return isoDate(new Date(time).toISOString());
}

function urlOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = httpUrl(value);
  if (url === undefined) throw new Error(`its address ${shown(value)} is no http(s) URL`);
  return url;
}

function languageOf(value: string | undefined): string | undefined {
  const tag = value?.trim().toLowerCase().split(/[-_]/u)[0] ?? '';
  const named = { english: 'en', 'tiếng anh': 'en', vietnamese: 'vi', 'tiếng việt': 'vi', vn: 'vi' };
  return (
    languages.find((language) => language === tag) ??
    Object.entries(named).find(([name]) => name === tag)?.[1]
  );
}

function shown(value: string): string {
  const text = normaliseLine(value);
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
}
