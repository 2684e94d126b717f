import type { Article, Heading } from '../domain/article.ts';
import { FootnoteError } from '../domain/errors.ts';
import { sha256 } from '../domain/fingerprint.ts';
import { type Language, languages } from '../domain/language.ts';
import { detectLanguage } from '../domain/text/detect-language.ts';
import { words } from '../domain/text/words.ts';
import { dropBoilerplate } from './clean/boilerplate.ts';
import { takeCredits } from './clean/credits.ts';
import { stripEndMarks } from './clean/end-marks.ts';
import type { Block, ExtractedDocument } from './extract/document.ts';
import { urlDate } from './metadata/dates.ts';
import { guessHeadings } from './metadata/guess-headings.ts';
import { takeTitle } from './metadata/title.ts';
import { hostName } from './metadata/urls.ts';

/** Below this many words the page's own `lang` is a better sign than its words. */
const fewWords = 20;

/**
 * Makes an article of an extracted document: cleans its blocks, finds the metadata that stand in them, and joins
 * the rest. In the text, blocks are separated by an empty line, the items of a list by a line end.
 *
 * @throws FootnoteError `unreadable-article` when no text is left.
 */
export function buildArticle(id: string, document: ExtractedDocument): Article {
  const credits = takeCredits(dropBoilerplate(stripEndMarks(document.blocks)));
  const cleaned = dropBoilerplate(stripEndMarks(credits.blocks));
  const language = chooseLanguage(cleaned, document.metadata.language, document.guessHeadings);
  const titled = takeTitle(cleaned, {
    known: document.metadata.title,
    language,
    guessHeadings: document.guessHeadings,
  });
  const { text, headings } = assemble(document.guessHeadings ? guessHeadings(titled.blocks) : titled.blocks);
  if (!/[\p{L}\p{N}]/u.test(text)) {
    throw new FootnoteError('unreadable-article', 'The file holds no text.', {
      remedy: 'Remove it, or add its text.',
    });
  }
  const found = { ...credits.metadata, ...document.metadata };
  const publishedAt =
    found.publishedAt ?? (found.sourceUrl === undefined ? undefined : urlDate(found.sourceUrl));
  const publisher =
    found.publisher ?? (found.sourceUrl === undefined ? undefined : hostName(found.sourceUrl));
  return {
    id,
    version: sha256(text),
    title: titled.title,
    language,
    ...(publishedAt !== undefined && { publishedAt }),
    ...(found.sourceUrl !== undefined && { sourceUrl: found.sourceUrl }),
    ...(publisher !== undefined && { publisher }),
    ...(found.author !== undefined && { author: found.author }),
    ...(found.sources !== undefined && { sources: found.sources }),
    text,
    headings,
  };
}

function chooseLanguage(blocks: readonly Block[], declared: string | undefined, guess: boolean): Language {
  const text = blocks.map((block) => block.text).join('\n');
  const known = languages.find((language) => language === declared);
  // Pages are often served with their template's language, so a page's own text counts for more.
  const trusted = known !== undefined && (guess || words(text).length < fewWords);
  return trusted ? known : detectLanguage(text);
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
