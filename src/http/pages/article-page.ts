import type { Article } from '../../domain/article.ts';
import { copyNotice, listedCopies } from './article-copies.ts';
import { renderArticleText } from './article-text.ts';
import { type DescriptionRow, descriptionRows } from './description-list.ts';
import type { Reading } from './find-reading.ts';
import { html, type Html } from './html.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { readingStrings } from './reading-strings.ts';
import { safeUrl } from './safe-url.ts';
import { showDate } from './show-date.ts';

/** Digits of a version that tell it from others well enough to be read out. */
const shortVersion = 8;

/** An article as it is indexed, or was, with the passages that the address names. */
export function renderArticlePage(context: PageContext, reading: Reading): string {
  const { language, link } = context;
  const { article, answer, copies, marks } = reading;
  const say = readingStrings[language].article;
  const answerLink = answer && link(`answers/${encodeURIComponent(answer.id)}`);
  const text = renderArticleText(
    article,
    marks,
    (n) =>
      html`<sup class="number"
        ><a href="${answerLink ?? ''}#footnote-${n}" lang="${language}" aria-label="${say.footnote(n)}"
          >${n}</a
        ></sup
      >`,
  );
  const content = html`
    <article class="article" lang="${article.language}">
      <header>
        <p class="kicker" lang="${language}">${say.kicker}</p>
        <h1><bdi>${article.title}</bdi></h1>
        ${metadata(context, article)}
      </header>
      ${notices(context, reading)}
      <div class="text">${text}</div>
      ${namedSources(context, article)} ${listedCopies(context, article.id, copies)}
    </article>
    <p class="onward">
      ${answerLink === undefined ? '' : html`<a class="button" href="${answerLink}">${say.backToAnswer}</a>`}
      <a class="button quiet" href="${link('articles')}">${say.backToList}</a>
    </p>
  `;
  return renderLayout(context, { title: article.title, content });
}

function metadata({ language }: PageContext, article: Article): Html {
  const strings = readingStrings[language];
  const say = strings.article;
  const original = safeUrl(article.sourceUrl);
  const rows: DescriptionRow[] = [
    [say.published, article.publishedAt === undefined ? undefined : showDate(article.publishedAt, language)],
    [say.publisher, isolated(article.publisher)],
    [say.author, isolated(article.author)],
    [say.language, html`${strings.languages[article.language]}`],
    [say.version, html`<code title="${article.version}">${article.version.slice(0, shortVersion)}</code>`],
    [
      say.original,
      original === undefined
        ? undefined
        : html`<a href="${original}" rel="noreferrer external">${say.openOriginal}</a>
            <span class="print-only">${original}</span>`,
    ],
  ];
  return html`<dl class="metadata" lang="${language}">${descriptionRows(rows)}</dl>`;
}

function isolated(value: string | undefined): Html | undefined {
  return value === undefined ? undefined : html`<bdi>${value}</bdi>`;
}

function notices(context: PageContext, reading: Reading): Html {
  const { language, link } = context;
  const { article, age, answer, marks, invalidCites, isAnswerGone, isVersionGone } = reading;
  const say = readingStrings[language].article;
  const address = `articles/${encodeURIComponent(article.id)}`;
  const lines: Html[] = [];
  if (answer) {
    const count = marks.filter(({ footnote }) => footnote !== undefined).length;
    lines.push(
      html`<p>
        ${say.quotedBy} <q lang="${answer.language}"><bdi>${answer.question}</bdi></q
        >. ${count === 0 ? say.answerQuotesNone : say.passages(count)}
        <a href="${link(`answers/${encodeURIComponent(answer.id)}`)}">${say.backToAnswer}</a>
      </p>`,
    );
  }
  if (marks.some(({ cite }) => cite !== undefined)) {
    lines.push(html`<p class="screen-only"><a href="#cite">${say.toCite}</a></p>`);
  }
  if (isAnswerGone) lines.push(html`<p>${say.answerGone}</p>`);
  if (isVersionGone) lines.push(html`<p>${say.versionGone}</p>`);
  if (invalidCites > 0) lines.push(html`<p>${say.badCite(invalidCites)}</p>`);
  if (age === 'removed') lines.push(html`<p>${say.notIndexed}</p>`);
  if (age === 'earlier') {
    lines.push(html`<p>${say.oldVersion} <a href="${link(address)}">${say.presentVersion}</a></p>`);
  }
  const copy = copyNotice(context, article.id, reading.copies);
  if (copy) lines.push(copy);
  if (lines.length === 0) return html``;
  return html`<div class="notice" role="group" lang="${language}" aria-label="${say.notice}">${lines}</div>`;
}

function namedSources({ language }: PageContext, { sources = [] }: Article): Html {
  if (sources.length === 0) return html``;
  const items = sources.map((source) => {
    const address = safeUrl(source);
    return address === undefined
      ? html`<li><bdi>${source}</bdi></li>`
      : html`<li><a href="${address}" rel="noreferrer external">${source}</a></li>`;
  });
  return html`<section class="named-sources">
    <h2 lang="${language}">${readingStrings[language].article.namedSources}</h2>
    <ul>
      ${items}
    </ul>
  </section>`;
}
