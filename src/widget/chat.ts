import type { Answer } from '../protocol/answer.ts';
import { createChatFrame } from './chat-frame.ts';
import { type ClientProblem, createClient } from './client.ts';
import { type Conversation, createConversation, type Exchange, type KeyValueStore } from './conversation.ts';
import { createExchangeView, type ExchangeView } from './exchange-view.ts';
import { createFootnotePopover } from './footnote-popover.ts';
import { advance, emptyReply, type Reply } from './reply.ts';
import type { ChatSettings } from './settings.ts';
import { createSourcePanel, type Quoted } from './source-panel.ts';
import { stringsOf } from './strings.ts';

/** A chat on the page. */
export interface Chat {
  readonly elements: readonly HTMLElement[];
  /** Asks, unless an answer is under way. */
  ask(question: string): void;
  /** Forgets the conversation. */
  clear(): void;
  open(): void;
  close(): void;
  focus(): void;
  /** Shows the latest question. To be called when the elements have been put on the page. */
  showLatest(): void;
  /** Ends what is under way. */
  destroy(): void;
}

/** Told of what happens in a chat. */
export interface ChatListeners {
  readonly onAnswer: (answer: Answer) => void;
  /** @returns whether the widget shall show the source itself. */
  readonly onCitation: (quoted: Quoted) => boolean;
  readonly onError: (problem: ClientProblem) => void;
}

export function createChat(settings: ChatSettings, listeners: ChatListeners): Chat {
  const { endpoint, language, filters, historyTurns, storageKey } = settings;
  const strings = stringsOf[language];
  // Dates are written as the reader's own country writes them, where it shares the language of the widget.
  const locale = navigator.languages.find((known) => known.split('-')[0] === language) ?? language;
  const client = createClient(endpoint);
  const conversation: Conversation = createConversation({
    historyTurns,
    key: storageKey,
    store: sessionStore(),
  });
  const life = new AbortController();
  const popover = createFootnotePopover(strings, locale, life.signal);
  const source = createSourcePanel({
    strings,
    locale,
    endpoint,
    fetchArticle: (...named) => client.article(...named),
    hasRoom: () => frame.hasRoom(),
    onToggle: (isOpen) => frame.setSplit(isOpen),
    // Focus on a footnote opens its popover, which nobody asked for here.
    onFocusBack: () => popover.hide(),
    signal: life.signal,
  });
  let underWay: AbortController | undefined;

  const viewOf = (question: string, rating?: 'up' | 'down'): ExchangeView => {
    const view = createExchangeView({
      question,
      strings,
      locale,
      endpoint,
      popover,
      rating,
      announce: (message) => frame.announce(message),
      openSource(quoted, answerId, opener) {
        if (listeners.onCitation(quoted)) source.open(quoted, answerId, opener);
      },
      async sendFeedback(answerId, feedback) {
        await client.sendFeedback(answerId, feedback);
        conversation.rate(answerId, feedback.rating);
      },
      onRetry() {
        if (underWay) return;
        view.element.remove();
        frame.focus();
        void ask(question);
      },
    });
    return view;
  };

  async function ask(question: string): Promise<void> {
    if (underWay) return;
    const view = viewOf(question);
    frame.addExchange(view.element);
    frame.announce(strings.searching);
    const controller = new AbortController();
    underWay = controller;
    frame.setBusy(true);
    try {
      const reply = await follow(question, view, controller.signal);
      // A conversation that was started over has no place for this answer any more.
      if (view.element.isConnected && reply.state !== 'failed') conversation.add({ question, reply });
    } finally {
      if (underWay === controller) underWay = undefined;
      frame.setBusy(underWay !== undefined);
    }
  }

  async function follow(question: string, view: ExchangeView, signal: AbortSignal): Promise<Reply> {
    let reply = emptyReply;
    const request = {
      question,
      history: conversation.history(),
      strict: true,
      ...(filters !== undefined && { filters }),
    };
    for await (const event of client.ask(request, signal)) {
      reply = advance(reply, event);
      view.update(reply);
      if (event.type === 'evidence') view.wait(strings.reading(event.evidence.length));
      if (event.type === 'answer-end') {
        frame.announce(reply.abstained ? strings.abstained : strings.complete(reply.citations.length));
        listeners.onAnswer(event.answer);
      }
      if (event.type === 'error') {
        frame.announce('');
        view.fail(event.problem);
        listeners.onError(event.problem);
      }
    }
    if (!signal.aborted || reply.state === 'done') return reply;
    reply = { ...reply, state: 'stopped' };
    view.update(reply);
    frame.announce(strings.stopped);
    return reply;
  }

  function clear(): void {
    underWay?.abort();
    underWay = undefined;
    source.close();
    conversation.clear();
    frame.clear();
    frame.announce('');
    frame.focus();
  }

  const frame = createChatFrame({
    settings,
    strings,
    source: source.element,
    popover: popover.element,
    onAsk: (question) => void ask(question),
    onStop: () => underWay?.abort(),
    onClear: clear,
    onScroll: () => popover.hide(),
    signal: life.signal,
  });
  conversation.exchanges().forEach(restore);
  if (settings.suggestions) frame.suggest(settings.suggestions);
  else void client.suggestions(language, life.signal).then((questions) => frame.suggest(questions));

  function restore({ question, reply, rating }: Exchange): void {
    const view = viewOf(question, rating);
    view.update(reply);
    frame.addExchange(view.element);
  }

  return {
    elements: frame.elements,
    ask: (question) => void ask(question),
    clear,
    open: () => frame.open(),
    close: () => frame.close(),
    focus: () => frame.focus(),
    showLatest: () => frame.showLatest(),
    destroy() {
      underWay?.abort();
      life.abort();
      popover.hide();
    },
  };
}

// A page may have no storage: in a sandboxed frame, or where cookies are blocked.
function sessionStore(): KeyValueStore | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}
