import type { Answer } from '../../domain/answer.ts';
import { answerStrings } from './answer-strings.ts';
import { html, type Html, join } from './html.ts';
import type { PageContext } from './page-context.ts';
import { replyParagraphs, type ReplyPart } from './reply-paragraphs.ts';

/** The id of the number of footnote `n` behind the sentence at `index`. */
export function referenceId(index: number, n: number): string {
  return `reference-${index + 1}-${n}`;
}

/** The reply, each sentence with its verdict in words where it is not borne in full, and with its footnotes. */
export function renderReply({ language }: PageContext, answer: Answer): Html {
  const say = answerStrings[language];
  const known = new Set(answer.citations.map(({ n }) => n));
  const part = ({ text, sentence }: ReplyPart): Html => {
    // Beside sentences with footnotes, words of Footnote's own look different.
    if (!sentence)
      return answer.sentences.length > 0 ? html`<span class="remark">${text}</span>` : html`${text}`;
    const { index, verdict } = sentence;
    const numbers = sentence.citations
      .filter((n) => known.has(n))
      .map(
        (n) =>
          html`<sup class="number"
            ><a
              id="${referenceId(index, n)}"
              href="#footnote-${n}"
              lang="${language}"
              aria-label="${say.footnote(n)}"
              >${n}</a
            ></sup
          >`,
      );
    const spoken =
      verdict === 'supported'
        ? html``
        : html` <span class="verdict ${verdict}" lang="${language}">${say.verdicts[verdict]}</span>`;
    return html`<span class="sentence ${verdict}" id="sentence-${index + 1}">${text}</span
      >${numbers}${spoken}`;
  };
  const paragraphs = replyParagraphs(answer).map((parts) => {
    const pieces = parts.map((piece, index) => join([html`${index > 0 ? ' ' : ''}`, part(piece)]));
    return html`<p>${pieces}</p>`;
  });
  return html`<div class="reply" lang="${answer.language}">${paragraphs}</div>`;
}
