import type { Article, Citation, NearestArticle } from '../protocol/answer.ts';
import { articleBody, findQuote } from './article-view.ts';
import { button, element, icon, link } from './elements.ts';
import { onServer, webAddress } from './links.ts';
import { sourceLine } from './source-line.ts';
import type { Strings } from './strings.ts';

/** Words of an article that can be looked up in it. */
export type Quoted = Citation | NearestArticle;

/** The article behind a quotation, beside the chat or over it. */
export interface SourcePanel {
  readonly element: HTMLDialogElement;
  /** Shows where `quoted` stands. Focus goes to the panel's heading, and back to `opener` when it closes. */
  open(quoted: Quoted, answerId: string | undefined, opener: HTMLElement): void;
  close(): void;
}

export interface SourcePanelOptions {
  readonly strings: Strings;
  readonly locale: string;
  readonly endpoint: string;
  readonly fetchArticle: (id: string, version: string, signal: AbortSignal) => Promise<Article>;
  /** Whether there is room beside the chat. Asked before the panel opens and whenever the room changes. */
  readonly hasRoom: () => boolean;
  /** Told when the panel has opened or closed. */
  readonly onToggle: (isOpen: boolean) => void;
  readonly onFocusBack: () => void;
  /** Aborted when the panel is thrown away. */
  readonly signal: AbortSignal;
}

/** A closed panel. */
export function createSourcePanel(options: SourcePanelOptions): SourcePanel {
  const { strings, locale, endpoint, fetchArticle, hasRoom, onToggle, onFocusBack, signal } = options;
  const title = element('h3', { id: 'footnote-source-title', tabindex: '-1' });
  const close = button({ class: 'quiet icon', 'aria-label': strings.close }, icon('close'), () =>
    closePanel(),
  );
  const head = element('div', { class: 'source-head' });
  const body = element('div', { class: 'source-text', tabindex: '0', 'aria-labelledby': title.id });
  const bar = element('div', { class: 'source-bar' }, element('p', {}, strings.source.heading), close);
  const attributes = { class: 'source', part: 'source', 'aria-labelledby': title.id };
  const dialog = element('dialog', attributes, bar, body);
  let opener: HTMLElement | undefined;
  let underWay: AbortController | undefined;

  const show = () => {
    // Beside the chat it is one more part of the page; over the chat, nothing else can be reached.
    if (hasRoom()) dialog.show();
    else dialog.showModal();
  };
  const fill = async ({ articleId, articleVersion, quote, source }: Quoted, wanted: AbortSignal) => {
    const message = element('p', { class: 'notice', role: 'status' }, strings.source.loading);
    body.append(message);
    try {
      const article = await fetchArticle(articleId, articleVersion, wanted);
      const place = findQuote(article.text, quote, source);
      const text = element('div', { lang: article.language }, ...articleBody(article, place));
      if (article.author !== undefined) {
        head.querySelector('.small')?.append(` · ${strings.source.by(article.author)}`);
      }
      if (place) message.remove();
      else message.replaceChildren(strings.source.moved);
      body.append(text);
      text.querySelector('mark')?.scrollIntoView({ block: 'center' });
    } catch {
      if (!wanted.aborted) message.replaceChildren(strings.source.failed);
    }
  };

  // Not left to the dialog's own event, which comes later: in between, the footnote would show its popover.
  const closePanel = () => {
    if (!dialog.open) return;
    dialog.close();
    underWay?.abort();
    onToggle(false);
    opener?.focus({ preventScroll: true });
    onFocusBack();
  };
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    // A window around the panel stays open.
    event.preventDefault();
    event.stopPropagation();
    closePanel();
  });
  // What else closes a dialog, such as the back gesture of a phone.
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    closePanel();
  });
  const onResize = () => {
    if (!dialog.open || dialog.matches(':modal') !== hasRoom()) return;
    dialog.close();
    show();
  };
  window.addEventListener('resize', onResize, { signal });

  return {
    element: dialog,
    open(quoted, answerId, from) {
      underWay?.abort();
      underWay = new AbortController();
      opener = from;
      title.textContent = quoted.title;
      head.replaceChildren(title, ...headOf(quoted, answerId, { strings, locale, endpoint }));
      body.replaceChildren(head);
      if (!dialog.open) {
        onToggle(true);
        show();
      }
      body.scrollTop = 0;
      title.focus({ preventScroll: true });
      void fill(quoted, underWay.signal);
    },
    close: closePanel,
  };
}

function headOf(
  quoted: Quoted,
  answerId: string | undefined,
  { strings, locale, endpoint }: Pick<SourcePanelOptions, 'strings' | 'locale' | 'endpoint'>,
): Node[] {
  const { links } = quoted;
  const answer = answerId === undefined ? '' : `&answer=${encodeURIComponent(answerId)}`;
  const reader = onServer(links.reader + (links.reader.includes('?') ? answer : ''), endpoint);
  const original = webAddress(links.original);
  const parts: Node[] = [element('p', { class: 'small' }, ...sourceLine(quoted, locale))];
  const out = element('p', { class: 'links' });
  if (original !== undefined) out.append(link(original, strings.source.original));
  if (reader !== undefined) out.append(link(reader, strings.source.reader));
  parts.push(out);
  if ('translation' in quoted && quoted.translation) {
    const { text, language } = quoted.translation;
    parts.push(
      element('p', { class: 'small' }, strings.translation),
      element('p', { class: 'translation', lang: language }, text),
    );
  }
  return parts;
}
