import { packedMegabytes } from './hostile-archives.ts';

const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>';
const content = stream('', Buffer.from('BT ET'));

/** PDFs that are made to hang their reader or to fill the memory. */
export const hostilePdfs = {
  deflateBomb: () =>
    pdf(['<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page, stream('/Filter /FlateDecode', bomb())]),
  pageLoop: () => pdf(['<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>', page, content]),
  manyPages: () => pdf(['<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>', page, content]),
  nestedArrays: () => pdf([nested('[', ']'), page, content]),
  nestedDictionaries: () => pdf([nested('<< /Kids ', '>>'), page, content]),
  nestedContent: () =>
    pdf([
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      page,
      stream('', Buffer.from('['.repeat(100_000) + ' TJ')),
    ]),
} as const;

/** 1 GB of spaces. */
function bomb(): Buffer {
  return Buffer.concat([Buffer.from([0x78, 0x9c]), packedMegabytes(1_000, 0x20)]);
}

function nested(open: string, close: string): string {
  const inner = open.repeat(100_000) + close.repeat(100_000);
  return `<< /Type /Pages /Count 1 /Kids ${inner} >>`;
}

function stream(entries: string, bytes: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`<< ${entries} /Length ${bytes.length} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);
}

/** The objects from number 2 on, behind the catalogue. */
function pdf(objects: readonly (string | Buffer)[]): Uint8Array {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [index, object] of ['<< /Type /Catalog /Pages 2 0 R >>', ...objects].entries()) {
    offsets.push(length);
    const part = Buffer.concat([
      Buffer.from(`${index + 1} 0 obj\n`),
      Buffer.from(object),
      Buffer.from('\nendobj\n'),
    ]);
    parts.push(part);
    length += part.length;
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = offsets.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}
