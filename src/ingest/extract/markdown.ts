import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

import { FootnoteError } from '../../domain/errors.ts';
import { maxMarkdownLength } from '../limits.ts';
import type { ExtractedDocument } from './document.ts';
import { readFrontMatter } from './front-matter.ts';
import { markdownBlocks } from './markdown-blocks.ts';
import { isCostly } from './markdown-cost.ts';
import { extractText } from './text.ts';

/**
 * Reads Markdown (CommonMark with GitHub's tables, footnotes and strike-through) with YAML front matter. What is made to
 * keep the parser busy is read as plain text.
 *
 * @throws FootnoteError `unreadable-article` when the front matter is not valid or the file is too long.
 */
export function extractMarkdown(raw: string): ExtractedDocument {
  if (raw.length > maxMarkdownLength) {
    throw new FootnoteError(
      'unreadable-article',
      `The file has ${raw.length} characters; of Markdown at most ${maxMarkdownLength} are read.`,
      { remedy: 'Divide it into smaller files.' },
    );
  }
  const { metadata, body } = readFrontMatter(raw);
  if (isCostly(body)) return { ...extractText(body), metadata };
  const tree = fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return { blocks: markdownBlocks(tree.children), metadata, guessHeadings: false };
}
