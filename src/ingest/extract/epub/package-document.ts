import { FootnoteError } from '../../../domain/errors.ts';
import { normaliseLine } from '../../clean/characters.ts';
import type { DomElement } from '../dom.ts';
import { elementsNamed, parseXml } from '../xml.ts';

/** A file that the book's package names. */
export interface ManifestItem {
  readonly id: string;
  /** Name in the archive. */
  readonly path: string;
  readonly mediaType: string;
  /** Such as `nav`. */
  readonly properties: readonly string[];
}

/** The package of a book: what it holds, in which order it is read, and what it says of itself. */
export interface PackageDocument {
  readonly root: DomElement;
  readonly manifest: readonly ManifestItem[];
  /** What is read from the first page to the last. */
  readonly spine: readonly ManifestItem[];
  /** Names of pages that the package itself calls cover, contents, title page or imprint. */
  readonly frontMatter: ReadonlySet<string>;
}

const containerName = 'META-INF/container.xml';
const frontTypes = /^(?:cover|toc|title-?page|copyright-page|other\.copyright|colophon|notes\.copyright)$/iu;

/** @throws FootnoteError `unreadable-article` when the archive is no book. */
export function readPackage(files: ReadonlyMap<string, Uint8Array>): PackageDocument {
  const container = files.get(containerName);
  const rootFile = container && elementsNamed(parseXml(container, containerName), 'rootfile')[0];
  const path = rootFile?.getAttribute('full-path') ?? '';
  const bytes = files.get(path);
  if (!bytes) {
    throw new FootnoteError(
      'unreadable-article',
      'The file is no EPUB, or its list of contents is missing.',
      {
        remedy: 'Get the file again, or convert it anew.',
      },
    );
  }
  const root = parseXml(bytes, path);
  const manifest = elementsNamed(root, 'item').flatMap((item) => toItem(item, path) ?? []);
  const byId = new Map(manifest.map((item) => [item.id, item]));
  const spine = elementsNamed(root, 'itemref')
    .filter((reference) => reference.getAttribute('linear') !== 'no')
    .flatMap((reference) => byId.get(reference.getAttribute('idref') ?? '') ?? []);
  const frontMatter = elementsNamed(root, 'reference')
    .filter((reference) => frontTypes.test(reference.getAttribute('type') ?? ''))
    .flatMap((reference) => resolvePath(path, reference.getAttribute('href') ?? '') ?? []);
  return { root, manifest, spine, frontMatter: new Set(frontMatter) };
}

/** The texts of the elements with this name, such as `creator`. */
export function metadataValues(root: DomElement, name: string): string[] {
  return elementsNamed(root, name)
    .map((element) => normaliseLine(element.textContent ?? ''))
    .filter((text) => text !== '');
}

/** The name in the archive that `href` in the file `base` leads to; undefined when it leads out of the archive. */
export function resolvePath(base: string, href: string): string | undefined {
  const from = `http://book.invalid/${base.split('/').map(encodeURIComponent).join('/')}`;
  if (href === '' || !URL.canParse(href, from)) return undefined;
  const url = new URL(href, from);
  if (url.host !== 'book.invalid') return undefined;
  try {
    return decodeURIComponent(url.pathname.slice(1));
  } catch {
    return undefined;
  }
}

function toItem(item: DomElement, base: string): ManifestItem | undefined {
  const path = resolvePath(base, item.getAttribute('href') ?? '');
  if (path === undefined) return undefined;
  return {
    id: item.getAttribute('id') ?? '',
    path,
    mediaType: item.getAttribute('media-type') ?? '',
    properties: (item.getAttribute('properties') ?? '').split(/\s+/u),
  };
}
