import type { ArticleSummary, CopyGroup } from '../../domain/article.ts';
import { html, type Html } from './html.ts';
import type { PageContext } from './page-context.ts';
import { readingStrings } from './reading-strings.ts';
import { showDate } from './show-date.ts';

/** On the page of an article for which a near copy stands: which one. */
export function copyNotice(context: PageContext, id: string, group: CopyGroup | undefined): Html | undefined {
  if (!group || group.leader.id === id) return undefined;
  const say = readingStrings[context.language].article;
  return html`<p>${say.nearlyTheSameAs} ${copy(context, group.leader)}.</p>`;
}

/** On the page of the article that stands for its near copies: the others. */
export function listedCopies(context: PageContext, id: string, group: CopyGroup | undefined): Html {
  if (!group || group.leader.id !== id) return html``;
  const { language } = context;
  return html`<section class="named-sources" aria-labelledby="copies">
    <h2 id="copies" lang="${language}">${readingStrings[language].article.nearCopies}</h2>
    <ul lang="${language}">
      ${group.others.map((other) => html`<li>${copy(context, other)}</li>`)}
    </ul>
  </section>`;
}

function copy({ language, link }: PageContext, article: ArticleSummary): Html {
  const { id, title, publisher, publishedAt } = article;
  const facts = [
    ...(publisher === undefined ? [] : [html`<bdi>${publisher}</bdi>`]),
    ...(publishedAt === undefined ? [] : [showDate(publishedAt, language)]),
  ];
  const joined = facts.map((fact, index) => (index === 0 ? fact : html`, ${fact}`));
  return html`<a href="${link(`articles/${encodeURIComponent(id)}`)}" lang="${article.language}"
      ><bdi>${title}</bdi></a
    >${facts.length === 0 ? '' : html` (${joined})`}`;
}
