import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { currentGeneration, openIndexSource } from '../../src/cli/index-source.ts';
import { moveIndex, summaryOf } from '../../src/cli/move-index.ts';
import { isSamePlace, storePlace } from '../../src/cli/store-place.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import { createIndexWriter } from '../../src/index/index-writer.ts';
import { dimensions, indexedArticle, indexOptions, ingest, temporaryFolder } from '../index/fixtures.ts';
import { runCommand } from '../support/command.ts';
import { createFolder, type TemporaryFolder } from '../support/folders.ts';

const ferry = indexedArticle('ferry', 'The ferry sails at noon. It carries cars.', { title: 'Ferry' });
const school = indexedArticle('school', 'The school opened in 1990.', { title: 'School' });
const bridge = indexedArticle('bridge', 'The bridge is closed.', { title: 'Bridge' });

const configOf = (dir: string): Config => loadConfig({ STORE: '', INDEX_DIR: dir });

async function openedIn(dir: string) {
  const config = configOf(dir);
  const generation = await currentGeneration(config);
  if (!generation) throw new Error('There is no index.');
  const openWriter = () => Promise.reject(new Error('A folder is read without a writer.'));
  return openIndexSource({ config, generation, store: { openWriter } });
}

interface Move {
  readonly from: string;
  readonly to: string;
  readonly replace?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

async function move({ from, to, replace = false, onProgress = () => undefined, signal }: Move) {
  const source = await openedIn(from);
  try {
    return await moveIndex({
      from: source,
      to: await createIndexWriter(indexOptions(to)),
      replace,
      onProgress,
      signal: signal ?? new AbortController().signal,
    });
  } finally {
    await source.close();
  }
}

async function summaryIn(dir: string) {
  const opened = await openedIn(dir);
  await opened.close();
  return summaryOf(opened);
}

describe('moving an index', () => {
  it('copies articles with their vectors and what is known of files, whole', async () => {
    const [from, to] = [await temporaryFolder(), await temporaryFolder()];
    await ingest(indexOptions(from), [ferry, school]);
    const writer = await createIndexWriter(indexOptions(from));
    await writer.putSource({ path: 'a.md', digest: 'd', articles: ['ferry'], failures: [] });
    await writer.commit();

    const generation = await move({ from, to });
    expect(generation).toMatchObject({ articles: 2, embeddingModel: 'test:model', dimensions });
    expect(await summaryIn(to)).toEqual(await summaryIn(from));
    const [source, target] = [await openedIn(from), await openedIn(to)];
    for (const id of ['ferry', 'school']) {
      expect(await target.stored(id)).toEqual(await source.stored(id));
    }
    expect(target.sources).toEqual(source.sources);
    await Promise.all([source.close(), target.close()]);
  });

  it('refuses a target that would lose something, and changes nothing of it', async () => {
    const [from, to] = [await temporaryFolder(), await temporaryFolder()];
    await ingest(indexOptions(from), [ferry]);
    await ingest(indexOptions(to), [school]);
    const before = await summaryIn(to);
    await expect(move({ from, to })).rejects.toMatchObject({
      code: 'configuration',
      message: 'There is something else already: an article that would be lost.',
      remedy: expect.stringContaining('--replace'),
    });
    expect(await summaryIn(to)).toEqual(before);
  });

  it('makes the target equal with --replace', async () => {
    const [from, to] = [await temporaryFolder(), await temporaryFolder()];
    await ingest(indexOptions(from), [ferry, bridge]);
    await ingest(indexOptions(to), [school, bridge]);
    await move({ from, to, replace: true });
    expect(await summaryIn(to)).toEqual(await summaryIn(from));
  });

  it('may be done again, and then changes nothing', async () => {
    const [from, to] = [await temporaryFolder(), await temporaryFolder()];
    await ingest(indexOptions(from), [ferry, school]);
    const first = await move({ from, to });
    expect(await move({ from, to })).toEqual(first);
  });

  it('is carried on after an interruption', async () => {
    const [from, to] = [await temporaryFolder(), await temporaryFolder()];
    await ingest(indexOptions(from), [ferry, school, bridge]);
    const stop = new AbortController();
    const interrupted = move({ from, to, onProgress: () => stop.abort(), signal: stop.signal });
    await expect(interrupted).rejects.toMatchObject({ name: 'AbortError' });
    expect(await currentGeneration(configOf(to))).toBeUndefined();

    const writer = await createIndexWriter(indexOptions(to));
    expect([writer.resumed, [...writer.fingerprints.keys()]]).toEqual([true, ['bridge']]);
    await writer.suspend();
    await move({ from, to });
    expect(await summaryIn(to)).toEqual(await summaryIn(from));
  });

  it('leaves what an interrupted ingest has begun at the source to be carried on', async () => {
    const [from, to] = [await temporaryFolder(), await temporaryFolder()];
    await ingest(indexOptions(from), [ferry]);
    const begun = await createIndexWriter(indexOptions(from));
    await begun.put(school, 'print');
    await begun.suspend();
    await move({ from, to });
    expect((await summaryIn(to)).articles).toBe(1);
    const next = await createIndexWriter(indexOptions(from));
    expect([next.resumed, next.fingerprints.has('school')]).toEqual([true, true]);
    await next.discard();
  });
});

describe('the ends of a move', () => {
  it('are a folder or a database, and shown without passwords', () => {
    const address = 'postgres://ann:hush@db.example:5433/news?password=hush&sslmode=verify-full';
    const place = storePlace(address, 'paper');
    expect(place.config.store).toMatchObject({ kind: 'postgres', url: address, schema: 'paper' });
    expect(place.name).toBe('postgres://ann@db.example:5433/news, schema paper');
    expect(place.setting).toBe('STORE=postgres://ann@db.example:5433/news STORE_SCHEMA=paper');
    expect(storePlace('/there/index', undefined)).toMatchObject({
      name: '/there/index',
      setting: 'INDEX_DIR=/there/index',
    });
  });

  it('are compared by what they lead to', () => {
    const one = storePlace('postgres://ann:a@db/news', 'one');
    expect(isSamePlace(one, storePlace('postgres://ann:b@db/news', 'one'))).toBe(true);
    expect(isSamePlace(one, storePlace('postgres://ann:a@db/news', 'two'))).toBe(false);
    expect(isSamePlace(one, storePlace('index', undefined))).toBe(false);
    expect(isSamePlace(storePlace('index', undefined), storePlace('./index', undefined))).toBe(true);
  });
});

describe.concurrent('npm run migrate-store', { timeout: 90_000 }, () => {
  let folder: TemporaryFolder;

  beforeAll(async () => {
    folder = await createFolder();
    await ingest(indexOptions(join(folder.path, 'full')), [ferry]);
  });

  afterAll(() => folder.remove());

  const migrate = (...args: string[]) => runCommand('migrate-store', args, { cwd: folder.path });

  it.each([
    ['one end only', ['--from', 'full'], 'Both --from and --to are needed.'],
    ['twice the same', ['--from', 'full', '--to', './full'], 'Both are the same store.'],
    ['two folders', ['--from', 'full', '--to', 'other'], 'Both are folders.'],
    [
      'a schema of a folder',
      ['--from', 'full', '--from-schema', 'a', '--to', 'postgres://db/a'],
      'no schema',
    ],
    ['another address', ['--from', 'full', '--to', 'mysql://ann:hush@db/a'], 'must be an address'],
  ])('given %s says so with exit code 2', async (_what, args, message) => {
    const { code, stdout, stderr } = await migrate(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('hush');
  });

  it('says that there is no index at the source', async () => {
    const { code, stdout, stderr } = await migrate('--from', 'empty', '--to', 'postgres://127.0.0.1:1/news');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`There is no index in ${join(folder.path, 'empty')}.`);
    expect(stderr).toContain('npm run -s ingest');
  });

  it('says that the database cannot be reached, without its password', async () => {
    const { code, stdout, stderr } = await migrate(
      '--from',
      'full',
      '--to',
      'postgres://ann:hush@127.0.0.1:1/news',
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('The database cannot be reached at the moment.');
    expect(stderr).not.toContain('hush');
  });
});
