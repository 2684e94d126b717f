import { z } from 'zod';

import { foldDiacritics } from '../../../domain/text/fold.ts';
import { normaliseLine } from '../../clean/characters.ts';
import { maxTitleLength } from '../../limits.ts';
import { isoDate } from '../../metadata/dates.ts';
import type { FoundMetadata } from '../document.ts';
import { withFound } from '../found.ts';
import { isWorkingName, isWorkingTitle } from '../working-title.ts';
import type { PdfDocument } from './open-pdf.ts';
import type { PlacedBlock } from './paragraphs.ts';

const text = z
  .string()
  .transform(normaliseLine)
  .pipe(z.string().min(1).max(maxTitleLength))
  .optional()
  .catch(undefined);
const properties = z.object({ Title: text, Author: text, CreationDate: text, Language: text });

/**
 * What the properties of a PDF say, where it can be trusted: programs fill in the names of templates and files. A
 * title that the first page prints in its largest type is believed before one that stands nowhere in the text.
 */
export async function pdfMetadata(
  document: PdfDocument,
  placed: readonly PlacedBlock[],
  language: string | undefined,
): Promise<{ readonly metadata: FoundMetadata; readonly createdAt?: string }> {
  const { info } = await document.getMetadata();
  const said = properties.safeParse(info).data;
  const printed = printedTitle(placed);
  const visible = placed.filter(({ page }) => page <= 1).map(({ block }) => block.text);
  const title = said?.Title !== undefined && !isWorkingTitle(said.Title) ? said.Title : undefined;
  const believed =
    title !== undefined && (printed === undefined || occurs(title, visible)) ? title : undefined;
  const author = said?.Author !== undefined && !isWorkingName(said.Author) ? said.Author : undefined;
  const declared = (language ?? said?.Language)?.toLowerCase().split(/[-_]/u)[0];
  const createdAt = pdfDate(said?.CreationDate ?? '');
  const metadata = withFound({
    properties: {
      title: believed,
      author,
      language: declared === '' ? undefined : declared,
    },
    heading: { title: believed === undefined ? printed : undefined },
  });
  return { metadata, ...(createdAt !== undefined && { createdAt }) };
}

/** The heading in the largest type of the first page. */
function printedTitle(placed: readonly PlacedBlock[]): string | undefined {
  const headings = placed.filter(({ block, page }) => page === 0 && block.kind === 'heading');
  const [largest] = headings.toSorted((a, b) => b.size - a.size);
  return largest?.block.text;
}

/** Whether most words of `title` stand together in one of the first blocks. */
function occurs(title: string, visible: readonly string[]): boolean {
  const wordsOf = (value: string) => foldDiacritics(value).match(/[\p{L}\p{N}]+/gu) ?? [];
  const words = wordsOf(title);
  return visible.some((line) => {
    const there = new Set(wordsOf(line));
    return words.filter((word) => there.has(word)).length >= words.length * 0.6;
  });
}

/** `D:20240405103000+07'00'`: the date as written in its own time zone. */
function pdfDate(value: string): string | undefined {
  const [, year, month = '01', day = '01'] = /^(?:D:)?(\d{4})(\d{2})?(\d{2})?/u.exec(value) ?? [];
  return year === undefined ? isoDate(value) : isoDate(`${year}-${month}-${day}`);
}
