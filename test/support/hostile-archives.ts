import { constants, deflateRawSync } from 'node:zlib';

import { strToU8, zipSync } from 'fflate';

/** Raw deflate of so many megabytes of one byte, made in no time: the same packed megabyte again and again. */
export function packedMegabytes(megabytes: number, byte = 0): Buffer {
  const packed = deflateRawSync(Buffer.alloc(1_000_000, byte), { finishFlush: constants.Z_FULL_FLUSH });
  const last = Buffer.from([3, 0]);
  return Buffer.concat([...Array.from({ length: megabytes }, () => packed), last]);
}

/** A DOCX with these parts beside those that every DOCX has. `body` is what stands in `w:body`. */
export function docx(body: string, prolog = ''): Uint8Array {
  return zipSync(texts(docxParts(body, prolog)), { level: 6 });
}

/** An EPUB of one chapter. */
export function epub(body: string, prolog = ''): Uint8Array {
  return zipSync(texts(epubParts(body, prolog)), { level: 6 });
}

/** The archive with one part that is 1 GB when unpacked, while it says `size` of itself. */
export function zipBomb(kind: 'docx' | 'epub', size: number): Uint8Array {
  const parts = kind === 'docx' ? docxParts('', '') : epubParts('', '');
  const bomb = kind === 'docx' ? 'word/document.xml' : 'chapter.xhtml';
  const entries = Object.entries(parts).map(([name, text]) =>
    name === bomb ? { name, packed: packedMegabytes(1_000), size } : entryOf(name, text),
  );
  return archive(entries);
}

/** A DOCX with a part whose name leads out of it. */
export function climbingDocx(): Uint8Array {
  const parts = { ...docxParts('<w:p><w:r><w:t>Text</w:t></w:r></w:p>', ''), '../../etc/passwd': 'x' };
  return archive(Object.entries(parts).map(([name, text]) => entryOf(name, text)));
}

interface Entry {
  readonly name: string;
  readonly packed: Buffer;
  readonly size: number;
}

function entryOf(name: string, text: string): Entry {
  return { name, packed: deflateRawSync(text), size: Buffer.byteLength(text) };
}

/** A zip archive as the entries describe it, whether or not that is true. */
function archive(entries: readonly Entry[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, packed, size } of entries) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, Buffer.from(name), packed]);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, rest, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

function docxParts(body: string, prolog: string): Record<string, string> {
  const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  return {
    '[Content_Types].xml': `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<?xml version="1.0"?>${prolog}<w:document xmlns:w="${word}"><w:body>${body}</w:body></w:document>`,
  };
}

function epubParts(body: string, prolog: string): Record<string, string> {
  return {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    'content.opf':
      '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A book</dc:title><dc:language>en</dc:language></metadata><manifest><item id="c" href="chapter.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>',
    'chapter.xhtml': `<?xml version="1.0"?>${prolog}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A chapter</title></head><body>${body}</body></html>`,
  };
}

function texts(parts: Readonly<Record<string, string>>): Record<string, Uint8Array> {
  return Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]));
}
