import type { BaseChatModel } from '@langchain/core/language_models/chat_models';

import type { Language } from '../../domain/language.ts';
import type { QuoteTranslator } from '../translate-citations.ts';
import type { ModelGuard } from './model-guard.ts';
import { plainLine, readModelText } from './model-text.ts';
import { languageNames } from './prompts.ts';
import type { Prompts } from './prompts.ts';
import { longestTranslation, mayTranslate } from './translation-checks.ts';
import { neutralise } from './untrusted.ts';

/** What a quote translator is made of. */
export interface QuoteTranslatorOptions {
  readonly model: BaseChatModel;
  /** `<provider>:<model>`, for errors. */
  readonly name?: string;
  readonly prompts: Prompts;
  /** Longest wait for all translations of one answer, in milliseconds. */
  readonly timeoutMs: number;
  /** Shared by all calls of the model; without it every call is made. */
  readonly guard?: ModelGuard | undefined;
}

/** Most UTF-16 code units of quotations in one call; the first that fit are translated. */
const maximumCharacters = 6_000;

/** A longer quotation, in UTF-16 code units, is no sentence but a table or a list. */
const maximumQuote = 1_000;

/**
 * Lets a chat model translate quotations, all of one answer in one call. What the model leaves out, and what cannot
 * be a translation, is left out of the result.
 */
export function createQuoteTranslator({
  model,
  name = 'in use',
  prompts,
  timeoutMs,
  guard,
}: QuoteTranslatorOptions): QuoteTranslator {
  const translate: QuoteTranslator['translate'] = async ({ quotes, into, signal }) => {
    const lines = numbered(quotes);
    if (lines.length === 0) return new Map();
    const slots = { language: languageNames[into] };
    const quotations = lines.join('\n');
    const reply = await readModelText({
      model,
      name,
      system: prompts.translateQuotes.render(slots),
      user: prompts.translateQuotesInput.render({ ...slots, quotations }),
      maximumLength: longestTranslation(quotations),
      timeoutMs,
      guard,
      signal,
    });
    // The last line of a reply that was cut off is not whole.
    const text = reply.whole ? reply.text : reply.text.replace(/[^\n]*$/u, '');
    return translationsIn(text, quotes, into);
  };
  return { model: name, translate };
}

/** `Q1: …` for each quotation that fits, in order. */
function numbered(quotes: readonly string[]): string[] {
  let left = maximumCharacters;
  return quotes.flatMap((quote, index) => {
    if (quote.length > Math.min(maximumQuote, left)) return [];
    left -= quote.length;
    return [`Q${index + 1}: ${neutralise(quote)}`];
  });
}

function translationsIn(reply: string, quotes: readonly string[], into: Language): Map<number, string> {
  const found = new Map<number, string>();
  for (const [, label, line = ''] of reply.matchAll(/^[ \t*_]*Q(\d{1,3})[ \t*_]*:(.+)$/gmu)) {
    const index = Number(label) - 1;
    const quote = quotes[index];
    const text = plainLine(line);
    // A label that comes twice is the model's confusion, or an article's: the first stands.
    if (quote === undefined || found.has(index) || !mayTranslate(quote, text, into)) continue;
    found.set(index, text);
  }
  return found;
}
