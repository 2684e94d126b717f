import type { ArticleSummary, CopyGroup } from '../../domain/article.ts';
import type { Span } from '../../domain/span.ts';
import { html, type Html } from './html.ts';
import { renderLayout } from './layout.ts';
import { renderListForm } from './list-form.ts';
import type { Ignored, ListQuery } from './list-query.ts';
import type { PageContext } from './page-context.ts';
import { readingStrings } from './reading-strings.ts';
import { showDate } from './show-date.ts';

/** Articles on one page of the list. */
const pageSize = 20;

/** UTF-16 code units that are read in a minute: about 230 words of five letters and a space. */
const unitsPerMinute = 1_400;

/** An article in the list, with the sentence that a search found in it. */
export type ListedArticle = Omit<ArticleSummary, 'length'> & {
  readonly length?: number;
  readonly found?: { readonly text: string; readonly source: Span };
};

export interface ArticlesPageOptions {
  readonly query: ListQuery;
  readonly ignored: readonly Ignored[];
  /** Those that match, in the order in which they are shown. */
  readonly listed: readonly ListedArticle[];
  /** The near copies of those that are shown, by id, see {@link shownArticles}. */
  readonly copies: ReadonlyMap<string, CopyGroup>;
  /** All that there are. */
  readonly all: readonly ArticleSummary[];
  /** Characters of a search. */
  readonly questionLength: number;
}

/** Those of `listed` that are on the page that is asked for, or on the last one. */
export function shownArticles(listed: readonly ListedArticle[], query: Pick<ListQuery, 'page'>) {
  const pages = Math.max(1, Math.ceil(listed.length / pageSize));
  const page = Math.min(query.page, pages);
  return { page, pages, shown: listed.slice((page - 1) * pageSize, page * pageSize) };
}

/** The list of articles: all, those that the filters let through, or those that a search found. */
export function renderArticlesPage(context: PageContext, options: ArticlesPageOptions): string {
  const { listed, all, query, ignored } = options;
  const strings = readingStrings[context.language];
  const say = strings.list;
  const { page, pages, shown } = shownArticles(listed, query);
  const complaints = ignored.map((part) => html`<p>${say.ignored[part]}</p>`);
  const content = html`
    <header class="lead">
      <h1>${strings.articles}</h1>
      <p>${say.lead}</p>
    </header>
    ${all.length === 0 ? '' : renderListForm(context, options)}
    ${complaints.length === 0 ? '' : html`<div class="notice" role="group">${complaints}</div>`}
    ${all.length === 0 ? empty(say.noneIndexed, say.noneIndexedHint) : results(context, { ...options, shown })}
    ${pages > 1 ? pager(context, query, { page, pages }) : ''}
  `;
  return renderLayout(context, { title: strings.articles, content, current: 'articles' });
}

function results(
  context: PageContext,
  { query, listed, all, copies, shown }: ArticlesPageOptions & { shown: readonly ListedArticle[] },
): Html {
  const say = readingStrings[context.language].list;
  const isSearch = query.question !== '';
  if (listed.length === 0) {
    const clear = html`<a class="button quiet" href="${context.link('articles')}">${say.clear}</a>`;
    return empty(isSearch ? say.noneFound : say.none, clear);
  }
  const count = isSearch
    ? say.found(listed.length)
    : listed.length === all.length
      ? say.all(all.length)
      : say.some(listed.length, all.length);
  return html`<h2 class="count" id="results">${count}</h2>
    <ul class="listing" role="list">
      ${shown.map((article) => entry(context, article, copies.get(article.id)))}
    </ul>`;
}

function entry({ language, link }: PageContext, article: ListedArticle, group?: CopyGroup): Html {
  const strings = readingStrings[language];
  const { id, title, publisher, publishedAt, length, found } = article;
  const address = `articles/${encodeURIComponent(id)}`;
  const facts = [
    publishedAt === undefined ? html`${strings.list.undated}` : showDate(publishedAt, language),
    ...(publisher === undefined ? [] : [html`<bdi>${publisher}</bdi>`]),
    html`${strings.languages[article.language]}`,
    ...(length === undefined
      ? []
      : [html`${strings.list.minutes(Math.max(1, Math.round(length / unitsPerMinute)))}`]),
    ...(group === undefined
      ? []
      : [html`${group.leader.id === id ? strings.list.copies(group.others.length) : strings.list.isCopy}`]),
  ];
  return html`<li>
    <h3 lang="${article.language}">
      <a href="${link(address)}"><bdi>${title}</bdi></a>
    </h3>
    <ul class="facts" role="list">
      ${facts.map((fact) => html`<li>${fact}</li>`)}
    </ul>
    ${
      found
        ? html`<blockquote lang="${article.language}">
            <a href="${link(address, { cite: `${found.source.start}-${found.source.end}` })}#cite"
              >${found.text}</a
            >
          </blockquote>`
        : ''
    }
  </li>`;
}

function pager(
  { language, link }: PageContext,
  { page: _page, question, ...filters }: ListQuery,
  { page, pages }: { page: number; pages: number },
): Html {
  const say = readingStrings[language].list;
  const to = (target: number) =>
    link('articles', { q: question, ...filters, ...(target > 1 && { page: target }) });
  return html`<nav class="pager" aria-label="${say.pages}">
    ${page > 1 ? html`<a class="button quiet" rel="prev" href="${to(page - 1)}">${say.previous}</a>` : ''}
    <span aria-current="page">${say.page(page, pages)}</span>
    ${page < pages ? html`<a class="button quiet" rel="next" href="${to(page + 1)}">${say.next}</a>` : ''}
  </nav>`;
}

function empty(message: string, further: string | Html): Html {
  return html`<div class="empty">
    <h2 id="results">${message}</h2>
    ${typeof further === 'string' ? html`<p>${further}</p>` : further}
  </div>`;
}
