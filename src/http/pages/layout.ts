import { html, type Html } from './html.ts';
import type { PageContext } from './page-context.ts';
import { readingStrings } from './reading-strings.ts';

export interface LayoutOptions {
  /** Text of the title, before the name of the site. */
  readonly title: string;
  readonly content: Html;
  /** The entry of the menu that the page is. */
  readonly current?: 'articles';
}

/** A page of the reading room around its content. It is whole without its script. */
export function renderLayout(
  { language, link, switchLanguage }: PageContext,
  options: LayoutOptions,
): string {
  const say = readingStrings[language];
  const other = language === 'en' ? 'vi' : 'en';
  const { title, content, current } = options;
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${title} · ${say.name}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" type="image/svg+xml" href="${withoutQuery(link('assets/icon.svg'))}" />
        <link rel="stylesheet" href="${withoutQuery(link('assets/pages.css'))}" />
        <script type="module" src="${withoutQuery(link('assets/reader.js'))}"></script>
      </head>
      <body class="reading-room">
        <a class="skip" href="#content">${say.skip}</a>
        <header class="masthead">
          <a class="site" href="${link('')}">${say.name}<sup aria-hidden="true">1</sup></a>
          <nav aria-label="${say.menu}">
            <a href="${link('')}">${say.ask}</a>
            <a href="${link('articles')}" ${current === 'articles' ? html`aria-current="page"` : ''}
              >${say.articles}</a
            >
            <a href="${switchLanguage}" hreflang="${other}" lang="${other}">${say.otherLanguage}</a>
          </nav>
        </header>
        <main id="content" tabindex="-1">${content}</main>
        <footer class="foot"><p>${say.footer}</p></footer>
      </body>
    </html> `;
  return page.markup;
}

function withoutQuery(address: string): string {
  return address.split('?', 1)[0] ?? address;
}
