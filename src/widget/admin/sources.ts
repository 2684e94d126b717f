import type { SourceArticle, SourceOverview } from '../../protocol/ingest.ts';
import { element } from '../elements.ts';
import type { SourcePage } from './api.ts';
import { bytesText, dateText, numberText } from './format.ts';
import { actionButton, part, showList } from './parts.ts';
import type { AdminContext } from './reports.ts';

/** Sources on a page. */
const pageSize = 25;

interface SourceActions {
  readonly compare: (path: string, article?: SourceArticle) => void;
  readonly confirmDeletion: (article: SourceArticle) => void;
}

/** The list of sources, with a filter, page after page. */
export function connectSources(context: AdminContext, actions: SourceActions) {
  const { api, say, language, run, announce } = context;
  const list = part('sources', HTMLElement);
  const more = part('more', HTMLButtonElement);
  const count = part('count', HTMLElement);
  let sources: readonly SourceOverview[] = [];
  let next: string | undefined;
  let asked = 0;

  const fetchPage = (limit: number, after?: string): Promise<SourcePage> => {
    const q = part('q', HTMLInputElement).value.trim();
    const only = part('only', HTMLSelectElement).value;
    return api.sources({
      limit: String(limit),
      ...(after !== undefined && { after }),
      ...(q !== '' && { q }),
      ...(only !== '' && { only }),
    });
  };
  const show = (page: SourcePage, before: readonly SourceOverview[]) => {
    sources = [...before, ...page.sources];
    next = page.next;
    showList(list, sources, (source) => sourceItem(source, context, actions));
    if (sources.length === 0) list.replaceChildren(element('li', {}, say.noSources));
    count.textContent =
      page.total === 0
        ? ''
        : say.count(numberText(sources.length, language), numberText(page.total, language));
    more.hidden = next === undefined;
  };
  const load = async (limit: number) => {
    asked += 1;
    const mine = asked;
    const page = await fetchPage(limit);
    // Of two that were asked for, the later is right.
    if (mine === asked) show(page, []);
  };

  part('filter', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    run(async () => {
      await load(pageSize);
      announce(count.textContent || say.noSources);
    });
  });
  more.addEventListener('click', () =>
    run(async () => {
      const [place, before] = [sources.length, sources];
      show(await fetchPage(pageSize, next), before);
      list.children[place]?.querySelector('button')?.focus();
    }),
  );
  return { load: () => load(Math.min(200, Math.max(pageSize, sources.length))) };
}

function sourceItem(source: SourceOverview, context: AdminContext, actions: SourceActions): HTMLElement {
  const { say, language } = context;
  const { path, bytes, address, articles, failures, withdrawn } = source;
  const facts = [
    bytesText(bytes, language),
    ...(articles.length === 0 ? [say.noArticles] : []),
    ...(withdrawn ? [say.deleted] : []),
  ];
  const item = element('li', {}, element('p', { class: 'path' }, element('bdi', {}, path)));
  if (address !== undefined) item.append(element('p', { class: 'facts' }, element('bdi', {}, address)));
  item.append(element('p', { class: 'facts' }, facts.join(' · ')));
  if (failures.length > 0) {
    item.append(
      element('ul', { class: 'reasons' }, ...failures.map((failure) => element('li', {}, failure))),
    );
  }
  item.append(...articles.map((article) => articlePart(article, path, context, actions)));
  if (articles.length === 0) item.append(actionButton(say.beside, path, () => actions.compare(path)));
  return item;
}

function articlePart(
  article: SourceArticle,
  path: string,
  context: AdminContext,
  actions: SourceActions,
): HTMLElement {
  const { say, language } = context;
  const { title, publishedAt, found } = article;
  const fact = (text: string, field: 'title' | 'publishedAt' | 'language') => {
    const by = found?.[field];
    return by === undefined ? text : `${text} (${say.foundBy[by]})`;
  };
  const titleBy = found?.title;
  return element(
    'div',
    { class: 'article' },
    element('h3', { lang: article.language }, element('bdi', {}, title)),
    element(
      'p',
      { class: 'facts' },
      [
        fact(publishedAt === undefined ? say.undated : dateText(publishedAt, language), 'publishedAt'),
        fact(say.languages[article.language], 'language'),
        ...(titleBy === undefined ? [] : [`${say.fields.title} ${say.foundBy[titleBy]}`]),
      ].join(' · '),
    ),
    element(
      'p',
      { class: 'actions' },
      actionButton(say.beside, title, () => actions.compare(path, article)),
      actionButton(say.deletes, title, () => actions.confirmDeletion(article)),
    ),
  );
}
