import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { projectDir } from '../support/folders.ts';

/** Bytes of the widget after gzip, with all that it loads: the promise of the README. */
const budget = 25_000;

/** A script with everything that it imports, by path. */
function load(path: string, files = new Map<string, Buffer>()): Map<string, Buffer> {
  if (files.has(path)) return files;
  const content = readFileSync(path);
  files.set(path, content);
  for (const [, name = ''] of content
    .toString('utf8')
    .matchAll(/(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/gu)) {
    load(join(dirname(path), name), files);
  }
  return files;
}

describe('the bundle of the widget', () => {
  it('stays within its budget', () => {
    const files = load(join(projectDir, 'dist', 'widget', 'widget.js'));
    const size = [...files.values()].reduce((sum, content) => sum + gzipSync(content).length, 0);
    process.stdout.write(`widget.js with its imports: ${size} bytes after gzip, of ${budget}\n`);
    expect(files.size, 'npm run build makes the bundle').toBeGreaterThan(1);
    expect(size).toBeGreaterThan(5_000);
    expect(size).toBeLessThanOrEqual(budget);
  });

  it('holds nothing that a strict policy forbids, and no HTML made of strings', () => {
    const code = [...load(join(projectDir, 'dist', 'widget', 'widget.js')).values()].join('\n');
    expect(code).not.toMatch(/\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write/u);
  });

  it('defines the element only when it is asked to', () => {
    const entry = readFileSync(join(projectDir, 'dist', 'widget', 'widget.module.js'), 'utf8');
    expect(
      entry.replaceAll(/(?:import|export)\s*\{[^}]*\}\s*(?:from\s*["'][^"']+["'])?;?/gu, '').trim(),
    ).toBe('');
  });
});
