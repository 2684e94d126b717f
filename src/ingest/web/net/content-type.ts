/** The `Content-Type` of a response. */
export interface ContentType {
  /** In lower case, such as `text/html`; empty when the server names none. */
  readonly type: string;
  readonly charset?: string;
}

const readable: ReadonlySet<string> = new Set([
  'text/html',
  'application/xhtml+xml',
  'text/xml',
  'application/xml',
  'application/rss+xml',
  'application/rdf+xml',
  'application/atom+xml',
  'application/feed+json',
  'application/json',
  'application/x-ndjson',
  'application/jsonl',
  'application/x-jsonlines',
  'text/plain',
  'text/markdown',
  'text/x-markdown',
  'text/csv',
  'application/csv',
  'text/tab-separated-values',
  'application/pdf',
  'application/x-pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/epub+zip',
  // What these hold is looked at.
  'application/gzip',
  'application/x-gzip',
  'application/octet-stream',
  'binary/octet-stream',
  '',
]);

/** Reads the header; what is malformed counts as not said. */
export function parseContentType(header: string | undefined): ContentType {
  const [first = '', ...parameters] = (header ?? '').slice(0, 500).split(';');
  const type = first.trim().toLowerCase();
  for (const parameter of parameters) {
    const charset = /^\s*charset\s*=\s*["']?([\w.:-]{1,40})["']?\s*$/iu.exec(parameter)?.[1];
    if (charset !== undefined) return { type, charset: charset.toLowerCase() };
  }
  return { type };
}

/** Whether a body of this type can be an article, or a list of articles. */
export function isReadableType(type: string): boolean {
  return readable.has(type);
}
