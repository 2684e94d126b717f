import type { AnswerCheck, QuotationCheck } from '../../domain/answer-check.ts';
import type { Answer } from '../../domain/answer.ts';
import { sliceSpan } from '../../domain/span.ts';
import { answerStrings } from './answer-strings.ts';
import { html, type Html } from './html.ts';
import type { PageContext } from './page-context.ts';
import { instantText } from './show-date.ts';

/**
 * The section in which an answer is checked again: a form that works without JavaScript, and the result, where there
 * is one. `src/widget/reader.ts` replaces the section by that of the page which the form leads to.
 */
export function renderCheckSection(
  context: PageContext,
  answer: Answer,
  check: AnswerCheck | undefined,
): Html {
  const say = answerStrings[context.language].check;
  const action = context.link(`answers/${encodeURIComponent(answer.id)}/verify`);
  return html`<section class="check" id="check" aria-labelledby="check-heading">
    <h2 id="check-heading">${say.heading}</h2>
    <p>${say.hint}</p>
    <form method="post" action="${action}#check" data-running="${say.running}" data-failed="${say.failed}">
      <button type="submit">${say.button}</button>
      <p class="status" role="status"></p>
    </form>
    ${check ? result(context, answer, check) : ''}
  </section>`;
}

function result({ language }: PageContext, answer: Answer, check: AnswerCheck): Html {
  const strings = answerStrings[language];
  const say = strings.check;
  const quotations = check.citations.map(({ n, ...found }) => {
    const citation = answer.citations.find((candidate) => candidate.n === n);
    return line(
      found.status === 'exact',
      say,
      html`<a href="#footnote-${n}">${strings.footnote(n)}</a>
        <q>${citation?.quote ?? ''}</q> ${quotationWords(found, say)}`,
    );
  });
  const nearest = check.nearest.map((found, index) =>
    line(
      found.status === 'exact',
      say,
      html`<q>${answer.nearest[index]?.quote ?? ''}</q> ${quotationWords(found, say)}`,
    ),
  );
  const sentences = check.sentences.map(({ index, verdict, before, holds }) => {
    const sentence = answer.sentences[index];
    const words =
      verdict === before
        ? say.same(strings.verdicts[verdict])
        : say.changed(strings.verdicts[verdict], strings.verdicts[before]);
    return line(
      holds,
      say,
      html`<a href="#sentence-${index + 1}">${say.sentence(index + 1)}</a>
        <q lang="${answer.language}">${sentence ? sliceSpan(answer.text, sentence) : ''}</q> ${words}`,
    );
  });
  return html`<div
    class="result ${check.holds ? 'holds' : 'broken'}"
    id="result"
    tabindex="-1"
    role="group"
    aria-label="${say.result}"
  >
    <p class="outcome"><strong>${check.holds ? say.holds : say.broken}</strong></p>
    <p>${instantText(check.checkedAt, language)}</p>
    <ul class="findings" role="list">
      ${line(check.hash === 'ok', say, html`${say.hash[check.hash]}`)}
    </ul>
    ${group(say.quotations, quotations)} ${group(say.nearest, nearest)} ${group(say.sentences, sentences)}
  </div>`;
}

type CheckStrings = (typeof answerStrings)['en']['check'];

function quotationWords({ status, present }: QuotationCheck, say: CheckStrings): string {
  return [say.status[status], ...(present ? [say.present[present.status]] : [])].join(' ');
}

function line(holds: boolean, say: CheckStrings, content: Html): Html {
  return html`<li class="${holds ? 'holds' : 'broken'}">
    <span class="sign" aria-hidden="true">${holds ? '✓' : '✗'}</span>
    <span><span class="unseen">${holds ? say.fine : say.wrong}: </span>${content}</span>
  </li>`;
}

function group(heading: string, items: readonly Html[]): Html {
  if (items.length === 0) return html``;
  return html`<h3>${heading}</h3>
    <ul class="findings" role="list">
      ${items}
    </ul>`;
}
