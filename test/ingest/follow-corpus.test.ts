import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { followCorpus } from '../../src/ingest/follow-corpus.ts';

let dir: string;
let stop: AbortController;
let following: Promise<void>;
const calls: string[] = [];
const errors: unknown[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'footnote-follow-'));
  stop = new AbortController();
  calls.length = 0;
  errors.length = 0;
});

afterEach(async () => {
  stop.abort();
  await following;
  await rm(dir, { recursive: true, force: true });
});

/** Follows the folder; resolves when changes are noticed. */
async function follow({ update = async () => {}, lookMs = 3_600_000 } = {}): Promise<void> {
  await new Promise<void>((resolve) => {
    following = followCorpus({
      roots: { corpusDir: dir, addedDir: join(dir, 'added') },
      update: async () => {
        calls.push('update');
        await update();
      },
      look: async () => void calls.push('look'),
      lookMs,
      onError: (error) => errors.push(error),
      onReady: resolve,
      signal: stop.signal,
    });
  });
  await vi.waitFor(() => expect(calls).toEqual(['look']), { timeout: 5_000 });
  calls.length = 0;
}

const soon = { timeout: 10_000, interval: 20 };

describe('following a corpus', () => {
  it('looks once at the beginning, and updates once after several quick changes', async () => {
    await follow();
    await mkdir(join(dir, 'news'));
    for (const name of ['a.md', 'b.md', 'news/c.md']) await writeFile(join(dir, name), 'One sentence.');
    await vi.waitFor(() => expect(calls).toEqual(['update']), soon);
  });

  it('updates again for what changes while it updates', async () => {
    let again = () => Promise.resolve();
    await follow({ update: () => again() });
    again = async () => {
      again = () => Promise.resolve();
      await writeFile(join(dir, 'b.md'), 'Another sentence.');
    };
    await writeFile(join(dir, 'a.md'), 'One sentence.');
    await vi.waitFor(() => expect(calls).toEqual(['update', 'update']), soon);
  });

  it('notices removals and what is added through Footnote, but not what is only on its way', async () => {
    await mkdir(join(dir, 'added', '.incoming'), { recursive: true });
    await writeFile(join(dir, 'a.md'), 'One sentence.');
    await follow();
    await writeFile(join(dir, 'added', '.incoming', 'half.md'), 'Half a sen');
    await rm(join(dir, 'a.md'));
    await vi.waitFor(() => expect(calls).toEqual(['update']), soon);
    await writeFile(join(dir, 'added', 'whole.md'), 'A whole sentence.');
    await vi.waitFor(() => expect(calls).toEqual(['update', 'update']), soon);
  });

  it('goes on after an update that failed, and tells of it', async () => {
    let outcome = async (): Promise<void> => {
      throw new Error('the disk is full');
    };
    await follow({ update: () => outcome() });
    await writeFile(join(dir, 'a.md'), 'One sentence.');
    await vi.waitFor(() => expect(errors).toEqual([new Error('the disk is full')]), soon);
    outcome = () => Promise.resolve();
    await writeFile(join(dir, 'a.md'), 'Two sentences. Here.');
    await vi.waitFor(() => expect(calls).toEqual(['update', 'update']), soon);
  });

  it('makes up with a later look for an update that failed', async () => {
    let outcome = async (): Promise<void> => {
      outcome = () => Promise.resolve();
      throw new Error('another ingest is writing the index');
    };
    await follow({ update: () => outcome(), lookMs: 1_000 });
    await writeFile(join(dir, 'a.md'), 'One sentence.');
    await vi.waitFor(() => expect(calls.filter((call) => call === 'update')).toHaveLength(2), soon);
    await sleep(1_200);
    expect(calls.filter((call) => call === 'update')).toHaveLength(2);
  });

  it('looks again and again without any change', async () => {
    await follow({ lookMs: 50 });
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(2), soon);
    expect(new Set(calls)).toEqual(new Set(['look']));
  });

  it('updates for a change that is noticed when a look is due as well', async () => {
    let again = () => Promise.resolve();
    await follow({ update: () => again(), lookMs: 1_000 });
    again = async () => {
      again = () => Promise.resolve();
      await writeFile(join(dir, 'b.md'), 'Another sentence.');
      // Longer than until the next look.
      await sleep(1_500);
    };
    await writeFile(join(dir, 'a.md'), 'One sentence.');
    await vi.waitFor(() => expect(calls.filter((call) => call === 'update')).toHaveLength(2), soon);
  });

  it('follows a folder whose own name is hidden', async () => {
    const parent = dir;
    dir = join(parent, '.articles');
    await mkdir(dir);
    await follow();
    await writeFile(join(dir, 'a.md'), 'One sentence.');
    await vi.waitFor(() => expect(calls).toEqual(['update']), soon);
    dir = parent;
  });

  it('ends when it is stopped', async () => {
    await follow();
    stop.abort();
    await expect(following).resolves.toBeUndefined();
  });
});
