import type { AnswerCheck } from '../../domain/answer-check.ts';
import type { Answer } from '../../domain/answer.ts';
import { renderCheckSection } from './answer-check.ts';
import { renderFootnotes, renderNearest } from './answer-footnotes.ts';
import { renderReceipt } from './answer-receipt.ts';
import { renderReply } from './answer-reply.ts';
import { answerStrings } from './answer-strings.ts';
import { html, type Html } from './html.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { dateText, instantText } from './show-date.ts';

/** Longest title of the page in UTF-16 code units: questions can be long. */
const titleLength = 80;

/** A stored answer with everything that it rests on; after a check also with what that found. */
export function renderAnswerPage(context: PageContext, answer: Answer, check?: AnswerCheck): string {
  const { language } = context;
  const say = answerStrings[language];
  const { question, standaloneQuestion } = answer;
  const content = html`
    <article class="answer">
      <header>
        <p class="kicker">${say.kicker}</p>
        <h1 lang="${answer.language}"><bdi>${question}</bdi></h1>
        <p class="facts">${say.answered(instantText(answer.receipt.createdAt, language))}</p>
        ${
          standaloneQuestion === question
            ? ''
            : html`<p class="facts">
                ${say.searchedAs}: <q lang="${answer.language}"><bdi>${standaloneQuestion}</bdi></q>
              </p>`
        }
      </header>
      <section aria-label="${say.reply}">${renderReply(context, answer)} ${remarks(context, answer)}</section>
      ${answer.citations.length === 0 ? '' : section(say.footnotes, renderFootnotes(context, answer))}
      ${
        answer.nearest.length === 0
          ? ''
          : section(
              say.nearest,
              html`<p>${say.nearestHint}</p>
                ${renderNearest(context, answer)}`,
            )
      }
      ${renderCheckSection(context, answer, check)}
      ${section(
        say.receipt,
        html`<p>${say.receiptHint}</p>
          ${renderReceipt(context, answer)}`,
      )}
    </article>
  `;
  return renderLayout(context, { title: shortened(question), content });
}

function section(heading: string, content: Html): Html {
  return html`<section>
    <h2>${heading}</h2>
    ${content}
  </section>`;
}

/** How sure the reply is, and what is to be known of how it came about. */
function remarks({ language }: PageContext, answer: Answer): Html {
  const say = answerStrings[language];
  const { summary, sentences, asOf, unanswered } = answer;
  const lines = [
    ...(sentences.length > 0
      ? [html`<p class="outcome">${say.sureness(summary.supported, sentences.length)}</p>`]
      : []),
    ...unanswered.map((part) => html`<p>${say.unanswered}: <q lang="${answer.language}">${part}</q></p>`),
    ...(asOf === undefined ? [] : [html`<p>${say.asOf(dateText(asOf, language))}</p>`]),
    ...(summary.removedSentences > 0 ? [html`<p>${say.removed(summary.removedSentences)}</p>`] : []),
    ...(answer.degraded ? [html`<p>${say.degraded}</p>`] : []),
  ];
  if (lines.length === 0) return html``;
  return html`<div class="remarks">${lines}</div>`;
}

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length > titleLength ? `${characters.slice(0, titleLength - 1).join('')}…` : text;
}
