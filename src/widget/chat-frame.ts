import { createChatWindow } from './chat-window.ts';
import { createComposer } from './composer.ts';
import { button, element, icon } from './elements.ts';
import type { ChatSettings } from './settings.ts';
import type { Strings } from './strings.ts';
import { createWelcomeView } from './welcome-view.ts';

/** Width of the chat, in multiples of its font size, from which a source fits beside it. */
const roomyWidth = 56;

/** What stands around the questions and answers. */
export interface ChatFrame {
  readonly elements: readonly HTMLElement[];
  addExchange(exchange: HTMLElement): void;
  /** Removes all exchanges and shows the welcome again. */
  clear(): void;
  suggest(questions: readonly string[]): void;
  setBusy(busy: boolean): void;
  /** Says a short line to those who cannot see the page. */
  announce(message: string): void;
  /** Whether a source fits beside the chat. */
  hasRoom(): boolean;
  /** Makes room for a source beside the chat, where there is some. */
  setSplit(isSplit: boolean): void;
  focus(): void;
  /** Scrolls to the latest question, where the chat scrolls by itself. */
  showLatest(): void;
  open(): void;
  close(): void;
}

export function createChatFrame(options: {
  readonly settings: ChatSettings;
  readonly strings: Strings;
  readonly source: HTMLElement;
  readonly popover: HTMLElement;
  readonly onAsk: (question: string) => void;
  readonly onStop: () => void;
  readonly onClear: () => void;
  readonly onScroll: () => void;
  /** Aborted when the frame is thrown away. */
  readonly signal: AbortSignal;
}): ChatFrame {
  const { settings, strings, source, popover, onAsk, onStop, onClear, onScroll, signal } = options;
  const { isFloating, questionLength, language } = settings;
  const heading = settings.heading ?? strings.heading;
  const showsHeading = isFloating || settings.heading !== undefined;

  const composer = createComposer({ strings, questionLength, onAsk, onStop });
  const welcome = createWelcomeView(settings, strings, (question) => {
    onAsk(question);
    composer.focus();
  });
  const startOver = button({ class: 'quiet' }, strings.startOver, onClear);
  const bar = element('div', { class: 'row' }, startOver);
  if (isFloating) {
    const name = { class: 'quiet icon', 'aria-label': strings.close };
    bar.append(button(name, icon('close'), () => floating?.close()));
  }
  const title = element('h2', showsHeading ? {} : { class: 'unseen' }, heading);
  const header = element('header', { part: 'header' }, title, bar);
  const exchanges = element('div', { class: 'exchanges' });
  const log = element(
    'div',
    { class: 'log', part: 'log', role: 'log', tabindex: '0', 'aria-label': strings.conversation },
    welcome.element,
    exchanges,
  );
  log.addEventListener('scroll', onScroll, { passive: true });
  const status = element('p', { class: 'unseen', role: 'status' });
  const offline = element('p', { class: 'offline', role: 'status' });
  const showConnection = () => offline.replaceChildren(...(navigator.onLine ? [] : [strings.offline]));
  window.addEventListener('online', showConnection, { signal });
  window.addEventListener('offline', showConnection, { signal });
  showConnection();

  const chat = element(
    'section',
    { class: 'chat', 'aria-label': heading },
    header,
    log,
    status,
    offline,
    composer.element,
  );
  const frame = element('div', { class: 'frame' }, element('div', { class: 'columns' }, chat, source));
  const onOpen = () => {
    composer.focus();
    showLatest();
  };
  const floating = isFloating
    ? createChatWindow({ strings, heading, content: [frame, popover], onOpen })
    : undefined;
  const root = element('div', { class: isFloating ? 'root is-floating' : 'root', lang: language });
  if (floating) root.append(...floating.elements);
  else {
    root.setAttribute('part', 'panel');
    root.append(frame, popover);
  }

  const showLatest = () => {
    const latest = exchanges.lastElementChild;
    if (latest instanceof HTMLElement && log.scrollHeight > log.clientHeight)
      log.scrollTop = latest.offsetTop;
  };
  const setStarted = (isStarted: boolean) => {
    welcome.element.hidden = isStarted;
    startOver.hidden = !isStarted;
    bar.hidden = !isStarted && !isFloating;
  };
  setStarted(false);
  return {
    elements: [root],
    addExchange(exchange) {
      setStarted(true);
      exchanges.append(exchange);
      showLatest();
      // A chat that grows with its content is scrolled by its page; otherwise the page stays where it is.
      if (log.scrollHeight <= log.clientHeight) exchange.scrollIntoView({ block: 'nearest' });
    },
    clear() {
      exchanges.replaceChildren();
      setStarted(false);
    },
    suggest: (questions) => welcome.suggest(questions),
    setBusy: (busy) => composer.setBusy(busy),
    announce(message) {
      status.textContent = message;
    },
    hasRoom() {
      const width = isFloating ? window.innerWidth : frame.clientWidth;
      return width >= roomyWidth * Number.parseFloat(getComputedStyle(frame).fontSize);
    },
    setSplit(isSplit) {
      root.classList.toggle('is-split', isSplit);
    },
    focus: () => composer.focus(),
    showLatest,
    open: () => floating?.open(),
    close: () => floating?.close(),
  };
}
