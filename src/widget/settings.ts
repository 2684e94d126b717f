import type { Language } from '../protocol/answer.ts';

/** What a widget was set to by its attributes. */
export interface ChatSettings {
  /** Base URL of the server. */
  readonly endpoint: string;
  readonly language: Language;
  readonly heading?: string;
  readonly greeting?: string;
  /** Undefined: the server suggests. */
  readonly suggestions?: readonly string[];
  readonly isFloating: boolean;
  /** As the API takes them. What is not JSON stays a string, which the server refuses aloud. */
  readonly filters?: unknown;
  /** Where the conversation is kept in the browser. */
  readonly storageKey: string;
  readonly historyTurns: number;
  /** Characters of a question. */
  readonly questionLength: number;
}

/** The attributes that {@link readSettings} reads. */
export const settingNames = [
  'endpoint',
  'lang',
  'heading',
  'greeting',
  'suggestions',
  'placement',
  'filters',
  'storage-key',
  'history-turns',
  'max-length',
] as const;

type SettingName = (typeof settingNames)[number];

/**
 * The settings that attributes state.
 *
 * @param get - an attribute's value; null where it is absent.
 * @param defaults.languages - BCP 47 codes, of which the first known one is taken where `lang` is `auto` or absent.
 */
export function readSettings(
  get: (name: SettingName) => string | null,
  defaults: { readonly endpoint: string; readonly languages: readonly string[] },
): ChatSettings {
  const endpoint = get('endpoint') || defaults.endpoint;
  const heading = get('heading');
  const greeting = get('greeting');
  const suggestions = parseSuggestions(get('suggestions'));
  const filters = parseFilters(get('filters'));
  return {
    endpoint,
    language: languageOf(get('lang')) ?? firstLanguage(defaults.languages) ?? 'en',
    ...(heading !== null && { heading }),
    ...(greeting !== null && { greeting }),
    ...(suggestions && { suggestions }),
    isFloating: get('placement') === 'floating',
    ...(filters !== undefined && { filters }),
    storageKey: `footnote-chat:${get('storage-key') ?? endpoint}`,
    historyTurns: integer(get('history-turns'), 20),
    questionLength: integer(get('max-length'), 2_000),
  };
}

function languageOf(code: string | null | undefined): Language | undefined {
  const language = code?.split('-')[0]?.toLowerCase();
  return language === 'en' || language === 'vi' ? language : undefined;
}

function firstLanguage(codes: readonly string[]): Language | undefined {
  return codes.map(languageOf).find((language) => language !== undefined);
}

function parseSuggestions(value: string | null): string[] | undefined {
  if (value === null) return undefined;
  const parsed = value.trim().startsWith('[') ? parseJson(value) : undefined;
  const list: unknown[] = Array.isArray(parsed) ? parsed : value === 'none' ? [] : value.split('|');
  return list
    .filter((item) => typeof item === 'string')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function parseFilters(value: string | null): unknown {
  return value === null || value.trim() === '' ? undefined : (parseJson(value) ?? value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function integer(value: string | null, otherwise: number): number {
  return value !== null && /^\d{1,6}$/u.test(value) ? Number(value) : otherwise;
}
