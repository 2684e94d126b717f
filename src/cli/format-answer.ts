import type { Answer } from '../domain/answer.ts';
import type { Citation } from '../domain/citation.ts';

/** The reply and its numbered footnotes as plain text, with a line break at the end. */
export function formatAnswer(answer: Answer): string {
  const notes = answer.citations.map(formatFootnote);
  const degraded = answer.degraded ? ['(The chat model failed; these are the articles’ own sentences.)'] : [];
  const nearest = answer.abstained ? nearestArticles(answer) : [];
  const asOf = answer.asOf === undefined ? [] : [`(As of ${answer.asOf}.)`];
  const unanswered = answer.unanswered.map((part) => `(The articles do not answer: ${part})`);
  return `${[answer.text, ...nearest, ...asOf, ...unanswered, ...degraded, ...notes].join('\n\n')}\n`;
}

/** Most articles that a declined question is pointed to. */
const mostNearest = 3;

function nearestArticles({ evidence }: Answer): string[] {
  const titles = new Set(evidence.map(({ title, publishedAt }) => `${title} (${publishedAt ?? 'undated'})`));
  if (titles.size === 0) return [];
  return [
    `Nearest articles:\n${Array.from(titles, (title) => `  ${title}`)
      .slice(0, mostNearest)
      .join('\n')}`,
  ];
}

function formatFootnote({ n, quote, title, publisher, publishedAt, articleId, source }: Citation): string {
  const origin = [title, publisher, publishedAt ?? 'undated'].filter((part) => part !== undefined).join(', ');
  return `[${n}] “${quote}”\n    ${origin}\n    ${articleId}, characters ${source.start}–${source.end}`;
}
