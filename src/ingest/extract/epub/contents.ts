import { normaliseLine } from '../../clean/characters.ts';
import { elementsNamed, parseXml } from '../xml.ts';
import { type PackageDocument, resolvePath } from './package-document.ts';

/** The names that the book's table of contents gives to its pages, by their name in the archive. */
export function readContents(
  files: ReadonlyMap<string, Uint8Array>,
  { manifest }: PackageDocument,
): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  const add = (base: string, href: string | null | undefined, label: string | null | undefined): void => {
    const path = resolvePath(base, href ?? '');
    const text = normaliseLine(label ?? '');
    if (path !== undefined && text !== '' && !titles.has(path)) titles.set(path, text);
  };
  for (const { path, properties, mediaType } of manifest) {
    const isNav = properties.includes('nav');
    const bytes = isNav || mediaType === 'application/x-dtbncx+xml' ? files.get(path) : undefined;
    if (!bytes) continue;
    const root = parseXml(bytes, path);
    if (isNav) {
      for (const link of elementsNamed(root, 'a')) add(path, link.getAttribute('href'), link.textContent);
    } else {
      for (const point of elementsNamed(root, 'navPoint')) {
        const source = elementsNamed(point, 'content')[0]?.getAttribute('src');
        add(path, source, elementsNamed(point, 'text')[0]?.textContent);
      }
    }
  }
  return titles;
}
