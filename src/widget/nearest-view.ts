import type { NearestArticle } from '../protocol/answer.ts';
import { button, element } from './elements.ts';
import { sourceLine } from './source-line.ts';
import type { Strings } from './strings.ts';

/** What the articles do say where they do not answer. */
export function createNearestView(
  articles: readonly NearestArticle[],
  options: {
    readonly strings: Strings;
    readonly locale: string;
    readonly openSource: (article: NearestArticle, opener: HTMLElement) => void;
  },
): HTMLElement {
  const { strings, locale, openSource } = options;
  const items = articles.map((article) => {
    const name = `${strings.source.read}: ${article.title}`;
    const open = button({ class: 'quiet', 'aria-label': name }, strings.source.read, () =>
      openSource(article, open),
    );
    return element(
      'li',
      {},
      element('p', { class: 'title' }, article.title),
      element('p', { class: 'small' }, ...sourceLine(article, locale)),
      element('blockquote', { lang: article.language }, article.quote),
      open,
    );
  });
  const heading = element('h4', {}, strings.nearest);
  return element('section', { class: 'nearest' }, heading, element('ul', {}, ...items));
}
