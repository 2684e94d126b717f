import { maxSlugLength } from '../limits.ts';
import { isSlug, pathSlug } from '../metadata/slug.ts';

/** What the paths of added files begin with: it says how they came, not what they are. */
const addedPrefix = /^added\/(?:web\/)?/u;

/**
 * The id of an article: the given one, else the document's own, else one made of the path; of the articles of one file,
 * all but those that have their own id end with the key of each.
 *
 * @returns undefined when nothing of the path can be written as an id.
 */
export function articleId(
  file: string,
  { given, own, key }: { given: string | undefined; own: string | undefined; key: string | undefined },
): string | undefined {
  if (key === undefined) return given ?? own ?? pathSlug(file.replace(addedPrefix, ''));
  if (own !== undefined) return own;
  const base = given ?? pathSlug(file.replace(addedPrefix, ''));
  // The extension keeps `pathSlug` from taking a part of the key for one.
  const suffix = pathSlug(`${key}.key`);
  if (base === undefined || suffix === undefined) return base ?? suffix;
  const tail = suffix.slice(-maxSlugLength / 2);
  const id = `${base.slice(0, maxSlugLength - tail.length - 1)}-${tail}`.replace(/-{2,}/gu, '-');
  return isSlug(id) ? id : suffix;
}
