import type { Citation } from '../protocol/answer.ts';
import { dateIn } from './dates.ts';
import { element } from './elements.ts';

/** Who published something and when, on one line; empty where neither is known. Dates are as in `locale`. */
export function sourceLine(
  { publisher, publishedAt }: Pick<Citation, 'publisher' | 'publishedAt'>,
  locale: string,
): (Node | string)[] {
  const parts: (Node | string)[] = [];
  if (publisher !== undefined) parts.push(publisher);
  if (publishedAt !== undefined) {
    parts.push(element('time', { datetime: publishedAt }, dateIn(locale, publishedAt)));
  }
  return parts.flatMap((part, index) => (index === 0 ? [part] : [' · ', part]));
}
