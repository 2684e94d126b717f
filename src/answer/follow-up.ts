import type { Turn } from '../domain/conversation.ts';
import type { Language } from '../domain/language.ts';
import { foldDiacritics } from '../domain/text/fold.ts';
import { words } from '../domain/text/words.ts';
import { isStopWord } from '../retrieve/stop-words.ts';

/** Words that point back into the conversation. The Vietnamese ones are folded. */
const backReferences: Record<Language, RegExp> = {
  en: /\b(?:he|she|it|its|they|them|their|his|her|him|this|that|these|those|there|then|one|ones|same|another)\b|^(?:and|but|so|what about|how about|why)\b/u,
  vi: /(?:^|\s)(?:no|ho|do|nay|kia|ay|vay|the|ong ay|ba ay|con|cai do|o do|luc do|khi do)(?:\s|[?.,!]|$)/u,
};

/** At most this many topical words, and a question can hardly stand alone. */
const fewWords = 2;

/** The user's last question before the current one. */
export function previousQuestion(history: readonly Turn[]): string | undefined {
  return history.findLast((turn) => turn.role === 'user')?.content;
}

/**
 * The previous question, where the current one leans on it: points back (`And in 2023?`, `Who leads it?`) or is
 * too short to stand alone. `undefined` where it does not.
 */
export function contextByRule(
  question: string,
  history: readonly Turn[],
  language: Language,
): string | undefined {
  const previous = previousQuestion(history);
  return previous !== undefined && leansOnHistory(question, language) ? previous : undefined;
}

/** Whether a question points back into a conversation, or is too short to stand alone. */
export function leansOnHistory(question: string, language: Language): boolean {
  const text = language === 'vi' ? foldDiacritics(question) : question.toLowerCase();
  const topical = words(question).filter((word) => !isStopWord(word.text, language));
  return backReferences[language].test(text) || topical.length <= fewWords;
}
