import type { Language } from '../../domain/language.ts';
import { chatPageStrings } from './chat-strings.ts';
import { html } from './html.ts';

export interface ChatPageOptions {
  readonly language: Language;
  readonly exampleQuestions: readonly string[];
  readonly limits: { readonly questionLength: number; readonly historyTurns: number };
}

/** The chat page. `src/widget/page.ts` finds its elements by their ids and fills the conversation. */
export function renderChatPage({ language, exampleQuestions, limits }: ChatPageOptions): string {
  const say = chatPageStrings[language];
  const other = language === 'en' ? 'vi' : 'en';
  const examples = exampleQuestions.map(
    (question) => html`<li><button type="button" class="example">${question}</button></li>`,
  );
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${say.title}</title>
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
        />
        <meta name="description" content="${say.explanation}" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" type="image/svg+xml" href="assets/icon.svg" />
        <link rel="stylesheet" href="assets/page.css" />
        <script type="module" src="assets/page.js"></script>
      </head>
      <body>
        <header class="masthead">
          <h1 class="name">${say.title}<sup aria-hidden="true">1</sup></h1>
          <p class="tagline">${say.tagline}</p>
          <nav class="actions">
            <button type="button" class="quiet" id="start-over" hidden>${say.startOver}</button>
            <a class="quiet" href="?lang=${other}" hreflang="${other}" lang="${other}"
              >${say.otherLanguage}</a
            >
          </nav>
        </header>
        <main>
          <section class="welcome" id="welcome">
            <h2>${say.welcome}</h2>
            <p>${say.explanation}</p>
            <noscript><p class="notice">${say.noScript}</p></noscript>
            ${
              examples.length > 0
                ? html`<h3>${say.examples}</h3>
                    <ul class="examples">
                      ${examples}
                    </ul>`
                : ''
            }
          </section>
          <div
            class="conversation"
            id="conversation"
            role="log"
            aria-live="polite"
            aria-label="${say.conversation}"
          ></div>
        </main>
        <p class="unseen" id="status" role="status"></p>
        <form class="composer" id="composer" data-history-turns="${limits.historyTurns}">
          <label class="unseen" for="question">${say.question}</label>
          <div class="field">
            <textarea
              id="question"
              rows="1"
              required
              maxlength="${limits.questionLength}"
              enterkeyhint="send"
              autocomplete="off"
              placeholder="${say.placeholder}"
              aria-describedby="hint"
            ></textarea>
            <button type="submit" id="send">${say.send}</button>
            <button type="button" id="stop" hidden>${say.stop}</button>
          </div>
          <p class="hint" id="hint">${say.hint}</p>
        </form>
      </body>
    </html> `;
  return page.markup;
}
