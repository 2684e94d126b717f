import { extname } from 'node:path';

import type { articleExtensions } from '../../extract/article-extensions.ts';
import { parseContentType } from '../net/content-type.ts';

type Extension = (typeof articleExtensions)[number];

const byType: ReadonlyMap<string, Extension> = new Map([
  ['text/html', '.html'],
  ['application/xhtml+xml', '.xhtml'],
  ['application/pdf', '.pdf'],
  ['application/x-pdf', '.pdf'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', '.docx'],
  ['application/epub+zip', '.epub'],
  ['text/markdown', '.md'],
  ['text/x-markdown', '.md'],
  ['text/csv', '.csv'],
  ['application/csv', '.csv'],
  ['text/tab-separated-values', '.tsv'],
  ['application/x-ndjson', '.jsonl'],
  ['application/jsonl', '.jsonl'],
  ['application/x-jsonlines', '.jsonl'],
] as const);

/** Formats that have no type of their own on many servers: the address tells. */
const byAddress: ReadonlyMap<string, Extension> = new Map([
  ['.md', '.md'],
  ['.markdown', '.md'],
  ['.csv', '.csv'],
  ['.tsv', '.tsv'],
  ['.jsonl', '.jsonl'],
  ['.ndjson', '.jsonl'],
  ['.txt', '.txt'],
] as const);

/** How much of a file is looked at, in bytes. */
const lookBytes = 4_096;

/** The extension under which a document is kept, by its first bytes, its type and its address; `undefined` for what is none. */
export function pageExtension(
  bytes: Buffer,
  contentType: string | undefined,
  url: string,
): Extension | undefined {
  const { type } = parseContentType(contentType);
  const head = bytes.subarray(0, lookBytes);
  const start = head.toString('latin1');
  if (start.startsWith('%PDF-')) return '.pdf';
  if (start.startsWith('PK\u0003\u0004')) return zipExtension(start, byType.get(type));
  const known = byType.get(type);
  // What is named a PDF or an archive but is none, is none.
  if (known !== undefined && known !== '.pdf' && known !== '.docx' && known !== '.epub') return known;
  if (
    /^(?:\u00ef\u00bb\u00bf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*<(?:!doctype html|html)\b/iu.test(
      start,
    )
  ) {
    return type === 'application/xml' || type === 'text/xml' ? '.xhtml' : '.html';
  }
  const byName = byAddress.get(extname(new URL(url).pathname).toLowerCase());
  if (type === 'text/plain') return byName ?? '.txt';
  const isUntyped = type === '' || type.endsWith('/octet-stream') || type === 'application/json';
  return isUntyped && !head.includes(0) ? byName : undefined;
}

function zipExtension(start: string, byItsType: Extension | undefined): Extension | undefined {
  if (start.includes('mimetypeapplication/epub+zip')) return '.epub';
  if (start.includes('[Content_Types].xml') || start.includes('word/')) return '.docx';
  return byItsType === '.docx' || byItsType === '.epub' ? byItsType : undefined;
}
