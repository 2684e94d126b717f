import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Article, Heading } from '../../src/domain/article.ts';
import { sha256 } from '../../src/domain/fingerprint.ts';
import { type Span, sliceSpan } from '../../src/domain/span.ts';
import { normaliseText } from '../../src/ingest/clean/characters.ts';
import { splitArticle } from '../../src/ingest/split/passages.ts';
import { segmentSentences } from '../../src/ingest/split/sentences.ts';
import { articleOf } from './article-of.ts';

const pieces = fc.constantFrom(
  ...'Mr. |No. 5 |e.g. |1.400|3.5 |... |…|. |? |!|"|”|(|)|; |, |1. |Khoa học |đ|TP. |word |Word |A|- |# '.split(
    '|',
  ),
  ...'\n|\r\n|\n\n|\u2028|\u0085|\t|\u00a0|\u200b|\ufeff|\u200d|\u0301|\u0323|\0'.split('|'),
  ...'👩‍🔬|👍🏽|🇻🇳|\ud83d|\udc69'.split('|'),
  'x'.repeat(600),
);
const anyText = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
    .map((units) => String.fromCharCode(...units)),
);
const language = fc.constantFrom('en' as const, 'vi' as const);

/** In order, disjoint, trimmed, not empty, within `outer`, and everything else there is white space. */
function expectTiling(text: string, spans: readonly Span[], outer: Span): void {
  let end = outer.start;
  for (const span of spans) {
    expect(span.start).toBeGreaterThanOrEqual(end);
    expect(span.end).toBeGreaterThan(span.start);
    expect(text.slice(end, span.start).trim()).toBe('');
    expect(sliceSpan(text, span)).toBe(sliceSpan(text, span).trim());
    end = span.end;
  }
  expect(end).toBeLessThanOrEqual(outer.end);
  expect(text.slice(end, outer.end).trim()).toBe('');
}

/** An article whose every third line, if any, is a heading. */
function withHeadings(text: string, levels: readonly number[]): Article {
  const lines = Array.from(text.matchAll(/[^\n\r\u2028\u2029]+/gu));
  const headings = lines.flatMap((match, index): Heading[] => {
    const line = match[0].trim();
    const start = match.index + match[0].indexOf(line);
    const level = levels[index % levels.length];
    if (line === '' || level === undefined || index % 3 !== 0) return [];
    return [{ start, end: start + line.length, level }];
  });
  return { id: 'a', version: sha256(text), title: 'A', language: 'en', text, headings };
}

describe('sentences of arbitrary text', () => {
  it('tile it', () => {
    fc.assert(
      fc.property(anyText, language, (text, lang) => {
        const spans = segmentSentences(text, lang);
        expectTiling(text, spans, { start: 0, end: text.length });
        const quoted = spans.map((span) => sliceSpan(text, span)).join('');
        expect(quoted.replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
      }),
      { numRuns: 500 },
    );
  });
});

describe('passages of arbitrary text', () => {
  it('tile it with whole sentences and keep every heading', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
        (text, levels) => {
          const article = withHeadings(text, levels);
          const passages = splitArticle(article);
          expectTiling(text, passages, { start: 0, end: text.length });
          for (const passage of passages) {
            expectTiling(text, passage.sentences, passage);
            expect(passage.id).toBe(`a:${article.version.slice(0, 8)}:${passage.start}-${passage.end}`);
          }
          const sentences = passages.flatMap((passage) => passage.sentences);
          expect(sentences).toEqual(segmentSentences(text, 'en', article.headings));
          expect(sentences.filter((sentence) => sentence.heading).length).toBe(article.headings.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('normaliseText on arbitrary text', () => {
  it('is done after one time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
        expect(once).toBe(once.normalize('NFC'));
      }),
      { numRuns: 500 },
    );
  });
});

describe('articles of arbitrary files', () => {
  it.each(['a.txt', 'a.md', 'a.html'])('tile their text: %s', (file) => {
    fc.assert(
      fc.property(anyText, (text) => {
        const article = articleOf(
          file,
          `${text.replaceAll('\0', '')}\n\nOne real sentence stands at the end of this file.`,
        );
        expect(article.title).not.toBe('');
        expectTiling(article.text, splitArticle(article), { start: 0, end: article.text.length });
        for (const heading of article.headings) expect(sliceSpan(article.text, heading)).not.toBe('');
      }),
      { numRuns: 60 },
    );
  });
});

describe('a line of a million characters', () => {
  it.each(['Hello there world. ', 'x', '. ', 'a\u0301', ')', '…', 'word ', 'Mr. A; '])(
    'of "%s" takes seconds at most',
    (unit) => {
      const text = unit.repeat(1_000_000 / unit.length);
      const started = performance.now();
      const spans = segmentSentences(text, 'en');
      expect(performance.now() - started).toBeLessThan(10_000);
      expect(spans.length).toBeGreaterThan(0);
    },
  );
});
