import type { Answer } from '../../domain/answer.ts';
import type { Article, CopyGroup } from '../../domain/article.ts';
import type { Assistant } from '../../domain/assistant.ts';
import { FootnoteError } from '../../domain/errors.ts';
import { sliceSpan } from '../../domain/span.ts';
import { citedSpans } from './cite-query.ts';
import type { Mark } from './marks.ts';

/** What an address of the reading room asks for. */
export interface ReadingQuery {
  readonly id: string;
  /** Values of `?cite=`. */
  readonly cites: readonly string[];
  /** Id of the answer whose quotations are to be shown. */
  readonly answerId?: string;
  readonly version?: string;
}

/** An article as one address shows it. */
export interface Reading {
  readonly article: Article;
  /** Which version this is: the one that is indexed, an earlier one, or one of an article that is indexed no more. */
  readonly age: 'present' | 'earlier' | 'removed';
  readonly marks: readonly Mark[];
  /** The near copies of the article as it is indexed; absent where it has none. */
  readonly copies?: CopyGroup;
  /** Values of `?cite=` that name no passage. */
  readonly invalidCites: number;
  readonly answer?: Answer;
  readonly isAnswerGone: boolean;
  /** The answer quotes a version that is not stored, so the present one is shown. */
  readonly isVersionGone: boolean;
}

/**
 * Finds the article that `query` asks for, in the version that it names, else in the one that its answer quotes, else
 * as indexed. `undefined` where there is none.
 */
export async function findReading(
  assistant: Pick<Assistant, 'article' | 'copyGroup' | 'storedAnswer'>,
  { id, cites, answerId, version }: ReadingQuery,
): Promise<Reading | undefined> {
  const answer = answerId === undefined ? undefined : await unlessMissing(assistant.storedAnswer(answerId));
  const quoted = [...(answer?.citations ?? []), ...(answer?.nearest ?? [])];
  const wanted = version ?? quoted.find(({ articleId }) => articleId === id)?.articleVersion;
  const present = await unlessMissing(assistant.article(id));
  const isPresent = wanted === undefined || wanted === present?.version;
  const found = isPresent ? present : await unlessMissing(assistant.article(id, { version: wanted }));
  // Whoever names a version means that one; an answer's is a means to show its quotations.
  const article = found ?? (version === undefined ? present : undefined);
  if (!article) return undefined;

  const age = !present ? 'removed' : present.version === article.version ? 'present' : 'earlier';
  const copies = age === 'present' ? await assistant.copyGroup(id) : undefined;
  const { spans, invalid } = citedSpans(cites, article.text);
  const footnotes = (answer?.citations ?? []).flatMap(({ n, articleId, quote, source }) =>
    articleId === id && sliceSpan(article.text, source) === quote ? [{ ...source, footnote: n }] : [],
  );
  return {
    article,
    age,
    marks: [...spans.map((span, index) => ({ ...span, cite: index + 1 })), ...footnotes],
    invalidCites: invalid,
    ...(copies && { copies }),
    ...(answer && { answer }),
    isAnswerGone: answerId !== undefined && !answer,
    isVersionGone: !found,
  };
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FootnoteError && error.code === 'not-found') return undefined;
    throw error;
  }
}
