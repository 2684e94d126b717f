import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { maxFileBytes } from '../../src/ingest/limits.ts';
import { loadCorpus } from '../../src/ingest/load-corpus.ts';
import { decodeText } from '../../src/ingest/load/decode.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'footnote-load-'));
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function load(): Promise<string[]> {
  const lines: string[] = [];
  for await (const file of loadCorpus({ dir })) {
    lines.push(`${file.kind} ${file.file}${file.kind === 'article' ? '' : `: ${file.reason}`}`);
  }
  return lines;
}

const text = 'One sentence stands here. Another one follows it.';

describe('loadCorpus', () => {
  it('reads article files of all folders in order and lists the others', async () => {
    await mkdir(join(dir, 'b'));
    await mkdir(join(dir, '.git'));
    for (const file of ['b/z.HTM', 'b/a.txt', 'a.markdown', 'notes.docx', '.hidden.txt', '.git/c.txt']) {
      await writeFile(join(dir, file), text);
    }
    expect(await load()).toEqual([
      expect.stringContaining('skipped notes.docx: not an article format'),
      'article a.markdown',
      'article b/a.txt',
      'article b/z.HTM',
    ]);
  });

  it('does not follow links that leave the folder, nor in circles', async () => {
    await mkdir(join(dir, 'corpus/inner'), { recursive: true });
    await writeFile(join(dir, 'secret.txt'), text);
    await writeFile(join(dir, 'corpus/inner/a.txt'), text);
    await symlink('../secret.txt', join(dir, 'corpus/link.txt'));
    await symlink('..', join(dir, 'corpus/inner/loop'));
    dir = join(dir, 'corpus');
    expect(await load()).toEqual([
      'skipped link.txt: a link that leaves the corpus folder',
      'article inner/a.txt',
    ]);
    dir = join(dir, '..');
  });

  it('refuses a file that is too large', async () => {
    await writeFile(join(dir, 'big.txt'), text);
    await truncate(join(dir, 'big.txt'), maxFileBytes + 1);
    expect(await load()).toEqual([expect.stringContaining('failed big.txt: The file has 10000001 bytes')]);
  });

  it('refuses Markdown and web pages that would take minutes to parse', async () => {
    await writeFile(join(dir, 'a.html'), `${'<div>'.repeat(3_000)}${text}${'</div>'.repeat(3_000)}`);
    await writeFile(join(dir, 'b.md'), '- item\n'.repeat(50_000));
    expect(await load()).toEqual([
      expect.stringContaining('failed a.html: The page nests more than 256 elements'),
      expect.stringContaining('failed b.md: The file has 350000 characters'),
    ]);
  });

  it('reports an empty file and goes on', async () => {
    await writeFile(join(dir, 'a.txt'), ' \n');
    await writeFile(join(dir, 'b.txt'), text);
    expect(await load()).toEqual([
      expect.stringContaining('failed a.txt: The file holds no text'),
      'article b.txt',
    ]);
  });

  it('stops when it is aborted', async () => {
    await writeFile(join(dir, 'a.txt'), text);
    const files = loadCorpus({ dir, signal: AbortSignal.abort() });
    await expect(files.next()).rejects.toThrow(/abort/iu);
  });
});

describe('decodeText', () => {
  it('takes the charset that a page declares', () => {
    const bytes = Buffer.from('<meta charset="windows-1251"><p>\xcf\xf0\xe8\xe2\xe5\xf2</p>', 'latin1');
    expect(decodeText(bytes, { html: true })).toContain('Привет');
  });

  it('reads UTF-16 with a byte order mark in both orders', () => {
    const little = Buffer.from('\ufeffKhoa học', 'utf16le');
    const big = Buffer.from(little).swap16();
    expect(decodeText(little, { html: false })).toBe('Khoa học');
    expect(decodeText(big, { html: false })).toBe('Khoa học');
  });

  it('guesses a Western encoding where nothing is declared', () => {
    const latin = Buffer.from(
      'Le café près de la forêt est fermé, a déclaré le maire à la télévision.',
      'latin1',
    );
    expect(decodeText(latin, { html: false })).toContain('café près de la forêt');
  });

  it('refuses binary data', () => {
    expect(() => decodeText(Buffer.from([0x89, 0x50, 0, 0, 1]), { html: false })).toThrow('cannot be read');
  });
});
