import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { projectDir } from '../support/folders.ts';

/** Bytes after gzip. */
const budget = 12_000;

describe('the script of the admin page', () => {
  const code = readFileSync(join(projectDir, 'dist', 'widget', 'admin.js'), 'utf8');

  it('stays within its budget, in one piece, so that the widget stays in one too', () => {
    const size = gzipSync(code).length;
    expect(size).toBeGreaterThan(3_000);
    expect(size).toBeLessThanOrEqual(budget);
    expect(code).not.toMatch(/\bimport\s*[{("']/u);
  });

  it('holds nothing that a strict policy forbids, and no HTML made of strings', () => {
    expect(code).not.toMatch(/\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write/u);
  });
});
