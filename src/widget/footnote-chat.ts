import type { Answer } from '../protocol/answer.ts';
import { type Chat, createChat } from './chat.ts';
import type { ClientProblem } from './client.ts';
import { readSettings, settingNames } from './settings.ts';
import type { Quoted } from './source-panel.ts';
import { adoptStyles } from './stylesheet.ts';

/** What the element's events carry. */
export interface FootnoteChatEvents {
  /** An answer is complete. */
  readonly 'footnote-answer': CustomEvent<{ readonly answer: Answer }>;
  /** A footnote was clicked. Cancelling the event keeps the source closed. */
  readonly 'footnote-citation': CustomEvent<{ readonly citation: Quoted }>;
  /** A question could not be answered. */
  readonly 'footnote-error': CustomEvent<{ readonly problem: ClientProblem }>;
}

// The bundle puts this file into the folder `assets` of the server, which answers unless the page names another.
const scriptAddress = import.meta.url;
const server = new URL('..', scriptAddress).href;

/**
 * `<footnote-chat>`: questions to the articles of a Footnote server, and answers with footnotes.
 * Its attributes are those of `settings.ts`, and `theme` (`light`, `dark`, `auto`) and `autofocus`.
 */
export class FootnoteChat extends HTMLElement {
  static readonly observedAttributes: readonly string[] = settingNames;

  #chat: Chat | undefined;
  #isStale = false;

  connectedCallback(): void {
    this.#build();
    // Where a keyboard would cover the page, it stays away until it is wanted.
    const hasKeyboard = window.matchMedia('(hover: hover) and (pointer: fine)').matches;
    if (this.hasAttribute('autofocus') && hasKeyboard) this.#chat?.focus();
  }

  disconnectedCallback(): void {
    this.#chat?.destroy();
    this.#chat = undefined;
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (before === after || !this.#chat || this.#isStale) return;
    this.#isStale = true;
    // Several attributes that are set in a row make one change.
    queueMicrotask(() => {
      this.#isStale = false;
      if (this.isConnected) this.#build();
    });
  }

  /** Asks, unless an answer is under way. */
  ask(question: string): void {
    this.open();
    this.#chat?.ask(question);
  }

  /** Forgets the conversation. */
  clear(): void {
    this.#chat?.clear();
  }

  /** Opens the window of a floating chat. */
  open(): void {
    this.#chat?.open();
  }

  /** Closes the window of a floating chat. */
  close(): void {
    this.#chat?.close();
  }

  #build(): void {
    this.#chat?.destroy();
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const settings = readSettings((name) => this.getAttribute(name), {
      endpoint: server,
      languages: [document.documentElement.lang, ...navigator.languages],
    });
    this.#chat = createChat(settings, {
      onAnswer: (answer) => this.#tell('footnote-answer', { answer }),
      onCitation: (citation) => this.#tell('footnote-citation', { citation }),
      onError: (problem) => this.#tell('footnote-error', { problem }),
    });
    root.replaceChildren(...this.#chat.elements);
    adoptStyles(root, this.nonce);
    this.#chat.showLatest();
  }

  #tell<Name extends keyof FootnoteChatEvents>(
    name: Name,
    detail: FootnoteChatEvents[Name]['detail'],
  ): boolean {
    const options = { detail, bubbles: true, composed: true, cancelable: name === 'footnote-citation' };
    return this.dispatchEvent(new CustomEvent(name, options));
  }
}

/** Makes `<footnote-chat>` known to the page, unless it is already. */
export function defineFootnoteChat(): void {
  if (!customElements.get('footnote-chat')) customElements.define('footnote-chat', FootnoteChat);
}
