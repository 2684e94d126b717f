import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { html, join } from '../../src/http/pages/html.ts';
import { safeUrl } from '../../src/http/pages/safe-url.ts';
import { patience, runs } from './runs.ts';

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom('<', '>', '"', "'", '&', '&lt;', '&#39;', '</p>', '<script>', '<!--', '`', '$&', '\0'),
      fc.string({ unit: 'binary', maxLength: 10 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

/** What a browser reads of an escaped text. */
function unescape(markup: string): string {
  const characters = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }));
  return markup.replace(/&(amp|lt|gt|quot|#39);/gu, (whole, name: string) => characters.get(name) ?? whole);
}

describe('any text in a page', () => {
  it('is text between tags and in attributes, and all of it', { timeout: patience }, () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 5 }), anyText, (items, title) => {
        const list = items.map((item) => html`<li>${item}</li>`);
        const { markup } = html`<ul title="${title}">
          ${list}${join(list)}
        </ul>`;
        const [, attribute = '', inside = ''] = /^<ul title="([^"]*)">(.*)<\/ul>$/su.exec(markup) ?? [];
        expect(attribute).not.toMatch(/[<>"']/u);
        expect(unescape(attribute)).toBe(title);
        const read = inside.split(/<li>|<\/li>/u).filter((_, index) => index % 2 === 1);
        expect(read.join('')).not.toMatch(/[<>"']/u);
        expect(read.map(unescape)).toEqual([...items, ...items]);
      }),
      runs(400),
    );
  });
});

describe('any address in a page', () => {
  const schemes = fc.constantFrom(
    'javascript:',
    'java\nscript:',
    'data:',
    ' https://',
    'HTTP://',
    'https:',
    '//',
    '',
  );
  it('is a link to a web page or none', { timeout: patience }, () => {
    fc.assert(
      fc.property(schemes, anyText, (scheme, rest) => {
        const link = safeUrl(scheme + rest);
        if (link === undefined) return;
        expect(link).toMatch(/^https?:\/\//u);
        expect(link).not.toMatch(/[<>\s]/u);
      }),
      runs(400),
    );
  });
});
