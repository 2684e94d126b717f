import { streamAnswer } from './client.ts';
import { createComposer } from './composer.ts';
import { createConversation } from './conversation.ts';
import { byId } from './elements.ts';
import { createExchangeView, type ExchangeView } from './exchange-view.ts';
import { stringsOf } from './strings.ts';

const { lang } = document.documentElement;
const strings = stringsOf(lang);
// Dates are written as the reader's own country writes them, where it shares the language of the page.
const locale = navigator.languages.find((known) => known.split('-')[0] === lang) ?? lang;
const form = byId('composer', HTMLFormElement);
const welcome = byId('welcome', HTMLElement);
const log = byId('conversation', HTMLElement);
const status = byId('status', HTMLElement);
const startOver = byId('start-over', HTMLButtonElement);

const conversation = createConversation({ historyTurns: Number(form.dataset['historyTurns']) });
let underWay: AbortController | undefined;

const composer = createComposer(
  {
    form,
    question: byId('question', HTMLTextAreaElement),
    send: byId('send', HTMLButtonElement),
    stop: byId('stop', HTMLButtonElement),
  },
  { onAsk: (question) => void ask(question), onStop: () => underWay?.abort() },
);

for (const example of welcome.querySelectorAll<HTMLButtonElement>('.example')) {
  example.addEventListener('click', () => {
    void ask(example.textContent ?? '');
    composer.focus();
  });
}

startOver.addEventListener('click', () => {
  underWay?.abort();
  conversation.clear();
  log.replaceChildren();
  setStarted(false);
  status.textContent = '';
  composer.focus();
});

// Where a keyboard would cover the page, it stays away until it is wanted.
if (window.matchMedia('(hover: hover) and (pointer: fine)').matches) composer.focus();

async function ask(question: string): Promise<void> {
  if (underWay) return;
  const view = createExchangeView({
    question,
    strings,
    locale,
    announce: (message) => {
      status.textContent = message;
    },
    onRetry: () => {
      if (underWay) return;
      view.element.remove();
      composer.focus();
      void ask(question);
    },
  });
  setStarted(true);
  log.append(view.element);
  view.element.scrollIntoView({ block: 'start' });
  await answer(question, view);
}

async function answer(question: string, view: ExchangeView): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  underWay = controller;
  composer.setBusy(true);
  let failed = false;
  try {
    for await (const event of streamAnswer(
      { question, history: conversation.history(), strict: true },
      signal,
    )) {
      view.show(event);
      failed = event.type === 'error';
    }
  } finally {
    underWay = undefined;
    composer.setBusy(false);
  }
  // A conversation that was started over has no place for this answer any more.
  if (!view.element.isConnected) return;
  if (signal.aborted) view.stop();
  if (!failed) conversation.add(question, view.replyText());
}

function setStarted(started: boolean): void {
  welcome.hidden = started;
  startOver.hidden = !started;
}
