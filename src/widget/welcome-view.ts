import { button, element } from './elements.ts';
import type { ChatSettings } from './settings.ts';
import type { Strings } from './strings.ts';

/** What is shown before the first question. */
export interface WelcomeView {
  readonly element: HTMLElement;
  suggest(questions: readonly string[]): void;
}

export function createWelcomeView(
  { greeting }: Pick<ChatSettings, 'greeting'>,
  strings: Strings,
  onAsk: (question: string) => void,
): WelcomeView {
  const list = element('ul');
  const suggestions = element('div', {}, element('h4', {}, strings.suggestions), list);
  suggestions.hidden = true;
  const root = element(
    'div',
    { class: 'welcome' },
    element('h3', {}, greeting ?? strings.greeting),
    element('p', {}, strings.explanation),
    suggestions,
  );
  return {
    element: root,
    suggest(questions) {
      suggestions.hidden = questions.length === 0;
      list.replaceChildren(
        ...questions.map((question) =>
          element(
            'li',
            {},
            button({ class: 'suggestion' }, question, () => onAsk(question)),
          ),
        ),
      );
    },
  };
}
