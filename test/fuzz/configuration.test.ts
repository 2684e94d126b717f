import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { loadConfig } from '../../src/config.ts';
import { FootnoteError, messageWithRemedy } from '../../src/domain/errors.ts';
import { environmentSchema } from '../../src/environment.ts';
import { patience, runs } from './runs.ts';

const names = Object.keys(environmentSchema.shape);
const secret = 'hunter2-9f31';
const values = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    '0',
    '-1',
    '1e3',
    '1e999',
    '0x10',
    'NaN',
    '9007199254740993',
    'true',
    'on',
    'off',
    'required',
    '*',

    'en',
    'en,vi',
    ',',
    '/',
    '/a//b',
    'https://example.org',
    'https://[',
    'http://:0',
    'openai:',
    'onnx:\0',
    '10.0.0.0/8,loopback',
    '::1/129',
    '__proto__',
    'constructor',
    '\ud800',
    'pretty',
    'bundled',
  ),
  fc.constantFrom(
    `postgres://u:${secret}@h:x/d`,
    `postgres://u:${secret}@`,
    `mysql://u:${secret}@h/d`,
    secret,
    `https://u:${secret}@h`,
    `postgres://u:${secret}@h/d?sslmode=require`,
    `http//${secret}`,
  ),
);

/** The settings, or what their reader says is wrong with them. */
function load(settings: Readonly<Record<string, string>>): object {
  try {
    return loadConfig(settings);
  } catch (error) {
    if (error instanceof FootnoteError) return error;
    throw error;
  }
}

/** What is wrong with the words of a refusal. */
function complaints(error: FootnoteError, given: Readonly<Record<string, string>>): string[] {
  const message = messageWithRemedy(error);
  const named = Object.keys(given).some((name) => message.includes(`${name}: `));
  return [
    ...(error.code === 'configuration' ? [] : [`is ${error.code}`]),
    ...(/[\r\n]/u.test(message) ? ['has several lines'] : []),
    ...(message.includes(secret) ? ['shows a secret'] : []),
    ...(named ? [] : ['names no variable']),
    ...(error.cause === undefined ? [] : ['has a cause, which may show a value']),
  ];
}

describe('any settings', () => {
  it(
    'are read, or refused in one line that names a variable and shows no value',
    { timeout: patience },
    () => {
      const settings = fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 8 });
      fc.assert(
        fc.property(settings, (given) => {
          const read = load(given);
          expect(read instanceof FootnoteError ? complaints(read, given) : Object.isFrozen(read)).toEqual(
            read instanceof FootnoteError ? [] : true,
          );
        }),
        runs(400),
      );
    },
  );
});
