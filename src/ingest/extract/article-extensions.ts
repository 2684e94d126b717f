/** Extensions of the files that are read as articles, in lower case. */
export const articleExtensions = [
  '.txt',
  '.md',
  '.markdown',
  '.html',
  '.htm',
  '.xhtml',
  '.pdf',
  '.docx',
  '.epub',
  '.csv',
  '.tsv',
  '.jsonl',
  '.ndjson',
] as const;
