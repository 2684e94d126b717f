import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { toDraftSentence } from '../../src/answer/chat/draft-sentence.ts';
import { extractPointers, readPointerGroup } from '../../src/answer/chat/pointers.ts';
import { createReasoningFilter } from '../../src/answer/chat/reasoning-filter.ts';
import { createSentenceScanner } from '../../src/answer/chat/sentence-scanner.ts';
import type { SourceSentence } from '../../src/answer/writer.ts';
import { evidenceOf } from '../answer/chat/support.ts';
import { patience, runs } from './runs.ts';

const stored = evidenceOf({ id: 'a' }, ['First.', 'Second.', 'Third.']);
const sources: SourceSentence[] = stored.passage.sentences.map((sentence) => ({
  evidence: stored,
  sentence,
}));

const markers = fc.constantFrom(
  '[S1]',
  '[S2, S3]',
  '[S1-S3]',
  '[1]',
  '【S2】',
  '［S3］',
  '(S1)',
  '[^2]',
  '[[S1]](#s1)',
  '[S1][S2]',
  '[ S 1 ]',
);
const oddities = fc.constantFrom(
  '[',
  ']',
  '[S',
  '[S1',
  '[S1-',
  'S1]',
  '[[',
  ']]',
  '[S0]',
  '[S4]',
  '[S-1]',
  '[S99999]',
  '[S123456789012]',

  '[S1-S99999]',
  '[S3-S1]',
  '[1[2]]',
  '[[[[S1]]]]',
  '[S1[S2[S3]]]',
  '[٣]',
  '[S１]',
  '[S1e3]',
  '[S1.5]',
  '(',
  ')',

  '【',
  '】',
  '**',
  '`',
  '&lt;',
  '&amp;lt;b&amp;gt;',
  '<b',
  '<!--',
  '-->',
  '|',
  '\n',
  '\n- ',
  '. ',
  '! ',
  '<think>',
  '\ud83d',
  '\ude00',
  '😀',
  '\u200b',
  '\0',
  '[\u200bS1]',
  '9'.repeat(90),
  '[1, '.repeat(30),
);
const anyReply = fc
  .array(fc.oneof(markers, oddities, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 40 })
  .map((parts) => parts.join(''));
const cutsOf = fc.array(fc.nat(1_000), { maxLength: 12 });

/** The drafts that come of a reply in pieces that end at `cuts`. */
function read(reply: string, cuts: readonly number[], truncated: boolean) {
  const scanner = createSentenceScanner();
  const keep = createReasoningFilter();
  const ends = [...cuts.map((cut) => cut % (reply.length + 1)), reply.length].toSorted((a, b) => a - b);
  const pieces = ends.map((end, index) => reply.slice(ends[index - 1] ?? 0, end));
  const raw = [...pieces.flatMap((piece) => scanner.push(keep(piece))), ...scanner.end({ truncated })];
  return raw.map((sentence) => toDraftSentence(sentence, sources)).filter((draft) => draft !== undefined);
}

describe('pointers in any text', () => {
  it('end inside it, and name few numbers of at most five digits', { timeout: patience }, () => {
    fc.assert(
      fc.property(anyReply, (text) => {
        for (let index = 0; index < text.length; index += 1) {
          const found = readPointerGroup(text, index);
          if (found === undefined || found === 'partial') continue;
          expect(found.end).toBeGreaterThan(index + 2);
          expect(found.end).toBeLessThanOrEqual(Math.min(text.length, index + 80));
          expect(found.numbers.length).toBeGreaterThan(0);
          expect(found.numbers.length).toBeLessThan(500);
          expect(found.numbers.every((number) => number >= 0 && number <= 99_999)).toBe(true);
        }
      }),
      runs(200),
    );
  });

  it('are taken out, and nothing else is but a bracket left open', { timeout: patience }, () => {
    fc.assert(
      fc.property(anyReply, (text) => {
        const { pieces } = extractPointers(text);
        let at = 0;
        for (const [index, piece] of pieces.entries()) {
          const group = index === 0 ? undefined : readPointerGroup(text, at);
          if (typeof group === 'object') at = group.end;
          expect(text.slice(at, at + piece.length)).toBe(piece);
          at += piece.length;
        }
        expect(at === text.length || readPointerGroup(text, at) === 'partial').toBe(true);
      }),
      runs(300),
    );
  });
});

describe('any reply of a chat model', () => {
  it('loses a pointer with the link around it (saved counterexample)', () => {
    const [draft] = read('Hải Phòng [[S1]](#s1) grew.', [], false);
    expect(draft?.text).toBe('Hải Phòng grew.');
    expect(draft?.sources).toEqual(sources.slice(0, 1));
  });

  it(
    'points at sentences that there are, and leaves no footnote mark in its text',
    { timeout: patience },
    () => {
      fc.assert(
        fc.property(anyReply, cutsOf, fc.boolean(), (reply, cuts, truncated) => {
          for (const draft of read(reply, cuts, truncated)) {
            expect(draft.sources.every((source) => sources.includes(source))).toBe(true);
            expect(new Set(draft.sources).size).toBe(draft.sources.length);
            expect(draft.droppedCitations).toBeGreaterThanOrEqual(0);
            expect(draft.text).not.toMatch(/\[\s*\d+\s*\]|[\p{Cs}\0\n]/u);
            expect(draft.text).toBe(draft.text.trim().normalize('NFC'));
            expect(draft.text).toMatch(/[\p{L}\p{N}]/u);
          }
        }),
        runs(300),
      );
    },
  );

  const words = fc.constantFrom('Hải Phòng', 'firms', '1.400', 'Techfest', 'ba', 'grew', 'năm', '2024');
  const stops = fc.constantFrom(' ', ', ', '. ', '? ', '.\n', '\n\n');
  it('keeps its words, in their order, whatever pointers stand between', { timeout: patience }, () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(words, fc.option(markers, { nil: '' }), stops), { minLength: 1, maxLength: 15 }),
        cutsOf,
        (parts, cuts) => {
          const reply = parts.map(([word, marker, stop]) => `${word} ${marker}${stop}`).join('');
          const drafts = read(reply, cuts, false);
          const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
          const written = letters(parts.map(([word]) => word).join(''));
          expect(letters(drafts.map((draft) => draft.text).join(''))).toBe(written);
          expect(drafts.every((draft) => draft.droppedCitations === 0)).toBe(true);
          const pointed = parts.some(([, marker]) => marker !== '');
          expect(drafts.some((draft) => draft.sources.length > 0)).toBe(pointed);
        },
      ),
      runs(300),
    );
  });
});
