import type { Citation, Feedback } from '../protocol/answer.ts';
import type { ClientProblem } from './client.ts';
import { copyText } from './clipboard.ts';
import { copyAsMarkdown, copyAsText, type CopyOptions } from './copy-formats.ts';
import { dateIn } from './dates.ts';
import { button, element, icon, link } from './elements.ts';
import { createFailureView } from './failure-view.ts';
import { createFeedbackView } from './feedback-view.ts';
import type { FootnotePopover } from './footnote-popover.ts';
import { onServer } from './links.ts';
import { createNearestView } from './nearest-view.ts';
import { createReplyView } from './reply-view.ts';
import { emptyReply, type Reply } from './reply.ts';
import type { Quoted } from './source-panel.ts';
import { createSourcesView } from './sources-view.ts';
import type { Strings } from './strings.ts';

/** A question with its reply and footnotes. */
export interface ExchangeView {
  readonly element: HTMLElement;
  /** Shows the reply as far as it has come. */
  update(reply: Reply): void;
  /** Says what is going on while there is no sentence yet. */
  wait(message: string): void;
  /** Says why there will be no more of the reply. */
  fail(problem: ClientProblem): void;
}

export interface ExchangeOptions {
  readonly question: string;
  readonly strings: Strings;
  /** BCP 47 code for dates. */
  readonly locale: string;
  readonly endpoint: string;
  readonly popover: FootnotePopover;
  readonly rating?: 'up' | 'down' | undefined;
  /** Says a short line to those who cannot see the page. */
  readonly announce: (message: string) => void;
  readonly openSource: (quoted: Quoted, answerId: string | undefined, opener: HTMLElement) => void;
  readonly sendFeedback: (answerId: string, feedback: Feedback) => Promise<void>;
  readonly onRetry: () => void;
}

/** A question that waits for its reply. */
export function createExchangeView(options: ExchangeOptions): ExchangeView {
  const { question, strings, locale, endpoint, popover, openSource, onRetry } = options;
  let latest = emptyReply;
  const citations = new Map<number, Citation>();

  const makeMarker = (n: number) => {
    const name = strings.footnote(n, citations.get(n)?.title ?? '');
    const marker = button({ class: 'marker', part: 'footnote', 'aria-label': name }, String(n), () => {
      const citation = citations.get(n);
      if (citation) openSource(citation, latest.id, marker);
    });
    popover.attach(marker, () => citations.get(n));
    return marker;
  };
  const reply = createReplyView(strings, makeMarker);
  const sources = createSourcesView({ strings, locale, endpoint, makeMarker });
  const pending = element('p', { class: 'pending', 'aria-hidden': 'true' }, strings.searching);
  const notices = element('div', { class: 'notices' });
  const end = element('div', { class: 'end', 'aria-live': 'off' });
  const answer = element('div', { class: 'answer' }, reply.element, pending, notices, sources.element, end);
  const root = element(
    'article',
    { class: 'exchange' },
    element('h3', { class: 'question', part: 'question' }, question),
    answer,
  );
  const notice = (message: string, kind = '') =>
    notices.append(element('p', { class: `notice ${kind}` }, message));

  return {
    element: root,
    update(next) {
      latest = next;
      if (next.language !== undefined) reply.element.lang = next.language;
      next.citations.forEach((citation) => citations.set(citation.n, citation));
      reply.update(next);
      sources.update(next.citations);
      if (next.sentences.length > 0) pending.textContent = '';
      if (next.state === 'streaming') return;
      pending.remove();
      if (next.state === 'stopped') notice(strings.stopped);
      if (next.state !== 'done') return;
      if (next.asOf !== undefined) notice(strings.asOf(dateIn(locale, next.asOf)), 'is-date');
      if (next.degraded) notice(strings.degraded);
      const sureness = surenessOf(next, strings);
      if (sureness) notices.prepend(sureness);
      if (next.nearest.length > 0) {
        const open = (quoted: Quoted, opener: HTMLElement) => openSource(quoted, next.id, opener);
        sources.element.before(createNearestView(next.nearest, { strings, locale, openSource: open }));
      }
      end.append(...actionsOf(next, options));
    },
    wait(message) {
      pending.textContent = message;
    },
    fail(problem) {
      pending.remove();
      notices.append(createFailureView(problem, strings, onRetry));
    },
  };
}

function surenessOf({ sentences, abstained }: Reply, strings: Strings): HTMLElement | undefined {
  if (abstained || sentences.length === 0) return undefined;
  const supported = sentences.filter(({ verdict }) => verdict === 'supported').length;
  const isSure = supported === sentences.length;
  return element(
    'p',
    { class: isSure ? 'sureness' : 'sureness is-part' },
    icon(isSure ? 'check' : 'part'),
    strings.sureness(supported, sentences.length),
  );
}

function actionsOf(reply: Reply, options: ExchangeOptions): Node[] {
  const { question, strings, locale, endpoint, rating, announce, sendFeedback } = options;
  const copying = (name: string, format: (copied: CopyOptions) => string) => {
    const copy = async () => {
      const isCopied = await copyText(format({ question, reply, strings, locale }), row);
      const message = isCopied ? strings.copied : strings.notCopied;
      made.textContent = message;
      announce(message);
      setTimeout(() => made.replaceChildren(name), 2_000);
      made.focus({ preventScroll: true });
    };
    const made = button({ class: 'quiet' }, name, () => void copy());
    return made;
  };
  const row = element('div', { class: 'actions' });
  row.append(copying(strings.copyText, copyAsText), copying(strings.copyMarkdown, copyAsMarkdown));
  const { id } = reply;
  if (id === undefined) return [row];
  const page = onServer(`answers/${encodeURIComponent(id)}`, endpoint);
  if (page !== undefined) row.append(link(page, strings.answerPage));
  const send = (feedback: Feedback) => sendFeedback(id, feedback);
  const { thumbs, form } = createFeedbackView({ strings, rating, send, announce });
  row.append(thumbs);
  return [row, form];
}
