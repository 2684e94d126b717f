import { open } from 'node:fs/promises';
import { extname, join } from 'node:path';

import type { Article } from '../domain/article.ts';
import { FootnoteError } from '../domain/errors.ts';
import { buildArticle } from './build-article.ts';
import type { ExtractedDocument } from './extract/document.ts';
import { extractHtml } from './extract/html.ts';
import { extractMarkdown } from './extract/markdown.ts';
import { extractText } from './extract/text.ts';
import { maxFileBytes } from './limits.ts';
import { decodeText } from './load/decode.ts';
import { pathSlug } from './metadata/slug.ts';

/**
 * Reads one article file.
 *
 * @param file - path relative to `dir`, with `/`; the id of the article is made of it unless the file names one.
 * @throws FootnoteError `unreadable-article`; system errors when the file cannot be opened.
 */
export async function readArticle(dir: string, file: string, signal?: AbortSignal): Promise<Article> {
  const bytes = await readBytes(join(dir, file), signal);
  const document = extract(file, bytes);
  const id = document.metadata.id ?? pathSlug(file);
  if (id === undefined) {
    throw new FootnoteError('unreadable-article', 'No id can be made of the file name.', {
      remedy: 'Rename the file so that its name has a Latin letter or a digit.',
    });
  }
  return buildArticle(id, document);
}

/** Reads article bytes by the extension of `file`. @throws FootnoteError `unreadable-article` */
export function extract(file: string, bytes: Uint8Array): ExtractedDocument {
  switch (extname(file).toLowerCase()) {
    case '.md':
    case '.markdown':
      return extractMarkdown(decodeText(bytes, { html: false }));
    case '.html':
    case '.htm':
      return extractHtml(decodeText(bytes, { html: true }));
    default:
      return extractText(decodeText(bytes, { html: false }));
  }
}

async function readBytes(path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    if (size > maxFileBytes) {
      throw new FootnoteError(
        'unreadable-article',
        `The file has ${size} bytes; at most ${maxFileBytes} are read.`,
        {
          remedy: 'Divide it into smaller files.',
        },
      );
    }
    return await handle.readFile({ signal });
  } finally {
    await handle.close();
  }
}
