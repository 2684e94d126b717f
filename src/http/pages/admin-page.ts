import { languages } from '../../domain/language.ts';
import { articleExtensions } from '../../ingest/extract/article-extensions.ts';
import type { UploadOptions } from '../uploads/receive-files.ts';
import { adminStrings } from './admin-strings.ts';
import { html, type Html } from './html.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { readingStrings } from './reading-strings.ts';

/** The page for those who look after the articles: what its script, `src/widget/admin.ts`, fills. */
export function renderAdminPage(
  context: PageContext,
  { maxFileBytes, maxBytes }: Pick<UploadOptions, 'maxFileBytes' | 'maxBytes'>,
): string {
  const say = adminStrings[context.language];
  const file = (name: string) => context.link(name).split('?', 1)[0] ?? '';
  const content = html`<link rel="stylesheet" href="${file('assets/admin.css')}" />
    <script type="module" src="${file('assets/admin.js')}"></script>
    <header class="lead">
      <h1>${say.title}</h1>
      <p>${say.lead}</p>
    </header>
    <noscript>
      <div class="notice"><p>${say.noScript}</p></div>
    </noscript>
    <div
      id="admin"
      class="admin"
      data-root="${file('')}"
      data-max-file-bytes="${maxFileBytes}"
      data-max-bytes="${maxBytes}"
      hidden
    >
      <p id="announcement" class="unseen" role="status"></p>
      <div id="failure" class="notice failure" role="alert" hidden></div>
      ${renderKeyForm(context)}
      <div id="work" hidden>
        ${renderAdding(context)}
        <section aria-labelledby="jobs-heading">
          <div class="heading">
            <h2 id="jobs-heading">${say.jobs}</h2>
            <button type="button" class="quiet" id="update" aria-describedby="update-hint">
              ${say.update}
            </button>
          </div>
          <p class="hint" id="update-hint">${say.updateHint}</p>
          <ol id="jobs" class="listing jobs" role="list"></ol>
          <button type="button" class="quiet" id="all-jobs" hidden>${say.allJobs}</button>
        </section>
        ${renderSources(context)}
        <section id="withdrawn-section" aria-labelledby="withdrawn-heading" hidden>
          <h2 id="withdrawn-heading">${say.withdrawn}</h2>
          <p class="hint">${say.withdrawnHint}</p>
          <ul id="withdrawn" class="listing" role="list"></ul>
        </section>
        <section aria-labelledby="disk-heading">
          <h2 id="disk-heading">${say.disk}</h2>
          <dl id="disk" class="metadata"></dl>
        </section>
      </div>
      ${renderDialogs(context)}
    </div>`;
  return renderLayout(context, { title: say.title, content });
}

function renderKeyForm({ language }: PageContext): Html {
  const say = adminStrings[language];
  return html`<form id="key" class="finder" autocomplete="off" hidden>
    <h2>${say.key}</h2>
    <p>${say.keyHint}</p>
    <label
      >${say.keyLabel}
      <input type="password" id="key-value" required autocomplete="off" spellcheck="false" />
    </label>
    <div class="actions"><button type="submit">${say.keyUse}</button></div>
  </form>`;
}

function renderAdding({ language }: PageContext): Html {
  const say = adminStrings[language];
  const names = readingStrings[language].languages;
  return html`<section aria-labelledby="add-heading">
    <h2 id="add-heading">${say.add}</h2>
    <div id="drop" class="drop">
      <p>${say.drop}</p>
      <input
        type="file"
        id="files"
        class="unseen"
        multiple
        accept="${articleExtensions.join(',')}"
        aria-describedby="files-hint"
      />
      <label for="files" class="button">${say.choose}</label>
      <p class="hint" id="files-hint">${say.formats}<br /><bdi>${articleExtensions.join(' ')}</bdi></p>
    </div>
    <form id="address" class="finder">
      <label for="url">${say.address}</label>
      <div class="field address">
        <input
          type="url"
          id="url"
          required
          maxlength="4000"
          placeholder="https://"
          autocomplete="off"
          pattern="https?://.+"
        />
        <select id="kind" aria-label="${say.kind}">
          ${(['auto', 'page', 'feed', 'sitemap', 'list'] as const).map(
            (kind) => html`<option value="${kind}">${say.kinds[kind]}</option>`,
          )}
        </select>
        <button type="submit">${say.fetch}</button>
      </div>
    </form>
    <details class="finder">
      <summary>${say.paste}</summary>
      <form id="text" class="filters">
        <label class="wide">${say.articleTitle} <input name="title" required maxlength="300" /></label>
        <label class="wide">${say.text} <textarea name="text" required rows="10"></textarea></label>
        <label>${say.published} <input type="date" name="publishedAt" /></label>
        <label
          >${say.language}
          <select name="language">
            <option value="">${say.detect}</option>
            ${languages.map((code) => html`<option value="${code}">${names[code]}</option>`)}
          </select>
        </label>
        <label>${say.publisher} <input name="publisher" maxlength="300" /></label>
        <label>${say.author} <input name="author" maxlength="300" /></label>
        <label class="wide"
          >${say.original}
          <input type="url" name="sourceUrl" maxlength="4000" placeholder="https://" pattern="https?://.+" />
        </label>
        <div class="actions"><button type="submit">${say.addText}</button></div>
      </form>
    </details>
  </section>`;
}

function renderSources({ language }: PageContext): Html {
  const say = adminStrings[language];
  return html`<section aria-labelledby="sources-heading">
    <h2 id="sources-heading">${say.sources}</h2>
    <form id="filter" class="finder" role="search">
      <div class="filters">
        <label>${say.find} <input type="search" id="q" maxlength="200" autocomplete="off" /></label>
        <label
          >${say.show}
          <select id="only">
            <option value="">${say.everything}</option>
            <option value="failed">${say.failed}</option>
            <option value="withdrawn">${say.withdrawnOnly}</option>
          </select>
        </label>
        <div class="actions"><button type="submit" class="quiet">${say.apply}</button></div>
      </div>
    </form>
    <p id="count" class="count"></p>
    <ul id="sources" class="listing sources" role="list"></ul>
    <div class="pager">
      <button type="button" class="quiet" id="more" hidden>${say.more}</button>
    </div>
  </section>`;
}

function renderDialogs({ language }: PageContext): Html {
  const say = adminStrings[language];
  return html`<dialog id="deletion" aria-labelledby="deletion-heading" aria-describedby="deletion-text">
      <form method="dialog">
        <h2 id="deletion-heading">${say.deletion}</h2>
        <p><bdi id="deletion-title"></bdi></p>
        <p id="deletion-text" class="hint">${say.deletionHint}</p>
        <label class="choice"><input type="checkbox" id="purge" /> <span>${say.purge}</span></label>
        <div class="actions">
          <button value="cancel" class="quiet" autofocus>${say.cancel}</button>
          <button value="delete" class="danger">${say.confirm}</button>
        </div>
      </form>
    </dialog>
    <dialog id="beside" class="beside" aria-labelledby="beside-heading">
      <form method="dialog" class="heading">
        <h2 id="beside-heading"></h2>
        <button class="quiet">${say.close}</button>
      </form>
      <div class="panes">
        <div>
          <h3 id="extracted-heading">${say.extracted}</h3>
          <div
            id="extracted"
            class="pane"
            tabindex="0"
            role="region"
            aria-labelledby="extracted-heading"
          ></div>
        </div>
        <div>
          <div class="heading">
            <h3 id="original-heading">${say.originalFile}</h3>
            <a id="save" hidden>${say.save}</a>
          </div>
          <div id="original" class="pane"></div>
        </div>
      </div>
    </dialog>`;
}
