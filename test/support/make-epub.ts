import { zipOf } from './make-docx.ts';

/** The parts of a book. */
export interface EpubContent {
  readonly version: '2.0' | '3.0';
  /** Dublin Core elements, such as `<dc:title>…</dc:title>`. */
  readonly metadata: string;
  /** Markup inside of `<body>`, by file name, in the order of reading. */
  readonly pages: Readonly<Record<string, string>>;
  /** Names that the table of contents gives to pages. */
  readonly contents?: Readonly<Record<string, string>>;
  /** More files, by name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** Writes a book. */
export function makeEpub({ version, metadata, pages, contents = {}, files = {} }: EpubContent): Uint8Array {
  const names = Object.keys(pages);
  const items = names.map(
    (name, index) => `<item id="p${index}" href="${name}" media-type="application/xhtml+xml"/>`,
  );
  const spine = names.map((_, index) => `<itemref idref="p${index}"/>`);
  const toc =
    version === '3.0'
      ? '<item id="toc" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
      : '<item id="toc" href="toc.ncx" media-type="application/x-dtbncx+xml"/>';
  const links = Object.entries(contents);
  return zipOf({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    'OPS/book.opf': `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="${version}"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">${metadata}</metadata><manifest>${items.join('')}${toc}</manifest><spine>${spine.join('')}</spine></package>`,
    'OPS/nav.xhtml': `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol>${links.map(([name, label]) => `<li><a href="${name}">${label}</a></li>`).join('')}</ol></nav></body></html>`,
    'OPS/toc.ncx': `<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd"><ncx><navMap>${links.map(([name, label]) => `<navPoint><navLabel><text>${label}</text></navLabel><content src="${name}"/></navPoint>`).join('')}</navMap></ncx>`,
    ...Object.fromEntries(
      Object.entries(pages).map(([name, body]) => [
        `OPS/${name}`,
        `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>${body}</body></html>`,
      ]),
    ),
    ...files,
  });
}
