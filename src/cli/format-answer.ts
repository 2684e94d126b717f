import { phrases } from '../answer/phrases.ts';
import type { Answer, NearestArticle } from '../domain/answer.ts';
import type { Citation } from '../domain/citation.ts';

/** The reply and its numbered footnotes as plain text, with a line break at the end. */
export function formatAnswer(answer: Answer): string {
  const notes = answer.citations.map(formatFootnote);
  const degraded = answer.degraded ? ['(The chat model failed; these are the articles’ own sentences.)'] : [];
  const asOf = answer.asOf === undefined ? [] : [`(As of ${answer.asOf}.)`];
  return `${[answer.text, ...asOf, ...degraded, ...notes, ...nearest(answer)].join('\n\n')}\n`;
}

function nearest({ nearest: articles, language }: Answer): string[] {
  if (articles.length === 0) return [];
  return [`${phrases.nearest[language]}:`, ...articles.map((article) => `  - ${quotation(article)}`)];
}

function formatFootnote(citation: Citation): string {
  return `[${citation.n}] ${quotation(citation)}`;
}

function quotation(source: Citation | NearestArticle): string {
  const { quote, title, publisher, publishedAt, articleId, source: place } = source;
  const origin = [title, publisher, publishedAt ?? 'undated'].filter((part) => part !== undefined).join(', ');
  return `“${quote}”\n    ${origin}\n    ${articleId}, characters ${place.start}–${place.end}`;
}
