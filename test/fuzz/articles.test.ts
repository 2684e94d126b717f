import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { FootnoteError } from '../../src/domain/errors.ts';
import { sliceSpan } from '../../src/domain/span.ts';
import { readSidecar } from '../../src/ingest/added/sidecar.ts';
import { readFrontMatter } from '../../src/ingest/extract/front-matter.ts';
import { extractMarkdown } from '../../src/ingest/extract/markdown.ts';
import { segmentSentences } from '../../src/ingest/split/sentences.ts';
import { patience, runs } from './runs.ts';

/** The result of `read`, or the error that an operator is shown. */
function orRefusal<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FootnoteError)) throw error;
    expectRefusal(error);
    return undefined;
  }
}

function expectRefusal(error: FootnoteError): void {
  expect(error.code).toBe('unreadable-article');
  expect(error.message).not.toMatch(/[\r\n]/u);
  expect(error.remedy).toBeDefined();
}

const marks = [
  '# ',
  '## ',
  '- ',
  '1. ',
  '> ',
  '    ',
  '\t',
  '```',
  '~~~',
  '|',
  '|-|',
  '---',
  '***',
  '[',
  ']',
  '(',
  ')',
  '![',

  '**',
  '_',
  '~~',
  '`',
  '<',
  '>',
  '</',
  '<script>',
  '<b>',
  '<!--',
  '&#0;',
  '&#xd800;',
  '&amp;',
  '\\',
  '[^1]',
  '[^1]: ',

  'https://x.y',
  '@',
  '<a@b.c>',
  'www.',
  '\n',
  '\n\n',
  '\r\n',
  'word ',
  'đá ',
  '👩‍🔬',
  '\u0301',
  '[a]: /u "t"',
  '- [x] ',
];
const unit = fc.oneof(fc.constantFrom(...marks), fc.string({ unit: 'grapheme', maxLength: 5 }));
const anyMarkdown = fc.array(unit, { maxLength: 60 }).map((parts) => parts.join(''));

function expectBlocks(markdown: string): void {
  const document = orRefusal(() => extractMarkdown(markdown));
  for (const block of document?.blocks ?? []) {
    expect(block.text).not.toMatch(/\p{Cs}|\0/u);
    expect(block.text.trim()).not.toBe('');
    expect([1, 2, 3, 4, 5, 6]).toContain(block.kind === 'heading' ? block.level : 1);
  }
}

describe('any Markdown', () => {
  it('of numbered lists in one another does not exhaust the stack (saved counterexample)', () => {
    expect(extractMarkdown('1. '.repeat(1_667)).blocks).not.toEqual([]);
    expect(extractMarkdown('1) > '.repeat(1_000)).blocks).not.toEqual([]);
  });

  it('is read as blocks of well-formed text', { timeout: patience }, () => {
    fc.assert(fc.property(anyMarkdown, expectBlocks), runs(400));
  });

  it(
    'of 5,000 characters that say the same again and again is read within a second',
    { timeout: patience },
    () => {
      fc.assert(
        fc.property(
          fc.array(unit, { minLength: 1, maxLength: 4 }),
          fc.constantFrom('', '\n'),
          (parts, end) => {
            const part = parts.join('') + end;
            const started = performance.now();
            expectBlocks(part.repeat(Math.ceil(5_000 / Math.max(1, part.length))).slice(0, 5_000));
            expect(performance.now() - started).toBeLessThan(1_000);
          },
        ),
        runs(200),
      );
    },
  );
});

const yamlParts = fc.constantFrom(
  'title: ',
  'id: ',
  'language: ',
  'publishedAt: ',
  'sourceUrl: ',
  'sources: ',
  '__proto__: ',
  '\n',
  '\n  ',
  '- ',
  ': ',

  '&a ',
  '*a',
  '!!js ',
  '!!binary ',
  '|',
  '>',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '#',
  '---',
  '...',
  '? ',
  '<<: ',
  '%YAML 1.2',

  '2024-13-01',
  '2024-04-05',
  'en',
  'javascript:x',
  'https://x.y',
  'null',
  '~',
  '.inf',
  '0x10',
  '\t',
  '\0',
  '\ud800',
);
const anyYaml = fc
  .array(fc.oneof(yamlParts, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 30 })
  .map((parts) => parts.join(''));

describe('any front matter', () => {
  it('is read or refused in one line, and the article follows it', { timeout: patience }, () => {
    fc.assert(
      fc.property(anyYaml, fc.string(), fc.constantFrom('\n', '\r\n'), (yaml, body, end) => {
        const raw = ['---', yaml, '---', body].join(end);
        const read = orRefusal(() => readFrontMatter(raw));
        if (!read) return;
        expect(raw.endsWith(read.body)).toBe(true);
        expect(read.body.endsWith(body)).toBe(true);
        expect(read.metadata.title ?? 'x').not.toMatch(/^$|[\r\n]/u);
        expect(read.metadata.sourceUrl ?? 'https://').toMatch(/^https?:/u);
        expect(read.metadata.publishedAt ?? '2024-01-01').toMatch(/^\d{4}-\d{2}-\d{2}/u);
      }),
      runs(400),
    );
  });
});

describe('any file of metadata', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'footnote-fuzz-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const member = fc.constantFrom(
    'given',
    'feed',
    'fetched',
    'id',
    'title',
    'language',
    'sourceUrl',
    '__proto__',
  );
  const value = fc.oneof(fc.jsonValue(), fc.dictionary(member, fc.jsonValue()));
  const content = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.dictionary(member, value).map((object) => `\ufeff${JSON.stringify(object)}`),
    fc.dictionary(member, value).map((object) => JSON.stringify(object).slice(0, -1)),
  );
  it('is refused in one line though its text has several (saved counterexample)', async () => {
    await writeFile(join(folder, 'b.md.meta.json'), '\n\0');
    const error: unknown = await readSidecar(join(folder, 'b.md')).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ message: expect.stringMatching(/^The file b\.md\.meta\.json .*$/u) });
  });

  it('is read or refused in one line that names it', { timeout: patience }, async () => {
    await fc.assert(
      fc.asyncProperty(content, async (text) => {
        await writeFile(join(folder, 'a.md.meta.json'), text);
        const result = await readSidecar(join(folder, 'a.md')).catch((error: unknown) => error);
        const refused = result instanceof FootnoteError;
        expect(result instanceof Error).toBe(refused);
        expect(refused ? result.message : 'The file a.md.meta.json ').toMatch(
          /^The file a\.md\.meta\.json .*$/u,
        );
      }),
      runs(200),
    );
  });
});

describe('the sentences of any text', () => {
  const pieces = fc.constantFrom(
    'A firm. ',
    'No. 5 ',
    '“Yes.” ',
    '👩‍🔬',
    '👍🏽.',
    '𝔘. ',
    '𠮷。',
    '.',
    ' ',
    'Đá',
    '? ',
    '…',
    '\n',
    '\n\n',
    '1.',
    '- ',
    ';',
  );
  const anyText = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 50 })
    .map((parts) => parts.join('').replaceAll('\r', '').normalize('NFC'));
  const language = fc.constantFrom('en' as const, 'vi' as const);

  it('cut no character in half and are the same whatever ends the lines', { timeout: patience }, () => {
    fc.assert(
      fc.property(anyText, language, (text, lang) => {
        const spans = segmentSentences(text, lang);
        for (const span of spans) expect(sliceSpan(text, span)).not.toMatch(/\p{Cs}/u);
        const windows = text.replaceAll('\n', '\r\n');
        const read = segmentSentences(windows, lang).map((span) => sliceSpan(windows, span));
        expect(read.map((sentence) => sentence.replaceAll('\r\n', '\n'))).toEqual(
          spans.map((span) => sliceSpan(text, span)),
        );
      }),
      runs(400),
    );
  });
});
