import { FootnoteError } from '../../domain/errors.ts';
import type { Addition } from '../../domain/ingest-admin.ts';
import type { NewJob } from '../added/added-store.ts';
import { typedArticleFile } from '../added/typed-article.ts';

/** What is to be done to add something, and what it is called. @throws FootnoteError `invalid-request` without any file. */
export function workOf(addition: Addition): Pick<NewJob, 'subject' | 'work'> {
  if ('url' in addition) {
    const { url, kind } = addition;
    return { subject: [url], work: { type: 'fetch', url, kind } };
  }
  if ('article' in addition) {
    const { name, text } = typedArticleFile(addition.article);
    return { subject: [addition.article.title], work: { files: [{ name, content: text }] } };
  }
  if (addition.files.length === 0)
    throw new FootnoteError('invalid-request', 'There is no file to be added.');
  const files = addition.files.map(({ name, path, given }) => ({ name, content: { path }, given }));
  return { subject: files.map(({ name }) => name), work: { files } };
}
