import { foldDiacritics } from '../../domain/text/fold.ts';
import { maxSlugLength } from '../limits.ts';

/** Whether `value` can be the id of an article. */
export function isSlug(value: string): boolean {
  return value.length <= maxSlugLength && /^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(value);
}

/**
 * The id of the article in `file`: its path without the extension, in ASCII. `undefined` when nothing of the
 * path can be written so.
 */
export function pathSlug(file: string): string | undefined {
  const slug = foldDiacritics(file.replace(/\.[^./]+$/u, ''))
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, maxSlugLength)
    .replace(/^-|-$/gu, '');
  return slug === '' ? undefined : slug;
}
