import type { Article, Heading } from '../domain/article.ts';
import { FootnoteError } from '../domain/errors.ts';
import { sha256 } from '../domain/fingerprint.ts';
import type { Language } from '../domain/language.ts';
import { dropBoilerplate } from './clean/boilerplate.ts';
import { type Credits, takeCredits } from './clean/credits.ts';
import { stripEndMarks } from './clean/end-marks.ts';
import { dropSections } from './clean/sections.ts';
import type { Block, ExtractedDocument, FoundMetadata } from './extract/document.ts';
import { addressMetadata, fileNameTitle } from './metadata/address.ts';
import { chooseLanguage } from './metadata/choose-language.ts';
import { dateOrder, fileNameDate } from './metadata/dates.ts';
import { firstKnown, fromFindings, type KnownMetadata, knownMetadata } from './metadata/found-metadata.ts';
import { guessHeadings } from './metadata/guess-headings.ts';
import { withoutPlaceholders } from './metadata/placeholders.ts';
import { takeTitle } from './metadata/title.ts';
import { ownUrl } from './metadata/urls.ts';
import type { FileHints } from './parse/parsed-file.ts';

/**
 * Makes an article of an extracted document: cleans its blocks, finds the metadata that stand in them, and joins
 * the rest. In the text, blocks are separated by an empty line, the items of a list by a line end.
 *
 * Of each member of the metadata, the first of these that knows it says it: what was given; the file itself; lines of the
 * text; the feed; the address; the file name; for the date, when the file was made.
 *
 * @param input - `file` is the path in the corpus, of which only the name counts.
 * @throws FootnoteError `unreadable-article` when no text is left, or when it is in a third language.
 */
export function buildArticle(input: {
  readonly id: string;
  readonly file: string;
  readonly document: ExtractedDocument;
  readonly hints: FileHints;
}): Article {
  const { id, file, document, hints } = input;
  const given = knownMetadata(ofOne(hints.given, document), 'given');
  const own = ofHost(withoutPlaceholders(knownMetadata(document.metadata, 'properties')), hints.url);
  const feed = knownMetadata(hints.feed, 'feed');
  const url = given.sourceUrl ?? hints.url ?? own.sourceUrl;

  const credits = takeCredits(dropBoilerplate(stripEndMarks(document.blocks)), dateOrder(own.language, url));
  const cleaned = dropSections(
    dropBoilerplate(stripEndMarks(credits.blocks)),
    (given.title ?? own.title) !== undefined,
  );
  const said = firstKnown(given, own, feed);
  const { language, by } = chooseLanguage(cleaned.map((block) => block.text).join('\n'), said);
  const lines = firstKnown(ofHost(credits.metadata, hints.url), settledDate(credits, language));
  const best = firstKnown(given, own);
  const titled = takeTitle(cleaned, {
    known: best.title,
    feed: feed.title,
    fileName: fileNameTitle(file),
    language,
    guessHeadings: document.guessHeadings,
  });
  const { text, headings } = assemble(document.guessHeadings ? guessHeadings(titled.blocks) : titled.blocks);
  if (!/[\p{L}\p{N}]/u.test(text)) {
    throw new FootnoteError('unreadable-article', 'The file holds no text.', {
      remedy: 'Remove it, or add its text.',
    });
  }

  const nearly = firstKnown(best, lines, feed);
  const known = firstKnown(
    nearly,
    addressMetadata(nearly.sourceUrl, hints.url),
    namedDate(file),
    fileDate(document),
  );
  return {
    ...known,
    id,
    version: sha256(text),
    title: titled.title,
    language,
    text,
    headings,
    found: { ...known.found, title: titled.by ?? best.found.title ?? 'given', language: by },
  };
}

/** What was given for a file of several articles holds for each, but not what tells them apart. */
function ofOne(given: FoundMetadata | undefined, { key }: ExtractedDocument): FoundMetadata | undefined {
  if (given === undefined || key === undefined) return given;
  const { title: _title, sourceUrl: _sourceUrl, ...shared } = given;
  return shared;
}

/** A page that was fetched is of its own host, whatever address it or its lines give; that one is a source it names. */
function ofHost(metadata: KnownMetadata, fetched: string | undefined): KnownMetadata {
  const { sourceUrl, ...others } = metadata;
  if (fetched === undefined || sourceUrl === undefined || ownUrl(sourceUrl, fetched) !== undefined)
    return metadata;
  const { sourceUrl: by, ...found } = metadata.found;
  return by === 'source-line'
    ? { ...others, found, sources: [...(others.sources ?? []), sourceUrl] }
    : { ...others, found };
}

/** The date of a date line that can be read in two ways, once the language of the article tells which one is meant. */
function settledDate({ unsureDate }: Credits, language: Language): KnownMetadata {
  const value = dateOrder(language) === 'day-first' ? unsureDate?.['day-first'] : undefined;
  return fromFindings({ publishedAt: value === undefined ? undefined : { value, by: 'date-line' } });
}

function fileDate({ createdAt }: ExtractedDocument): KnownMetadata {
  return fromFindings({
    publishedAt: createdAt === undefined ? undefined : { value: createdAt, by: 'properties' },
  });
}

function namedDate(file: string): KnownMetadata {
  const value = fileNameDate(file);
  return fromFindings({ publishedAt: value === undefined ? undefined : { value, by: 'file-name' } });
}

function assemble(blocks: readonly Block[]): { text: string; headings: Heading[] } {
  const headings: Heading[] = [];
  let text = '';
  let previous: Block | undefined;
  for (const block of blocks) {
    if (previous) text += previous.kind === 'item' && block.kind === 'item' ? '\n' : '\n\n';
    if (block.kind === 'heading') {
      headings.push({ start: text.length, end: text.length + block.text.length, level: block.level });
    }
    text += block.text;
    previous = block;
  }
  return { text, headings };
}
