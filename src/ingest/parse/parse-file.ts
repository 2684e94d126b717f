import { FootnoteError } from '../../domain/errors.ts';
import { buildArticle } from '../build-article.ts';
import type { ExtractedDocument } from '../extract/document.ts';
import { extractFile } from '../extract/extract-file.ts';
import { maxArticleLength, maxArticlePassages, maxListedFailures } from '../limits.ts';
import { articleId } from './article-id.ts';
import type { FileToParse, ParsedFile, PreparedArticle } from './parsed-file.ts';
import { prepareArticle } from './prepare-article.ts';
import { readFailure } from './read-failure.ts';

/** Reads a file in this thread. Never rejects: what cannot be read is a failure in the result. */
export async function parseFile(input: FileToParse): Promise<ParsedFile> {
  const failures: string[] = [];
  const articles: PreparedArticle[] = [];
  try {
    const extracted = await extractFile(input.file, input.bytes, input.hints);
    failures.push(...extracted.failures);
    for (const document of extracted.documents) {
      try {
        articles.push(parseDocument(input, document));
      } catch (error) {
        failures.push(`${nameOf(document)}${readFailure(error)}`);
      }
    }
    if (articles.length === 0 && failures.length === 0) failures.push(readFailure(noArticle()));
  } catch (error) {
    failures.push(readFailure(error));
  }
  return { articles, failures: summarise(failures) };
}

/** @throws FootnoteError `unreadable-article` */
function parseDocument({ file, hints }: FileToParse, document: ExtractedDocument): PreparedArticle {
  checkLength(document.blocks.reduce((length, block) => length + block.text.length, 0));
  const id = articleId(file, {
    given: hints.given?.id,
    own: document.metadata.id,
    key: document.key,
  });
  if (id === undefined) {
    throw new FootnoteError('unreadable-article', 'No id can be made of the file name.', {
      remedy: 'Rename the file so that its name has a Latin letter or a digit.',
    });
  }
  const article = buildArticle({ id, document, hints, file });
  checkLength(article.text.length);
  const prepared = prepareArticle(article);
  const { length } = prepared.passages;
  if (length > maxArticlePassages) {
    throw tooLong(`It has ${length} passages; at most ${maxArticlePassages} are read.`);
  }
  return prepared;
}

function checkLength(length: number): void {
  if (length > maxArticleLength) {
    throw tooLong(`Its text has ${length} characters; at most ${maxArticleLength} are read.`);
  }
}

function tooLong(message: string): FootnoteError {
  return new FootnoteError('unreadable-article', message, { remedy: 'Divide it into several articles.' });
}

function noArticle(): FootnoteError {
  return new FootnoteError('unreadable-article', 'The file holds no text.', {
    remedy: 'Remove it, or add its text.',
  });
}

function nameOf({ key, metadata }: ExtractedDocument): string {
  return key === undefined ? '' : `Article ${metadata.id ?? key}: `;
}

function summarise(failures: readonly string[]): readonly string[] {
  if (failures.length <= maxListedFailures) return failures;
  return [...failures.slice(0, maxListedFailures), 'More of it could not be read. Mend these first.'];
}
