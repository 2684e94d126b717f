import { button, element } from './elements.ts';
import type { Strings } from './strings.ts';

/** The form in which questions are written. */
export interface Composer {
  readonly element: HTMLFormElement;
  /** While busy, there is a stop button in place of the send button, and Enter sends nothing. */
  setBusy(busy: boolean): void;
  focus(): void;
}

/** An empty form: Enter sends, Shift+Enter starts a new line. */
export function createComposer(options: {
  readonly strings: Strings;
  readonly questionLength: number;
  readonly onAsk: (question: string) => void;
  readonly onStop: () => void;
}): Composer {
  const { strings, questionLength, onAsk, onStop } = options;
  const question = element('textarea', {
    part: 'input',
    rows: '1',
    maxlength: String(questionLength),
    enterkeyhint: 'send',
    autocomplete: 'off',
    placeholder: strings.placeholder,
    'aria-label': strings.question,
    'aria-describedby': 'footnote-hint',
  });
  const send = element('button', { type: 'submit', part: 'send' }, strings.send);
  const stop = button({ part: 'send' }, strings.stop, onStop);
  stop.hidden = true;
  const form = element(
    'form',
    { class: 'composer', part: 'composer' },
    element('div', { class: 'field' }, question, send, stop),
    element('p', { class: 'hint', id: 'footnote-hint' }, strings.hint),
  );
  let busy = false;

  // Where the browser does not size the field by its content itself.
  const grow = () => {
    if (CSS.supports('field-sizing', 'content')) return;
    question.style.height = 'auto';
    question.style.height = `${question.scrollHeight}px`;
  };
  question.addEventListener('input', grow);
  question.addEventListener('keydown', (event) => {
    // While an input method composes a word, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = question.value.trim();
    if (busy || text === '') return;
    question.value = '';
    grow();
    onAsk(text);
  });

  return {
    element: form,
    setBusy(value) {
      // The button that disappears must not take the keyboard focus with it.
      const wasOnSend = send.matches(':focus');
      const wasOnStop = stop.matches(':focus');
      busy = value;
      send.hidden = busy;
      stop.hidden = !busy;
      if (busy && wasOnSend) stop.focus();
      if (!busy && wasOnStop) question.focus();
    },
    focus: () => question.focus({ preventScroll: true }),
  };
}
