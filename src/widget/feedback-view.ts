import type { Feedback } from '../protocol/answer.ts';
import { button, element, icon } from './elements.ts';
import type { Strings } from './strings.ts';

export interface FeedbackOptions {
  readonly strings: Strings;
  readonly rating?: 'up' | 'down' | undefined;
  /** Rejects when it cannot be sent. */
  readonly send: (feedback: Feedback) => Promise<void>;
  readonly announce: (message: string) => void;
}

/** Characters of a comment that the server takes. */
const commentLength = 2_000;

const reasons = ['incorrect', 'incomplete', 'wrong-source', 'outdated', 'unclear', 'other'] as const;

/** Two thumbs; the one that points down asks for a reason. */
export function createFeedbackView(options: FeedbackOptions): { thumbs: HTMLElement; form: HTMLElement } {
  const { send, announce } = options;
  const strings = options.strings.feedback;
  const message = element('p', { class: 'small', 'aria-hidden': 'true' });

  const submit = async (feedback: Feedback) => {
    form.hidden = true;
    try {
      await send(feedback);
      mark(feedback.rating);
      say(strings.thanks);
    } catch {
      say(strings.failed);
    }
  };
  const up = button({ class: 'quiet icon', 'aria-label': strings.up }, icon('up'), () => {
    void submit({ rating: 'up' });
  });
  const down = button(
    { class: 'quiet icon', 'aria-label': strings.down, 'aria-expanded': 'false' },
    icon('down'),
    () => {
      show(form.hidden === true);
    },
  );
  const form = createReasonForm(strings, {
    onSend: ({ reason, comment }) => {
      show(false);
      down.focus();
      void submit({ rating: 'down', reason, ...(comment !== '' && { comment }) });
    },
    onCancel: () => {
      show(false);
      down.focus();
    },
  });
  const mark = (rating: 'up' | 'down' | undefined) => {
    up.setAttribute('aria-pressed', String(rating === 'up'));
    down.setAttribute('aria-pressed', String(rating === 'down'));
  };
  const show = (isShown: boolean) => {
    form.hidden = !isShown;
    down.setAttribute('aria-expanded', String(isShown));
    message.textContent = '';
    if (isShown) form.querySelector('input')?.focus();
  };
  const say = (text: string) => {
    message.textContent = text;
    announce(text);
  };
  mark(options.rating);
  form.hidden = true;
  const thumbs = element(
    'div',
    { class: 'thumbs', role: 'group', 'aria-label': strings.group },
    message,
    up,
    down,
  );
  return { thumbs, form };
}

function createReasonForm(
  strings: Strings['feedback'],
  handlers: {
    readonly onSend: (given: { reason: (typeof reasons)[number]; comment: string }) => void;
    readonly onCancel: () => void;
  },
): HTMLFormElement {
  const choices = reasons.map((reason) => {
    const input = element('input', { type: 'radio', name: 'reason', value: reason, required: '' });
    return element('label', {}, input, strings.reasons[reason]);
  });
  const comment = element('textarea', { rows: '2', maxlength: String(commentLength) });
  const form = element(
    'form',
    { class: 'feedback' },
    element('fieldset', {}, element('legend', {}, strings.what), ...choices),
    element('label', { class: 'comment' }, strings.comment, comment),
    element(
      'div',
      { class: 'row' },
      element('button', { type: 'submit', class: 'retry' }, strings.send),
      button({ class: 'quiet' }, strings.cancel, handlers.onCancel),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = new FormData(form).get('reason');
    const reason = reasons.find((known) => known === chosen) ?? 'other';
    handlers.onSend({ reason, comment: comment.value.trim() });
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    handlers.onCancel();
  });
  return form;
}
