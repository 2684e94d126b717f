import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import type { AddedStore, FileToKeep, NewJob } from '../../src/ingest/added/added-store.ts';
import type { Sidecar } from '../../src/ingest/added/sidecar.ts';
import type { StagedFile, StagedJob } from '../../src/ingest/added/staged-job.ts';
import { createFolder } from '../support/folders.ts';

/** A place for what is added, with a look at what has come into it. */
export interface AddedPlace {
  /** Another store of the same place. */
  open(options: { readonly maxFileBytes: number }): AddedStore;
  /** What is there, as text, by path. */
  kept(): Promise<Record<string, { readonly text: string; readonly sidecar: Sidecar | undefined }>>;
  /** Number of files that wait with a job. */
  waiting(): Promise<number>;
}

/** A job with these files. */
export function addingJob(files: readonly FileToKeep[], number = 0): NewJob {
  const id = `20260101T${String(number).padStart(9, '0')}Z-0000-00000000`;
  return { id, createdAt: '2026-01-01T00:00:00.000Z', subject: ['s'], work: { files } };
}

/** The files of a job that was accepted. */
export function filesOf({ task }: StagedJob): readonly StagedFile[] {
  return task.type === 'add' ? task.files : [];
}

/** What every store of added files does. */
export function addedStoreContract(name: string, newPlace: () => Promise<AddedPlace>): void {
  let place: AddedPlace;
  beforeEach(async () => {
    place = await newPlace();
  });
  const open = (maxFileBytes = 1_000) => place.open({ maxFileBytes });

  async function add(file: FileToKeep, number = 0) {
    const store = open();
    const job = await store.accept(addingJob([file], number));
    const paths = await store.place(job, filesOf(job));
    return { store, job, paths };
  }

  describe(`what is sent to ${name}`, () => {
    it('waits with its job until it is put in its place, from wherever it came', async () => {
      const folder = await createFolder();
      onTestFinished(() => folder.remove());
      const upload = join(folder.path, 'upload');
      await writeFile(upload, 'a file');
      const given = { id: 'the-boats', publishedAt: '2026-01-02' };
      const job = await open().accept(
        addingJob([
          { name: 'file.md', content: { path: upload }, given },
          { name: 'bytes.md', content: new Uint8Array([104, 105]) },
          { name: 'stream.md', content: Readable.from([Buffer.from('one '), 'two']) },
          { name: '../FILE.md', content: 'text' },
        ]),
      );
      const paths = ['added/file.md', 'added/bytes.md', 'added/stream.md', 'added/FILE-2.md'];
      const files = filesOf(job);
      const store = open();
      expect(await Promise.all(files.map((file) => store.pathOf(file)))).toEqual(paths);
      expect(await place.kept()).toEqual({});
      expect(await place.waiting()).toBe(4);
      const [first] = files;
      if (!first) throw new Error('Nothing is staged.');
      expect(Buffer.from((await store.readStaged(job, first)) ?? []).toString()).toBe('a file');

      expect(await store.place(job, files)).toEqual(paths);
      expect(await store.readStaged(job, first)).toBeUndefined();
      expect(await store.sidecar('added/file.md')).toEqual({ given });
      expect(await store.sidecar('added/bytes.md')).toBeUndefined();
      await store.finish(job.id);
      expect(await place.kept()).toEqual({
        'added/file.md': { text: 'a file', sidecar: { given } },
        'added/bytes.md': { text: 'hi', sidecar: undefined },
        'added/stream.md': { text: 'one two', sidecar: undefined },
        'added/FILE-2.md': { text: 'text', sidecar: undefined },
      });
    });

    it('is gone when its job is finished without it', async () => {
      const store = open();
      const job = await store.accept(addingJob([{ name: 'a.md', content: 'a' }]));
      await store.finish(job.id);
      await store.finish(job.id);
      expect([await place.waiting(), await place.kept()]).toEqual([0, {}]);
    });

    it.each([
      ['bytes', async (text: string) => Buffer.from(text)],
      ['a stream', async (text: string) => Readable.from([text.slice(0, 5), text.slice(5)])],
      [
        'a file',
        async (text: string) => {
          const folder = await createFolder();
          onTestFinished(() => folder.remove());
          const path = join(folder.path, 'upload');
          await writeFile(path, text);
          return { path };
        },
      ],
    ])('is refused beyond the limit, and leaves nothing behind: %s', async (_what, contentOf) => {
      const job = addingJob([
        { name: 'good.md', content: await contentOf('0123456789') },
        { name: 'large.md', content: await contentOf('0123456789+') },
      ]);
      await expect(open(10).accept(job)).rejects.toMatchObject({ code: 'invalid-request' });
      expect([await place.waiting(), await place.kept()]).toEqual([0, {}]);
    });

    it('leaves nothing behind when it breaks off', async () => {
      const broken = Readable.from(
        (async function* () {
          yield 'some';
          throw new Error('the connection was lost');
        })(),
      );
      const job = addingJob([
        { name: 'a.md', content: 'a' },
        { name: 'b.md', content: broken },
      ]);
      await expect(open().accept(job)).rejects.toThrow('lost');
      expect(await place.waiting()).toBe(0);
    });
  });

  describe(`putting files in their places in ${name}`, () => {
    it('can be repeated, and does not undo what came later', async () => {
      const first = await add({ name: 'a.md', content: 'one', given: { title: 'One' } });
      await add({ name: 'a.md', content: 'two', given: { title: 'Two' } }, 1);
      await first.store.place(first.job, filesOf(first.job));
      const sidecar = { given: { title: 'Two' } };
      expect(await place.kept()).toEqual({ 'added/a.md': { text: 'two', sidecar } });
    });

    it('leaves those that are not asked for with their job', async () => {
      const store = open();
      const job = await store.accept(
        addingJob([
          { name: 'a.md', content: 'one' },
          { name: 'b.md', content: 'two' },
        ]),
      );
      expect(await store.place(job, filesOf(job).slice(1))).toEqual(['added/b.md']);
      expect(await place.kept()).toEqual({ 'added/b.md': { text: 'two', sidecar: undefined } });
      expect(await place.waiting()).toBe(1);
    });

    it('replaces a file of the same name, whose article keeps the id that it was given', async () => {
      await add({ name: 'a.md', content: 'one', given: { id: 'boats', title: 'Boats' } });
      await add({ name: 'a.md', content: 'two' }, 1);
      const sidecar = { given: { id: 'boats' } };
      expect(await place.kept()).toEqual({ 'added/a.md': { text: 'two', sidecar } });
    });

    it('does not keep two files whose names differ in case alone', async () => {
      await add({ name: 'Được.md', content: 'one' });
      const { paths } = await add({ name: 'ĐƯỢC.MD', content: 'two' }, 1);
      expect(paths).toEqual(['added/Được.md']);
      expect(await place.kept()).toEqual({ 'added/Được.md': { text: 'two', sidecar: undefined } });
    });

    it('is undone with what is said of the file, as often as one likes, and nothing else', async () => {
      const { store, paths } = await add({ name: 'a.md', content: 'one', given: { title: 'One' } });
      await add({ name: 'b.md', content: 'two' }, 1);
      for (const path of [...paths, ...paths]) await store.remove(path);
      expect(Object.keys(await place.kept())).toEqual(['added/b.md']);
      expect(await store.sidecar('added/a.md')).toBeUndefined();
      for (const path of ['added/../b.md', 'b.md', 'added//b.md', 'added/.incoming/x', 'added/']) {
        await expect(store.remove(path)).rejects.toMatchObject({ code: 'invalid-request' });
        await expect(store.sidecar(path)).rejects.toMatchObject({ code: 'invalid-request' });
      }
    });
  });
}
