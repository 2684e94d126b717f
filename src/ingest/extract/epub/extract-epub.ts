import { FootnoteError } from '../../../domain/errors.ts';
import { maxExtractedLength, maxHeadingLength } from '../../limits.ts';
import type { Block, ExtractedDocument } from '../document.ts';
import { readZip } from '../zip.ts';
import { chapterBlocks } from './chapter.ts';
import { readContents } from './contents.ts';
import { epubMetadata } from './epub-metadata.ts';
import { type ManifestItem, type PackageDocument, readPackage } from './package-document.ts';
import { checkProtection } from './protection.ts';

/** Names of pages that hold no text of the book, where nothing else says what they are. */
const frontNames =
  /(?:^|[/_.-])(?:cover(?:page)?|toc|nav|contents|title-?page|half-?title|copyright|colophon|imprint)(?:[_.-]?\d*)?\.x?html?$/iu;

/**
 * Reads a book as one article, its chapters under headings, without cover, contents and imprint.
 *
 * @throws FootnoteError `unreadable-article` when it is damaged, hostile, locked, or no EPUB.
 */
export async function extractEpub(bytes: Uint8Array): Promise<ExtractedDocument> {
  const files = await readZip(bytes, (name) => /\.(?:xml|opf|x?html?|ncx)$/iu.test(name));
  const book = readPackage(files);
  checkProtection(
    files,
    book.spine.map(({ path }) => path),
  );
  const titles = readContents(files, book);
  const blocks: Block[] = [];
  let length = 0;
  for (const { path } of book.spine.filter((item) => isText(item, book))) {
    const page = files.get(path);
    if (!page) continue;
    const chapter = withTitle(chapterBlocks(page, path), titles.get(path));
    length += chapter.reduce((total, block) => total + block.text.length, 0);
    if (length > maxExtractedLength) throw tooLong();
    for (const block of chapter) blocks.push(block);
  }
  return { blocks, metadata: epubMetadata(book.root), guessHeadings: false };
}

function isText({ path, properties }: ManifestItem, { frontMatter }: PackageDocument): boolean {
  return !properties.includes('nav') && !frontMatter.has(path) && !frontNames.test(path);
}

/** A chapter that has no heading gets the name that the table of contents gives it. */
function withTitle(blocks: Block[], title: string | undefined): Block[] {
  const hasOne = blocks.slice(0, 3).some((block) => block.kind === 'heading');
  if (blocks.length === 0 || hasOne || title === undefined || title.length > maxHeadingLength) return blocks;
  return [{ kind: 'heading', level: 1, text: title }, ...blocks];
}

function tooLong(): FootnoteError {
  return new FootnoteError('unreadable-article', `The book has more than ${maxExtractedLength} characters.`, {
    remedy: 'Divide it into smaller files.',
  });
}
