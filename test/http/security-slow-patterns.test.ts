import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';
import { sendRaw } from './support/raw-request.ts';

/** The longest question that is allowed unless the operator says otherwise. */
const length = 2_000;
const longestMs = 2_000;

const toLength = (text: string) => text.slice(0, length).trimEnd();
const repeated = (...pieces: readonly string[]) => toLength(pieces.join('').repeat(length));
/** Much of the same and then an end at which a match would fail. */
const spoilt = (piece: string, end: string) =>
  `${toLength(piece.repeat(length)).slice(0, -end.length)}${end}`;

// Each is what some kind of pattern has to go through again and again: words, numbers, dates, names, brackets, clauses.
const patterns: readonly string[] = [
  repeated('a '),
  repeated('a'),
  repeated('A. '),
  repeated('Aa '),
  repeated('A'),
  repeated('which '),
  repeated('which which'),
  repeated('who, when and '),
  repeated('what is the '),
  repeated('how many of the '),
  repeated('not never no '),
  repeated('and or but '),
  repeated(', and '),
  repeated('of the of '),
  repeated("it's "),
  repeated('1'),
  repeated('1,'),
  repeated('1.000.'),
  repeated('1 000 '),
  repeated('1-'),
  repeated('1/2/'),
  repeated('12:30 '),
  repeated('1e9'),
  repeated('million billion '),
  repeated('twenty-'),
  repeated('one hundred and '),
  repeated('2024-01-'),
  repeated('1 January '),
  repeated('from 2020 to '),
  repeated('between May and '),
  repeated('last week before '),
  repeated('the first second third '),
  repeated('- '),
  repeated('-'),
  repeated('– — '),
  repeated('('),
  repeated('()'),
  repeated('[S1'),
  repeated('[1]'),
  repeated('"'),
  repeated('“'),
  repeated('" '),
  repeated('*_`'),
  repeated('](('),
  repeated('<a '),
  repeated('<<'),
  repeated('http://'),
  repeated('a@a.'),
  repeated('.'),
  repeated('?'),
  repeated('? '),
  repeated('a? '),
  repeated('; '),
  repeated('\n'.repeat(3), 'a'),
  repeated(' \t\u00a0a'),
  repeated('x \u2028'),
  repeated('nghị quyết số '),
  repeated('ngày tháng năm '),
  repeated('ngày 1 tháng '),
  repeated('một trăm linh '),
  repeated('nghìn tỷ đồng '),
  repeated('không chưa chẳng '),
  repeated('bao nhiêu '),
  repeated('ai là '),
  repeated('ông bà '),
  repeated('Nguyễn Văn '),
  repeated('nghiêng '),
  repeated('thuở quýnh '),
  repeated('57-NQ/TW '),
  repeated('e\u0301'),
  repeated('\u200b'),
  repeated('\u202e'),
  repeated('🛥️'),
  repeated('字'),
  spoilt(' ', 'a'),
  spoilt('a', '!'),
  spoilt('a ', '\u0000'),
  spoilt('1', 'x'),
  spoilt('1,', 'x'),
  spoilt('a-', '!'),
  spoilt('Aa ', ')'),
  spoilt('(a', ']'),
  spoilt('"a', '”'),
  spoilt('á', '?'),
  spoilt('a.', '\n'),
  // A different word each time.
  toLength(Array.from({ length: 500 }, (_, index) => `w${index.toString(36)}`).join(' ')),
  toLength(Array.from({ length: 500 }, (_, index) => `ferr${index.toString(36)}`).join(' ')),
  toLength(Array.from({ length: 500 }, (_, index) => `${index}.${index}`).join(' and ')),
];

const plain = repeated(
  'How many passengers does the electric ferry of Osprey Bay carry on each crossing in summer? ',
);

let folder: TemporaryFolder;
let server: FootnoteServer;

beforeAll(async () => {
  folder = await createFolder();
  const corpus = join(folder.path, 'corpus');
  await writeFiles(corpus, bayArticles);
  server = await serveFootnote({
    CORPUS_DIR: corpus,
    INDEX_DIR: join(folder.path, 'index'),
    EMBEDDING_WORKERS: '1',
  });
  await server.assistant.ingest();
});

afterAll(async () => {
  await server.close();
  await folder.remove();
});

async function millisecondsFor(path: string, question: string): Promise<number> {
  const body = JSON.stringify(path === '/api/search' ? { query: question } : { question });
  const headers = { 'content-type': 'application/json' };
  const { status, milliseconds } = await sendRaw(server.url, { method: 'POST', path, headers, body }, 60_000);
  if (status !== 200 && status !== 400)
    throw new Error(`${JSON.stringify(question.slice(0, 40))}: ${status}`);
  return milliseconds;
}

async function medianFor(path: string, question: string): Promise<number> {
  const times = [];
  for (let round = 0; round < 3; round += 1) times.push(await millisecondsFor(path, question));
  return times.toSorted((one, other) => one - other)[1] ?? Infinity;
}

describe('the longest questions, made of what patterns are slow with', () => {
  it.each(['/api/answers', '/api/search'])(
    'are answered or refused within 2 s: %s',
    async (path) => {
      const slow: string[] = [];
      const usual = await medianFor(path, plain);
      for (const pattern of patterns) {
        if ((await millisecondsFor(path, pattern)) <= longestMs) continue;
        // The machine may have been busy: what is slow is slow again, and slower than ordinary words.
        const again = await medianFor(path, pattern);
        if (again > Math.max(longestMs, 3 * usual)) {
          slow.push(
            `${JSON.stringify(pattern.slice(0, 40))}: ${Math.round(again)} ms, usually ${Math.round(usual)} ms`,
          );
        }
      }
      expect(slow).toEqual([]);
    },
    300_000,
  );
});
