import type { Language } from '../../domain/language.ts';
import { chatPageStrings } from './chat-strings.ts';
import { html } from './html.ts';

export interface ChatPageOptions {
  readonly language: Language;
  readonly exampleQuestions: readonly string[];
  readonly limits: { readonly questionLength: number; readonly historyTurns: number };
}

/** The full-page assistant: a masthead and the chat element under it, `src/widget/footnote-chat.ts`. */
export function renderChatPage({ language, exampleQuestions, limits }: ChatPageOptions): string {
  const say = chatPageStrings[language];
  const other = language === 'en' ? 'vi' : 'en';
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${say.title}</title>
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <meta name="description" content="${say.description}" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" type="image/svg+xml" href="assets/icon.svg" />
        <link rel="stylesheet" href="assets/chat-page.css" />
        <script type="module" src="widget.js"></script>
      </head>
      <body>
        <header class="masthead">
          <h1 class="name">${say.title}<sup aria-hidden="true">1</sup></h1>
          <p class="tagline">${say.tagline}</p>
          <nav class="actions">
            <a href="articles?lang=${language}">${say.articles}</a>
            <a href="?lang=${other}" hreflang="${other}" lang="${other}">${say.otherLanguage}</a>
          </nav>
        </header>
        <main>
          <noscript>
            <p>${say.explanation}</p>
            <p>${say.noScript} <a href="articles?lang=${language}">${say.articles}</a></p>
          </noscript>
          <footnote-chat
            placement="inline"
            autofocus
            lang="${language}"
            suggestions="${JSON.stringify(exampleQuestions)}"
            history-turns="${limits.historyTurns}"
            max-length="${limits.questionLength}"
          ></footnote-chat>
        </main>
      </body>
    </html> `;
  return page.markup;
}
