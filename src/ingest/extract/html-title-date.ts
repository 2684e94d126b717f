import { readSignedDate } from '../clean/credits.ts';
import { readDateLine } from '../clean/date-line.ts';
import { dateOrder } from '../metadata/dates.ts';
import type { Block, FoundMetadata } from './document.ts';

/** How many blocks after the title can be its date line. */
const reach = 4;

/**
 * `metadata` with the date of the line beside the title where nothing else dates the page: Readability leaves such a line
 * out of the article when it stands far from the text. What stands further above is the date of today.
 *
 * @param whole - all blocks of the page.
 * @param url - where the page was fetched from.
 */
export function withDateBesideTitle(
  metadata: FoundMetadata,
  whole: readonly Block[],
  url: string | undefined,
): FoundMetadata {
  if (metadata.publishedAt !== undefined) return metadata;
  const title = whole.findIndex((block) => block.kind === 'heading' && block.level === 1);
  if (title === -1) return metadata;
  const order = dateOrder(metadata.language, url);
  const beside = [
    ...whole.slice(title + 1, title + 1 + reach),
    ...whole.slice(Math.max(title - 1, 0), title),
  ];
  for (const { text } of beside) {
    const line = readDateLine(text) ?? readSignedDate(text)?.date;
    if (!line || line.updated === true || (line.monthFirst !== undefined && order === undefined)) continue;
    const publishedAt = order === 'month-first' ? (line.monthFirst ?? line.date) : line.date;
    return { ...metadata, publishedAt, found: { ...metadata.found, publishedAt: 'date-line' } };
  }
  return metadata;
}
