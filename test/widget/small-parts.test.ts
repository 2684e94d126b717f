import { describe, expect, it } from 'vitest';

import { dateIn } from '../../src/widget/dates.ts';
import { onServer, webAddress } from '../../src/widget/links.ts';
import { placeBeside } from '../../src/widget/place.ts';
import { parseRetryAfter } from '../../src/widget/retry-after.ts';

describe('webAddress', () => {
  it.each([
    ['https://a.example/b?c=d#:~:text=The%20fair,days', 'https://a.example/b?c=d#:~:text=The%20fair,days'],
    ['http://a.example', 'http://a.example/'],
    ['javascript:alert(1)', undefined],
    [' java\nscript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['/articles/x', undefined],
    [undefined, undefined],
  ])('makes of %j %j', (address, expected) => {
    expect(webAddress(address)).toBe(expected);
  });
});

describe('onServer', () => {
  it.each([
    ['/articles/x?cite=1-2', 'https://a.example', 'https://a.example/articles/x?cite=1-2'],
    ['api/answers', 'https://a.example/base', 'https://a.example/base/api/answers'],
    ['/api/answers', 'https://a.example/base/', 'https://a.example/base/api/answers'],
    ['//evil.example/x', 'https://a.example/', 'https://a.example/evil.example/x'],
    ['api/answers', 'nonsense', undefined],
  ])('puts %j on %j', (path, endpoint, expected) => {
    expect(onServer(path, endpoint)).toBe(expected);
  });
});

describe('dateIn', () => {
  it('writes dates as the reader does, and leaves what is none', () => {
    expect(dateIn('en-GB', '2024-05-14')).toBe('14 May 2024');
    expect(dateIn('vi', '2024-05-14')).toBe('14 tháng 5, 2024');
    expect(dateIn('en-GB', '2024-13-45')).toBe('2024-13-45');
  });
});

describe('parseRetryAfter', () => {
  const now = Date.parse('2024-06-01T12:00:00Z');
  it.each([
    ['30', 30],
    [' 0 ', 0],
    ['Sat, 01 Jun 2024 12:00:20 GMT', 20],
    ['Sat, 01 Jun 2024 11:00:00 GMT', 0],
    ['999999', 3_600],
    ['soon', undefined],
    ['-5', 0],
    [null, undefined],
  ])('reads %j as %j', (value, expected) => {
    expect(parseRetryAfter(value, now)).toBe(expected);
  });
});

describe('placeBeside', () => {
  const size = { width: 300, height: 100 };
  it.each([
    ['under its anchor', { left: 200, top: 50, bottom: 70 }, { left: 184, top: 76 }],
    ['above where there is more room', { left: 200, top: 700, bottom: 720 }, { left: 184, top: 594 }],
    ['inside at the right edge', { left: 780, top: 50, bottom: 70 }, { left: 492, top: 76 }],
    ['inside at the left edge', { left: 0, top: 50, bottom: 70 }, { left: 8, top: 76 }],
  ])('places a box %s', (_where, anchor, expected) => {
    expect(placeBeside(anchor, size, { width: 800, height: 760 })).toEqual(expected);
  });

  it('never leaves the viewport, however small that is', () => {
    const place = placeBeside({ left: 90, top: 40, bottom: 60 }, size, { width: 100, height: 80 });
    expect(place).toEqual({ left: 8, top: 8 });
  });
});
