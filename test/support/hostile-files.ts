import { climbingDocx, docx, epub, zipBomb } from './hostile-archives.ts';
import { hostilePdfs } from './hostile-pdfs.ts';

/** A file that is made to do harm. */
export interface HostileFile {
  readonly what: string;
  readonly file: string;
  readonly make: () => Uint8Array;
  /** What its failure says; absent where it may also be read. */
  readonly says?: RegExp;
}

/** Whatever a file may be refused for that is not recognised before it is read. */
const limits = /more than [\d.]+ (?:seconds to read|MB of memory)/u;

const text = (value: string) => new TextEncoder().encode(value);
const words = 'The council of Haiphong opened a bridge across the river on Monday. ';

const entities = `<!DOCTYPE w:document [<!ENTITY a0 "ha">${Array.from(
  { length: 12 },
  (_, index) => `<!ENTITY a${index + 1} "${`&a${index};`.repeat(10)}">`,
).join('')}]>`;

const archives: readonly HostileFile[] = [
  ...(['docx', 'epub'] as const).flatMap((kind) => [
    {
      what: `a ${kind} that unpacks to 1 GB and says so`,
      file: `bomb.${kind}`,
      make: () => zipBomb(kind, 1_000_000_000),
      says: /^The file is refused: .* when unpacked\./u,
    },
    {
      what: `a ${kind} that unpacks to 1 GB and says that it is small`,
      file: `lying.${kind}`,
      make: () => zipBomb(kind, 5_000),
      says: /^The file is (?:refused: |damaged or incomplete )/u,
    },
  ]),
  {
    what: 'a docx whose entities multiply',
    file: 'entities.docx',
    make: () => docx('<w:p><w:r><w:t>&a12;</w:t></w:r></w:p>', entities),
    says: /defines entities/u,
  },
  {
    what: 'an epub whose entities multiply',
    file: 'entities.epub',
    make: () => epub('<p>&a12;</p>', entities.replace('w:document', 'html')),
    says: /defines entities/u,
  },
  {
    what: 'a docx with a name that leads out of it',
    file: 'climbing.docx',
    make: climbingDocx,
    says: /^The file is damaged or incomplete /u,
  },
  {
    what: 'a docx of tables in tables',
    file: 'tables.docx',
    make: () =>
      docx(`${'<w:tbl><w:tr><w:tc>'.repeat(20_000)}<w:p/>${'</w:tc></w:tr></w:tbl>'.repeat(20_000)}`),
    says: /nests more than \d+ elements|too deeply/u,
  },
  {
    what: 'an epub of divisions in divisions',
    file: 'nested.epub',
    make: () => epub(`${'<div>'.repeat(50_000)}Text${'</div>'.repeat(50_000)}`),
    says: /nests more than \d+ elements|too deeply/u,
  },
  { what: 'bytes that are no archive', file: 'noise.docx', make: () => text(words), says: /damaged/u },
];

const pdfs: readonly HostileFile[] = Object.entries(hostilePdfs).map(([what, make]) => ({
  what: `a PDF: ${what}`,
  file: `${what}.pdf`,
  make,
  says: /./u,
}));

const pages: readonly HostileFile[] = [
  {
    what: 'a page of 100,000 divisions in one another',
    file: 'deep.html',
    make: () => text(`<body>${'<div>'.repeat(100_000)}${words}`),
    says: /nests more than \d+ elements/u,
  },
  {
    what: 'a page with 200,000 attributes',
    file: 'attributes.html',
    make: () => text(`<body><p ${Array.from({ length: 200_000 }, (_, n) => `a${n}=1`).join(' ')}>${words}`),
  },
  {
    what: 'a page of tags that never end',
    file: 'open.html',
    make: () => text(`<head>${'<head '.repeat(20_000)}</head><p>${words}`),
  },
  {
    what: 'a page with one tag that never ends',
    file: 'tag.html',
    make: () => text(`<p>${words}</p><${'a'.repeat(100_000)}`),
  },
  {
    what: 'a page of comments and instructions that never end',
    file: 'comments.html',
    make: () => text(`${'<!--<![CDATA[<?x'.repeat(50_000)}${words}`),
  },
];

const marks: readonly HostileFile[] = ['[', '> ', '- ', '*a_', '[a]('].map((mark, index) => ({
  what: `Markdown of 10,000 ${JSON.stringify(mark)}`,
  file: `mark-${index}.md`,
  make: () => text(`# Title\n\n${words}\n\n${mark.repeat(10_000)} end\n`),
}));

const aliases = Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(10)}]`);

const texts: readonly HostileFile[] = [
  {
    what: 'front matter whose aliases multiply',
    file: 'aliases.md',
    make: () => text(`---\na0: &a0 x\n${aliases.join('\n')}\ntitle: *a12\n---\n${words}`),
    says: /^The front matter is not valid\./u,
  },
  {
    what: 'front matter of lists in lists',
    file: 'lists.md',
    make: () => text(`---\ntitle: ${'['.repeat(20_000)}\n---\n${words}`),
    says: /./u,
  },
  {
    what: 'a text of one line of 1 MB',
    file: 'line.txt',
    make: () => text('word '.repeat(200_000)),
  },
  {
    what: 'a text of one line without spaces',
    file: 'solid.txt',
    make: () => text('a'.repeat(1_000_000)),
  },
  {
    what: 'a text of one line of 40 MB',
    file: 'long.txt',
    make: () => text('word '.repeat(8_000_000)),
    says: /^Its text has 39999999 characters; at most 2000000 are read\.|memory/u,
  },
  { what: 'a text of line ends', file: 'ends.txt', make: () => text(`a${'\n'.repeat(2_000_000)}b`) },
  { what: 'a text of spaces', file: 'spaces.txt', make: () => text(`a${' '.repeat(2_000_000)}b`) },
  {
    what: 'a text of marks on one letter',
    file: 'marks.txt',
    make: () => text(`a${'\u0301'.repeat(900_000)}`),
  },
  {
    what: 'a text of bytes that are no UTF-8',
    file: 'bytes.txt',
    make: () => new Uint8Array(100_000).fill(0xfe),
  },
  {
    what: 'a text of NULs',
    file: 'nulls.txt',
    make: () => new Uint8Array(1_000_000),
    says: /holds no text|binary data/u,
  },
  {
    what: 'a page counter made to be matched for ever',
    file: 'labels.txt',
    make: () => text(`${words}\nlượt xem ${'views '.repeat(45)}!\ncỡ chữ ${'(a)'.repeat(90)}.\n${words}`),
  },
  {
    what: 'a record of 40 MB',
    file: 'record.jsonl',
    make: () => text(`{"title":"A","text":"${'word '.repeat(8_000_000)}"}\n`),
    says: /more than|at most|memory/u,
  },
  {
    what: 'a record of lists in lists',
    file: 'lists.jsonl',
    make: () => text(`{"title":"A","text":${'['.repeat(1_000_000)}\n`),
    says: /./u,
  },
  {
    what: 'a table of 10,000 columns',
    file: 'columns.csv',
    make: () => text(`${'a,'.repeat(9_999)}b\n`.repeat(100)),
    says: /./u,
  },
  {
    what: 'a table with a quotation that never ends',
    file: 'quote.csv',
    make: () => text(`title,text\n"A,${'word,\n'.repeat(2_000_000)}`),
    says: /./u,
  },
];

/** Every sort of hostile file. */
export const hostileFiles: readonly HostileFile[] = [...archives, ...pdfs, ...pages, ...marks, ...texts];

/** Whether a failure says that a limit of time or memory was reached. */
export function isLimit(failure: string): boolean {
  return limits.test(failure);
}
