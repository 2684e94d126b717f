import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseFile } from '../../../src/ingest/parse/parse-file.ts';
import { docx, epub } from '../../support/hostile-archives.ts';
import { makePdf, pdfLines } from '../../support/make-pdf.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const body = 'The council of Haiphong opened a bridge across the river on Monday.';

const valid: Readonly<Record<string, Uint8Array>> = {
  'a.md': encode(
    `---\ntitle: A bridge\nsources: [x, y]\n---\n# B\n\n${body}\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |`,
  ),
  'a.html': encode(
    `<!doctype html><html lang="en"><head><title>A</title><script>1</script></head><body><p>${body}</p></body></html>`,
  ),
  'a.txt': encode(`A bridge\n\n${body}`),
  'a.csv': encode(`id,title,text\n1,"A ""b""",${body}\n2,C,${body}`),
  'a.jsonl': encode(
    `${JSON.stringify({ title: 'A', text: body })}\n${JSON.stringify({ title: 'B', text: body })}`,
  ),
  'a.docx': docx(`<w:p><w:r><w:t>${body}</w:t></w:r></w:p>`),
  'a.epub': epub(`<p>${body}</p>`),
  'a.pdf': makePdf({
    pages: [pdfLines([body, 'Cảng Hải Phòng mở cửa.'], { x: 60, y: 700 })],
    info: { Title: 'A' },
  }),
};

/** One change, at a place that is a share of the length. */
type Change = readonly [kind: 'flip' | 'cut' | 'repeat', place: number, length: number, value: number];

function mutate(bytes: Uint8Array, changes: readonly Change[]): Uint8Array {
  return changes.reduce<Uint8Array>((current, [kind, share, length, value]) => {
    const place = Math.floor(share * current.length);
    const rest = current.subarray(place);
    if (kind === 'flip') return current.map((byte, index) => (index === place ? byte ^ value : byte));
    if (kind === 'cut') return Buffer.concat([current.subarray(0, place), rest.subarray(length)]);
    return Buffer.concat([current.subarray(0, place), rest.subarray(0, length), rest]);
  }, bytes);
}

const change = fc.tuple(
  fc.constantFrom('flip', 'cut', 'repeat'),
  fc.double({ min: 0, max: 0.999, noNaN: true }),
  fc.integer({ min: 1, max: 200 }),
  fc.integer({ min: 1, max: 255 }),
);

describe('a file that was damaged on the way', () => {
  it.each(Object.entries(valid))('is read, or refused with a plain reason (%s)', async (file, bytes) => {
    const whole = await parseFile({ file, bytes, hints: {} });
    expect(whole.failures).toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const { articles, failures } = await parseFile({ file, bytes: mutate(bytes, changes), hints: {} });
        expect(articles.length + failures.length).toBeGreaterThan(0);
        for (const failure of failures) {
          expect(failure).toMatch(/^[\p{Lu}].{5,600}\.$/u);
          expect(failure).not.toMatch(
            /\bat .*:\d+:\d+|\bundefined\b|\[object|Cannot read|is not (?:a function|iterable)|Invalid array length/u,
          );
        }
      }),
      { numRuns: 60, seed: 6 },
    );
  });
});
