import { html, type Html } from './html.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { readingStrings } from './reading-strings.ts';

/** What a person was looking for. */
export type Sought = 'page' | 'article' | 'version' | 'answer';

/** A page for a person who looked for what is not there. `present` leads to the article as it is now. */
export function renderNotFoundPage(context: PageContext, sought: Sought, present?: string): string {
  const strings = readingStrings[context.language];
  const say = strings.errors;
  const headings = {
    page: say.notFound,
    article: say.article,
    version: say.articleVersion,
    answer: say.answer,
  } as const;
  const further =
    present === undefined
      ? html``
      : html`<a class="button" href="${present}">${strings.article.presentVersion}</a>`;
  return renderMessage(context, {
    heading: headings[sought],
    hint: sought === 'answer' ? say.answerHint : say.notFoundHint,
    further,
  });
}

/** A page for a person whose request failed on the server. `reference` finds the failure in its log, where it is in there. */
export function renderFailurePage(
  context: PageContext,
  status: number,
  reference: string | undefined,
): string {
  const say = readingStrings[context.language].errors;
  const isPassing = status === 429 || status === 503 || status === 504;
  return renderMessage(context, {
    heading: isPassing ? say.unavailable : say.failed,
    hint: isPassing ? say.unavailableHint : say.failedHint,
    further:
      reference === undefined
        ? html``
        : html`<p class="hint">${say.reference}: <code>${reference}</code></p>`,
  });
}

function renderMessage(
  context: PageContext,
  { heading, hint, further }: { heading: string; hint: string; further: Html },
): string {
  const strings = readingStrings[context.language];
  const content = html`<div class="message">
    <h1>${heading}</h1>
    <p>${hint}</p>
    ${further}
    <p class="onward">
      <a class="button quiet" href="${context.link('articles')}">${strings.article.backToList}</a>
      <a class="button quiet" href="${context.link('')}">${strings.ask}</a>
    </p>
  </div>`;
  return renderLayout(context, { title: heading, content });
}
