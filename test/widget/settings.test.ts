import { describe, expect, it } from 'vitest';

import { readSettings } from '../../src/widget/settings.ts';

const defaults = { endpoint: 'https://footnote.example/', languages: ['fr', 'vi-VN', 'en'] };
const settingsOf = (attributes: Readonly<Record<string, string>>) =>
  readSettings((name) => attributes[name] ?? null, defaults);

describe('the attributes of the chat element', () => {
  it('may all be absent', () => {
    expect(settingsOf({})).toEqual({
      endpoint: 'https://footnote.example/',
      language: 'vi',
      isFloating: false,
      storageKey: 'footnote-chat:https://footnote.example/',
      historyTurns: 20,
      questionLength: 2_000,
    });
  });

  it('state everything', () => {
    expect(
      settingsOf({
        endpoint: 'https://other.example/base',
        lang: 'en-US',
        heading: 'H',
        greeting: 'G',
        placement: 'floating',
        filters: '{"languages":["en"]}',
        'storage-key': 'mine',
        'history-turns': '3',
        'max-length': '90',
      }),
    ).toEqual({
      endpoint: 'https://other.example/base',
      language: 'en',
      heading: 'H',
      greeting: 'G',
      isFloating: true,
      filters: { languages: ['en'] },
      storageKey: 'footnote-chat:mine',
      historyTurns: 3,
      questionLength: 90,
    });
  });

  it.each([
    ['A?|B? | |', ['A?', 'B?']],
    ['["A?","B | C?",7]', ['A?', 'B | C?']],
    ['none', []],
    ['', []],
  ])('suggest %j as %j', (suggestions, expected) => {
    expect(settingsOf({ suggestions }).suggestions).toEqual(expected);
  });

  it('pass on filters that are no JSON, for the server to refuse', () => {
    expect(settingsOf({ filters: 'languages=en' }).filters).toBe('languages=en');
  });

  it('take numbers that are none as absent', () => {
    expect(settingsOf({ 'history-turns': '-1', 'max-length': 'many' })).toMatchObject({
      historyTurns: 20,
      questionLength: 2_000,
    });
  });
});
