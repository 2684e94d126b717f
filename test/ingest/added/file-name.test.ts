import { describe, expect, it } from 'vitest';

import { distinctNames, maxNameBytes, safeFileName } from '../../../src/ingest/added/file-name.ts';

describe('the name under which a file is kept', () => {
  it.each([
    ['boats.md', 'boats.md'],
    ['Đường thủy miền Tây.docx', 'Đường thủy miền Tây.docx'],
    ['Đường thủy.md'.normalize('NFD'), 'Đường thủy.md'.normalize('NFC')],
    ['../../etc/passwd.txt', 'passwd.txt'],
    [String.raw`C:\Users\me\boats.md`, 'boats.md'],
    ['..', 'article'],
    ['', 'article'],
    ['.hidden.md', 'hidden.md'],
    ['. .boats.md. ', 'boats.md'],
    ['a\u0000b\nc\u007F.md', 'abc.md'],
    ['report\u202Efdp.md', 'reportfdp.md'],
    ['zero\u200Bwidth\u2066.md', 'zerowidth.md'],
    ['lone\uD800.md', 'lone.md'],
    ['what? "now": <yes>|*.md', 'what- -now- -yes-.md'],
    ['con.md', '_con.md'],
    ['LPT1.tar.md', '_LPT1.tar.md'],
    ['COM¹.md', '_COM¹.md'],
    ['console.md', 'console.md'],
    ['%2e%2e%2fboats.md', '%2e%2e%2fboats.md'],
  ])('is safe everywhere: %j is %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  it('is short enough, ends as before, and stays apart from names that begin alike', () => {
    const start = 'ặ'.repeat(200);
    const [one, other] = [safeFileName(`${start}1.md`), safeFileName(`${start}2.md`)];
    expect(Buffer.byteLength(one)).toBeLessThanOrEqual(maxNameBytes);
    expect(one).toMatch(/^ặ+-[0-9a-f]{12}\.md$/u);
    expect(other).not.toBe(one);
  });

  it('is its own among those sent together, also where case does not count', () => {
    expect(distinctNames(['index.html', 'Index.HTML', 'index.html', 'other.html'])).toEqual([
      'index.html',
      'Index-2.HTML',
      'index-3.html',
      'other.html',
    ]);
  });
});
