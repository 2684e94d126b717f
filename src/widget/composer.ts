/** The elements of the form. */
export interface ComposerElements {
  readonly form: HTMLFormElement;
  readonly question: HTMLTextAreaElement;
  readonly send: HTMLButtonElement;
  readonly stop: HTMLButtonElement;
}

/** The form in which questions are written. */
export interface Composer {
  /** While busy, there is a stop button in place of the send button, and Enter sends nothing. */
  setBusy(busy: boolean): void;
  focus(): void;
}

/** Wires the form: Enter sends, Shift+Enter starts a new line. */
export function createComposer(
  { form, question, send, stop }: ComposerElements,
  handlers: { onAsk: (question: string) => void; onStop: () => void },
): Composer {
  let busy = false;

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
    handlers.onAsk(text);
  });
  stop.addEventListener('click', handlers.onStop);

  return {
    setBusy(value) {
      // The button that disappears must not take the keyboard focus with it.
      const focused = document.activeElement;
      busy = value;
      send.hidden = busy;
      stop.hidden = !busy;
      if (busy && focused === send) stop.focus();
      if (!busy && focused === stop) question.focus();
    },
    focus: () => question.focus(),
  };
}
