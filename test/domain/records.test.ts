import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { errorMessage, FootnoteError, isAbortError } from '../../src/domain/errors.ts';
import { hasFilters } from '../../src/domain/filters.ts';
import { articleFingerprint, sha256 } from '../../src/domain/fingerprint.ts';
import { passageId } from '../../src/domain/passage.ts';
import { sliceSpan, spansOverlap } from '../../src/domain/span.ts';

const article = {
  id: 'nets',
  version: sha256('Nets.'),
  title: 'Nets',
  language: 'en' as const,
  text: 'Nets.',
  headings: [],
};

describe('a fingerprint', () => {
  it('is the SHA-256 of the UTF-8 text', () => {
    expect(sha256('khoa học')).toBe(createHash('sha256').update(Buffer.from('khoa học')).digest('hex'));
  });

  it('of an article changes with its text, its metadata and the rules of splitting, and with nothing else', () => {
    const same = articleFingerprint({ ...article }, '1');
    expect(articleFingerprint(article, '1')).toBe(same);
    expect(articleFingerprint({ ...article, title: 'Knots' }, '1')).not.toBe(same);
    expect(articleFingerprint({ ...article, publishedAt: '2024-01-01' }, '1')).not.toBe(same);
    expect(articleFingerprint({ ...article, version: sha256('Other.') }, '1')).not.toBe(same);
    expect(articleFingerprint(article, '2')).not.toBe(same);
  });
});

describe('a passage id', () => {
  it('tells the article, its version and the place', () => {
    expect(passageId(article, { start: 3, end: 17 })).toBe(`nets:${article.version.slice(0, 8)}:3-17`);
  });
});

describe('spans', () => {
  it('count UTF-16 code units, ends exclusive', () => {
    expect(sliceSpan('a🛶b', { start: 1, end: 3 })).toBe('🛶');
  });

  it('overlap only when they share a code unit', () => {
    expect(spansOverlap({ start: 0, end: 2 }, { start: 2, end: 4 })).toBe(false);
    expect(spansOverlap({ start: 0, end: 3 }, { start: 2, end: 4 })).toBe(true);
  });
});

describe('filters', () => {
  it('restrict only when one of them is set', () => {
    expect([undefined, {}].map((filters) => hasFilters(filters))).toEqual([false, false]);
    expect(hasFilters({ articleIds: [] })).toBe(true);
    expect(hasFilters({ publishedFrom: '2024-01-01' })).toBe(true);
  });
});

describe('errors', () => {
  it('carry a code, a message for people and the way to mend it', () => {
    const cause = new Error('inner');
    const error = new FootnoteError('timeout', 'Too slow.', { remedy: 'Wait.', cause });
    expect(error).toMatchObject({
      name: 'FootnoteError',
      code: 'timeout',
      message: 'Too slow.',
      remedy: 'Wait.',
      cause,
    });
    expect(new FootnoteError('timeout', 'Too slow.').remedy).toBeUndefined();
  });

  it('have a message whatever was thrown', () => {
    expect([new Error('one'), 'two', 3].map(errorMessage)).toEqual(['one', 'two', '3']);
  });

  it('of aborted work are told from others', () => {
    expect(isAbortError(new DOMException('gone', 'AbortError'))).toBe(true);
    expect(isAbortError(AbortSignal.abort().reason)).toBe(true);
    expect(isAbortError(new Error('AbortError'))).toBe(false);
    expect(isAbortError('AbortError')).toBe(false);
  });
});
