import type { AnswerEvent, AnswerEvidence, Problem } from '../protocol/answer.ts';
import { connectionFailed } from './client.ts';
import { element } from './elements.ts';
import { createFootnotesView } from './footnotes-view.ts';
import { createReplyView } from './reply-view.ts';
import type { Strings } from './strings.ts';

/** A question with its reply and footnotes. */
export interface ExchangeView {
  readonly element: HTMLElement;
  /** Shows what `event` says. */
  show(event: AnswerEvent): void;
  /** Shows that the reader stopped the answer. */
  stop(): void;
  /** The reply so far, without markers. */
  replyText(): string;
}

export interface ExchangeOptions {
  readonly question: string;
  readonly strings: Strings;
  /** BCP 47 code for dates. */
  readonly locale: string;
  /** Says a short line to those who cannot see the page. */
  readonly announce: (message: string) => void;
  readonly onRetry: () => void;
}

/** A question that waits for its reply. */
export function createExchangeView(options: ExchangeOptions): ExchangeView {
  const { question, strings, locale, announce, onRetry } = options;
  const footnotes = createFootnotesView(strings, locale);
  const reply = createReplyView(strings, (n) => footnotes.makeMarker(n));
  const pending = element('p', { class: 'pending', 'aria-hidden': 'true' }, strings.searching);
  const notices = element('div', { class: 'notices' });
  const answer = element('div', { class: 'answer' }, reply.element, pending, notices, footnotes.element);
  const root = element(
    'article',
    { class: 'exchange' },
    element('h2', { class: 'question' }, question),
    answer,
  );
  let text = '';

  const notice = (message: string) => notices.append(element('p', { class: 'notice' }, message));
  const finish = (message: string) => {
    pending.remove();
    announce(message);
  };
  const fail = (problem: Problem) => {
    const retry = element('button', { type: 'button', class: 'retry' }, strings.retry);
    retry.addEventListener('click', onRetry);
    pending.remove();
    announce('');
    const message = element('p', {}, failureText(problem, strings));
    notices.append(element('div', { class: 'failure', role: 'alert' }, message, retry));
  };

  announce(strings.searching);
  return {
    element: root,
    show(event) {
      switch (event.type) {
        case 'answer-start':
          answer.lang = event.language;
          break;
        case 'evidence':
          footnotes.addEvidence(event.evidence);
          pending.textContent = strings.reading(event.evidence.length);
          break;
        case 'text-delta':
          text += event.delta;
          break;
        case 'citation':
          footnotes.addCitation(event.citation);
          break;
        case 'sentence-verdict':
          reply.addSentence(text, event.sentence);
          pending.textContent = '';
          break;
        case 'answer-end': {
          const { abstained, asOf, degraded, citations, evidence, sentences, unanswered } = event.answer;
          text = event.answer.text;
          citations.forEach((citation) => footnotes.addCitation(citation));
          sentences.forEach((sentence) => reply.addSentence(text, sentence));
          reply.finish(text, { abstained });
          if (abstained && evidence.length > 0) notice(strings.nearest(titlesOf(evidence)));
          if (asOf !== undefined) notice(strings.asOf(asOf));
          unanswered.forEach((part) => notice(strings.unanswered(part)));
          if (degraded) notice(strings.degraded);
          finish(abstained ? strings.abstained : strings.complete(citations.length));
          break;
        }
        case 'error':
          fail(event.problem);
          break;
      }
    },
    stop() {
      notice(strings.stopped);
      finish(strings.stopped);
    },
    replyText: () => reply.plainText(),
  };
}

/** The nearest articles that are named where none answers. */
const mostNearest = 3;

function titlesOf(evidence: readonly AnswerEvidence[]): string {
  const titles = Array.from(new Set(evidence.map(({ title }) => title)));
  return titles.slice(0, mostNearest).join(' · ');
}

function failureText({ status, detail }: Problem, { failures }: Strings): string {
  if (status === connectionFailed) return failures.connection;
  if (status === 504) return failures.timeout;
  if (status === 502 || status === 503) return failures.unavailable;
  if (status >= 500) return failures.unexpected;
  return detail === undefined ? failures.refused : `${failures.refused} ${detail}`;
}
