import { appendFile, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { writeSidecar } from '../../src/ingest/added/sidecar.ts';
import { type CorpusRoots, rootsOf } from '../../src/ingest/load/corpus-roots.ts';
import { decodeText } from '../../src/ingest/load/decode.ts';
import { listFiles } from '../../src/ingest/load/list-files.ts';
import { readSource } from '../../src/ingest/load/read-source.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'footnote-load-'));
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function list(roots: CorpusRoots = rootsOf(dir)): Promise<string[]> {
  const { files, skipped, failed } = await listFiles(roots);
  return [
    ...files,
    ...skipped.map(({ file, reason }) => `skipped ${file}: ${reason}`),
    ...failed.map(({ file, reason }) => `failed ${file}: ${reason}`),
  ];
}

const text = 'One sentence stands here. Another one follows it.';

describe('listFiles', () => {
  it('lists the article files of all folders in order, and the others', async () => {
    await mkdir(join(dir, 'b'));
    await mkdir(join(dir, '.git'));
    const names = ['b/z.HTM', 'b/a.pdf', 'a.markdown', 'notes.doc', '.hidden.txt', '.git/c.txt'];
    for (const file of names) await writeFile(join(dir, file), text);
    expect(await list()).toEqual([
      'a.markdown',
      'b/a.pdf',
      'b/z.HTM',
      expect.stringMatching(/^skipped notes\.doc: not an article format \(.*\.docx/u),
    ]);
  });

  it('does not follow links that leave the folder, nor in circles', async () => {
    await mkdir(join(dir, 'corpus/inner'), { recursive: true });
    await writeFile(join(dir, 'secret.txt'), text);
    await writeFile(join(dir, 'corpus/inner/a.txt'), text);
    await symlink('../secret.txt', join(dir, 'corpus/link.txt'));
    await symlink('..', join(dir, 'corpus/inner/loop'));
    expect(await list(rootsOf(join(dir, 'corpus')))).toEqual([
      'inner/a.txt',
      'skipped link.txt: a link that leaves the corpus folder',
    ]);
  });

  it.each(['corpus/added', 'elsewhere'])(
    'lists what was added through Footnote as added/…, from %s',
    async (added) => {
      const roots = { corpusDir: join(dir, 'corpus'), addedDir: join(dir, added) };
      await mkdir(roots.corpusDir);
      await mkdir(join(roots.addedDir, '.incoming'), { recursive: true });
      await writeFile(join(roots.corpusDir, 'sources.yml'), '[]');
      const own = ['b.md', 'b.md.meta.json', 'withdrawn.json', '.incoming/c.txt'];
      for (const file of own) await writeFile(join(roots.addedDir, file), text);
      await writeFile(join(roots.corpusDir, 'a.md'), text);
      expect(await list(roots)).toEqual(['a.md', 'added/b.md']);
    },
  );

  it('stops when it is aborted', async () => {
    await expect(listFiles(rootsOf(dir), AbortSignal.abort())).rejects.toThrow(/abort/iu);
  });
});

describe('readSource', () => {
  it('gives the same digest to the same bytes, and another when what is said beside them changes', async () => {
    const file = join(dir, 'a.txt');
    await writeFile(file, text);
    const first = await readSource(file, { maxBytes: 1_000 });
    expect((await readSource(file, { maxBytes: 1_000 })).digest).toBe(first.digest);
    await writeSidecar(file, { given: { title: 'Two sentences' } });
    const second = await readSource(file, { maxBytes: 1_000 });
    expect(second.digest).not.toBe(first.digest);
    expect(second.hints).toEqual({ given: { title: 'Two sentences' } });
  });

  it('refuses a file that is too large, without reading it', async () => {
    const file = join(dir, 'big.txt');
    await writeFile(file, text);
    await truncate(file, 5_000_000_000);
    await expect(readSource(file, { maxBytes: 1_000 })).rejects.toThrow(
      /has 5000000000 bytes.*MAX_FILE_BYTES/u,
    );
  });

  it('refuses a file beside which stands something that it cannot use', async () => {
    await writeFile(join(dir, 'a.txt'), text);
    await writeFile(join(dir, 'a.txt.meta.json'), '{"given": {"publishedAt": "soon"}}');
    await expect(readSource(join(dir, 'a.txt'), { maxBytes: 1_000 })).rejects.toThrow(/a\.txt\.meta\.json/u);
  });

  it('never takes a file that is being written for a whole one', async () => {
    const file = join(dir, 'growing.txt');
    await writeFile(file, 'A');
    const writing = new AbortController();
    const writer = (async () => {
      while (!writing.signal.aborted) await appendFile(file, 'A'.repeat(1_000));
    })();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => readSource(file, { maxBytes: 1_000_000_000 })),
    );
    writing.abort();
    await writer;
    const reasons = outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.every((reason) => reason.includes('changed while it was being read'))).toBe(true);
    expect((await readSource(file, { maxBytes: 1_000_000_000 })).bytes.length).toBeGreaterThan(1_000);
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
