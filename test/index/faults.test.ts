import { execFile, execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

import { describe, expect, it, onTestFinished } from 'vitest';

import { createIndexWriter } from '../../src/index/index-writer.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { canMount } from '../support/can-mount.ts';
import { indexedArticle, indexOptions, ingest, temporaryFolder } from './fixtures.ts';

const run = promisify(execFile);
const writerModule = new URL('../../dist/index/index-writer.js', import.meta.url).href;
const entries = ['one', 'two', 'three'].map((id) => indexedArticle(id, `Words of ${id}.`));

async function indexed(dir?: string) {
  const folder = dir ?? (await temporaryFolder());
  const options = indexOptions(folder);
  return { dir: folder, options, generation: await ingest(options, entries) };
}

const remedy = 'Free space or choose another INDEX_DIR, then run npm run ingest.';
const refusal = (dir: string) => `unavailable: Cannot write the index in ${dir}: `;

async function servedGeneration(options: ReturnType<typeof indexOptions>) {
  const index = await openIndex(options);
  index.close();
  return index.generation;
}

/** The two ways to write, each with the module that has it. */
const ways = ['createIndexWriter', 'createThreadedWriter'] as const;
const modules = {
  createIndexWriter: writerModule,
  createThreadedWriter: new URL('../../dist/index/threaded-writer.js', import.meta.url).href,
};

/** Adds ten articles of a megabyte and prints the error, its remedy, and that of ending once more. */
const bigScript = (way: (typeof ways)[number]) => `
  const { ${way}: createWriter } = await import(${JSON.stringify(modules[way])});
  const print = (error) => console.log(error.code + ': ' + error.message + ' ' + error.remedy);
  const writer = await createWriter(JSON.parse(process.argv[1]));
  const putAll = async () => {
    for (let number = 0; number < 10; number += 1) {
      const text = Array.from({ length: 150_000 }, (_, at) => 'w' + (at * number) % 9_973).join(' ');
      const own = { articleId: 'big' + number, articleVersion: 'v' };
      await writer.put({
        article: { id: own.articleId, version: 'v', title: 'T', language: 'en', text, headings: [] },
        passages: [{ start: 0, end: 9, ...own, id: 'p' + number, sentences: [], headingPath: [] }],
        passageVectors: [[1, 2, 3, 4, 5, 6, 7, 8]],
        sentenceVectors: [[]],
        signature: new Uint32Array(0),
      }, 'print');
    }
    await writer.commit();
  };
  await putAll().catch(print);
  await writer.suspend().catch(print);
`;

describe.runIf(process.platform === 'linux')('an ingest on a full disk', () => {
  it.each(ways)('says so and leaves the index as it was (%s)', async (way) => {
    const { dir, options, generation } = await indexed();
    const command = 'ulimit -f 2048; exec "$0" --input-type=module --eval "$1" "$2"';
    const args = ['-c', command, process.execPath, bigScript(way), JSON.stringify(options)];
    const { stdout } = await run('sh', args);
    expect(stdout).toContain(refusal(dir));
    expect(stdout).toContain(remedy);
    expect(await servedGeneration(options)).toEqual(generation);
    // What could not be finished does not go on taking the space.
    expect((await readdir(dir)).toSorted()).toEqual(['current.json', 'generations', 'writer.lock']);
  });

  it.runIf(canMount())('says so where no room is left on the device', async () => {
    const dir = await temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', dir]);
    onTestFinished(() => void execFileSync('umount', ['-l', dir]));
    const { options, generation } = await indexed(dir);
    const args = [
      '--input-type=module',
      '--eval',
      bigScript('createThreadedWriter'),
      JSON.stringify(options),
    ];
    const { stdout } = await run(process.execPath, args);
    expect(stdout).toContain(refusal(dir));
    expect(await servedGeneration(options)).toEqual(generation);
    expect((await readdir(dir)).toSorted()).toEqual(['current.json', 'generations', 'writer.lock']);
    const next = await ingest(options, [indexedArticle('small', 'Small words.')]);
    expect(await servedGeneration(options)).toEqual(next);
  });
});

describe.runIf(process.platform === 'linux')('an index folder that must not be written', () => {
  it('is served, and an ingest into it says what is wrong', async () => {
    const { dir, options, generation } = await indexed();
    const folders = [dir, join(dir, 'generations'), join(dir, 'generations', generation.id)];
    for (const folder of folders) await chmod(folder, 0o555);
    await chmod(join(dir, 'writer.lock'), 0o444);
    onTestFinished(async () => {
      for (const folder of folders) await chmod(folder, 0o755);
    });
    // Everything is loaded before rights are given up: the project itself may be readable to root alone.
    const script = `
      const { createIndexWriter } = await import(${JSON.stringify(writerModule)});
      const { openIndex } = await import(${JSON.stringify(writerModule.replace('index-writer', 'open-index'))});
      const options = JSON.parse(process.argv[1]);
      const attempt = async () => (await createIndexWriter(options)).discard();
      (await openIndex(options)).close();
      if (process.getuid() === 0) process.seteuid(65_534);
      await attempt().catch((error) => console.log(error.code + ': ' + error.message + ' ' + error.remedy));
      const index = await openIndex(options);
      console.log((await index.articles()).length + ' articles');
    `;
    // The folder of temporary folders itself is only its owner's.
    await chmod(dir, 0o555);
    const args = ['--input-type=module', '--eval', script, JSON.stringify(options)];
    const { stdout } = await run(process.execPath, args);
    expect(stdout).toContain(refusal(dir));
    expect(stdout).toContain(remedy);
    expect(stdout).toContain('3 articles');
  });
});

describe('an index of which something is wrong', () => {
  const files = ['articles.db', 'vectors.bin', 'manifest.json', 'current.json'] as const;

  it.each(files)('is built again by the next ingest when a bit of %s is flipped', async (name) => {
    const { dir, options, generation } = await indexed();
    const file = name === 'current.json' ? join(dir, name) : join(dir, 'generations', generation.id, name);
    const bytes = await readFile(file);
    for (const part of [0.02, 0.35, 0.7, 0.99]) {
      const position = Math.floor(bytes.length * part);
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(position) ^ 8, position);
      await writeFile(file, flipped);
      await expect(openIndex(options)).rejects.toMatchObject({
        code: 'index-unusable',
        remedy: 'npm run ingest',
      });
      const writer = await createIndexWriter(options);
      expect(writer.fingerprints.size).toBe(name === 'vectors.bin' ? 3 : 0);
      // Given up here, so that the next bit can be tried.
      await writer.discard();
    }
    const writer = await createIndexWriter(options);
    if (writer.fingerprints.size === 0) for (const entry of entries) await writer.put(entry, 'print');
    const next = await writer.commit();
    expect(await servedGeneration(options)).toEqual(next);
    expect(next).toMatchObject({ articles: 3, passages: 3 });
    expect(await readdir(join(dir, 'generations'))).toContain(next.id);
  });

  it('is built again when the folder of its generation is gone', async () => {
    const { dir, options, generation } = await indexed();
    await rm(join(dir, 'generations', generation.id), { recursive: true });
    await expect(openIndex(options)).rejects.toMatchObject({
      code: 'index-unusable',
      message: expect.stringContaining('manifest.json is missing'),
      remedy: 'npm run ingest',
    });
    const next = await ingest(options, entries);
    expect(await servedGeneration(options)).toEqual(next);
  });

  it('is built again when it is of the format before', async () => {
    const { dir, options } = await indexed();
    const old = JSON.stringify({ format: 1, generation: 'x', manifest: '0'.repeat(64) });
    await writeFile(join(dir, 'current.json'), old);
    const writer = await createIndexWriter(options);
    expect([writer.fingerprints.size, writer.sources.size, writer.resumed]).toEqual([0, 0, false]);
    for (const entry of entries) await writer.put(entry, 'print');
    const next = await writer.commit();
    expect(await servedGeneration(options)).toEqual(next);
    expect(await readdir(join(dir, 'generations'))).toEqual([next.id]);
  });

  it('is not taken apart because the file that names its generation was damaged in the last moment of an ingest', async () => {
    const { dir, options, generation } = await indexed();
    const folder = join(dir, 'generations', generation.id);
    await writeFile(join(folder, 'building.json'), '{}');
    await rename(join(dir, 'current.json'), join(dir, 'kept.json'));
    await writeFile(join(dir, 'current.json'), 'nonsense');
    const writer = await createIndexWriter(options);
    await writer.discard();
    await rename(join(dir, 'kept.json'), join(dir, 'current.json'));
    expect(await servedGeneration(options)).toEqual(generation);
    await (await createIndexWriter(options)).discard();
    expect(await readdir(folder)).not.toContain('building.json');
  });

  it('says so when its lock is a folder', async () => {
    const dir = await temporaryFolder();
    await mkdir(join(dir, 'writer.lock'));
    await expect(createIndexWriter(indexOptions(dir))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(dir),
    });
  });
});
