import { createHash } from 'node:crypto';

/** A line of text on a page. `x` and `y` are points from the lower left corner, to the beginning of the baseline. */
export interface PdfText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Points; 10 unless given. */
  readonly size?: number;
  readonly bold?: boolean;
  /** Degrees, anticlockwise. */
  readonly angle?: number;
}

/** What {@link makePdf} writes. */
export interface PdfContent {
  readonly pages: readonly (readonly PdfText[])[];
  /** The entries of the information dictionary, such as `Title`. */
  readonly info?: Readonly<Record<string, string>>;
  /** `/Lang` of the document. */
  readonly language?: string;
  /** Without it, nobody can open the file (RC4 with 40 bits, PDF 1.7 section 7.6). */
  readonly userPassword?: string;
}

/** Points, of every page: A4. */
export const pageSize = { width: 595, height: 842 } as const;

/** Writes a PDF: Latin text in Helvetica, everything else in a font whose codes only its `ToUnicode` map explains. */
export function makePdf({ pages, info = {}, language, userPassword }: PdfContent): Uint8Array {
  const fileId = Buffer.from('footnote-test-id');
  const lock = userPassword === undefined ? undefined : createLock(userPassword, fileId);
  const characters = Array.from(new Set(pages.flat().flatMap(({ text }) => Array.from(text))));
  const codes = new Map(characters.map((character, index) => [character, index + 1]));
  const objects: (string | { dictionary: string; stream: Buffer })[] = [];
  const add = (object: (typeof objects)[number]) => objects.push(object);

  const firstPage = 10;
  const kids = pages.map((_, index) => `${firstPage + index * 2} 0 R`).join(' ');
  const lang = language === undefined ? '' : ` /Lang (${language})`;
  add(`<< /Type /Catalog /Pages 2 0 R${lang} >>`);
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>');
  add(
    '<< /Type /Font /Subtype /Type0 /BaseFont /Mapped /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>',
  );
  add(
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Mapped /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor 8 0 R >>',
  );
  add({ dictionary: '', stream: Buffer.from(toUnicode(codes)) });
  add(
    '<< /Type /FontDescriptor /FontName /Mapped /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
  );
  const information = Object.entries(info).map(([key, value]) => {
    const bytes = Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(value, 'utf16le').swap16()]);
    return `/${key} <${(lock ? lock.encrypt(9, bytes) : bytes).toString('hex')}>`;
  });
  add(`<< ${information.join(' ')} >>`);
  for (const [index, texts] of pages.entries()) {
    const number = firstPage + index * 2;
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageSize.width} ${pageSize.height}] /Contents ${number + 1} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>`,
    );
    add({ dictionary: '', stream: Buffer.from(texts.map((text) => show(text, codes)).join('\n')) });
  }
  return assemble(objects, lock, fileId);
}

/** Lines one below the other, from `y` downwards. */
export function pdfLines(
  lines: readonly string[],
  at: Omit<PdfText, 'text'> & { readonly leading?: number },
): PdfText[] {
  const { leading = 12, ...place } = at;
  return lines.map((text, index) => ({ ...place, text, y: place.y - index * leading }));
}

function show(
  { text, x, y, size = 10, bold = false, angle = 0 }: PdfText,
  codes: ReadonlyMap<string, number>,
) {
  const latin = /^[\x20-\x7e]*$/u.test(text);
  const font = latin ? (bold ? 'F2' : 'F1') : 'F3';
  const string = latin
    ? `(${text.replace(/[\\()]/gu, '\\$&')})`
    : `<${Array.from(text, (character) => (codes.get(character) ?? 0).toString(16).padStart(4, '0')).join('')}>`;
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const matrix = [cos, sin, -sin, cos].map((value) => value.toFixed(4)).join(' ');
  return `BT /${font} ${size} Tf ${matrix} ${x} ${y} Tm ${string} Tj ET`;
}

function toUnicode(codes: ReadonlyMap<string, number>): string {
  const lines = Array.from(codes, ([character, code]) => {
    const unicode = Buffer.from(character, 'utf16le').swap16().toString('hex');
    return `<${code.toString(16).padStart(4, '0')}> <${unicode}>`;
  });
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '1 begincodespacerange <0000> <FFFF> endcodespacerange',
    ...chunks(lines, 100).flatMap((part) => [`${part.length} beginbfchar`, ...part, 'endbfchar']),
    'endcmap end end',
  ].join('\n');
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

type Lock = ReturnType<typeof createLock>;

function assemble(
  objects: readonly (string | { dictionary: string; stream: Buffer })[],
  lock: Lock | undefined,
  fileId: Buffer,
): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const push = (part: Buffer) => {
    parts.push(part);
    length += part.length;
  };
  for (const [index, object] of objects.entries()) {
    offsets.push(length);
    push(Buffer.from(`${index + 1} 0 obj\n`));
    if (typeof object === 'string') push(Buffer.from(object));
    else {
      const stream = lock ? lock.encrypt(index + 1, object.stream) : object.stream;
      push(Buffer.from(`<< ${object.dictionary} /Length ${stream.length} >>\nstream\n`));
      push(stream);
      push(Buffer.from('\nendstream'));
    }
    push(Buffer.from('\nendobj\n'));
  }
  const id = fileId.toString('hex');
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const encrypt = lock ? ` /Encrypt ${lock.dictionary}` : '';
  const start = length;
  push(Buffer.from(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${entries}`));
  push(
    Buffer.from(
      `trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R /Info 9 0 R /ID [<${id}> <${id}>]${encrypt} >>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}

// PDF 1.7, table 21: what passwords are filled up with.
const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

function createLock(userPassword: string, fileId: Buffer) {
  const padded = (password: string) => Buffer.concat([Buffer.from(password), padding]).subarray(0, 32);
  const owner = rc4(md5(padded('owner')).subarray(0, 5), padded(userPassword));
  const permissions = Buffer.from([0xfc, 0xff, 0xff, 0xff]);
  const key = md5(padded(userPassword), owner, permissions, fileId).subarray(0, 5);
  const user = rc4(key, padding);
  return {
    dictionary: `<< /Filter /Standard /V 1 /R 2 /O <${owner.toString('hex')}> /U <${user.toString('hex')}> /P -4 >>`,
    encrypt(object: number, data: Buffer): Buffer {
      const salt = Buffer.from([object % 256, Math.floor(object / 256), 0, 0, 0]);
      return rc4(md5(key, salt).subarray(0, 10), data);
    },
  };
}

function md5(...parts: readonly Buffer[]): Buffer {
  return createHash('md5').update(Buffer.concat(parts)).digest();
}

function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (a: number, b: number) => {
    [state[a], state[b]] = [state[b] ?? 0, state[a] ?? 0];
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) % 256;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  const mixed = Array.from(data, (byte) => {
    i = (i + 1) % 256;
    j = (j + (state[i] ?? 0)) % 256;
    swap(i, j);
    // RC4 is an exclusive or with a stream of bytes.
    // oxlint-disable-next-line no-bitwise
    return byte ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) % 256] ?? 0);
  });
  return Buffer.from(mixed);
}
