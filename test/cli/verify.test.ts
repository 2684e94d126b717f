import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Answer } from '../../src/domain/answer.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { runCommand } from '../support/command.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { assistantFor } from '../support/footnote-server.ts';

const question = 'How many passengers does the electric ferry carry on each crossing?';
const quote = 'The electric ferry carries 240 passengers on each crossing.';

let folder: TemporaryFolder;
let answer: Answer;

beforeAll(async () => {
  folder = await createFolder();
  await writeFiles(join(folder.path, 'corpus'), bayArticles);
  const assistant = await assistantFor({
    CORPUS_DIR: join(folder.path, 'corpus'),
    INDEX_DIR: join(folder.path, 'index'),
  });
  await assistant.ingest();
  answer = await assistant.ask({ question });
  await assistant.addFeedback(answer.id, { rating: 'up', comment: 'Đúng.' });
  const revised = bayArticles['ferry-2023.md'].replace('240 passengers', '260 passengers');
  await writeFiles(join(folder.path, 'corpus'), { 'ferry-2023.md': revised });
  await assistant.ingest();
  await assistant.close();
  const text = JSON.stringify(answer);
  await writeFiles(folder.path, {
    'answer.json': text,
    'changed.json': text.replaceAll('240 passengers', '420 passengers'),
    'broken.json': '{"id":',
    'other.json': '{"id": "a", "question": 4}',
  });
});

afterAll(() => folder.remove());

const verify = (...args: string[]) => runCommand('verify', args, { cwd: folder.path });

describe.concurrent('verify', { timeout: 90_000 }, () => {
  it('says that an answer holds, from a file or by its id, with exit code 0', async () => {
    const results = await Promise.all([verify('answer.json'), verify(answer.id)]);
    for (const { code, stdout, stderr } of results) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain(`[1] exact: ferry-2023, version `);
      expect(stdout).toContain(`“${quote}”`);
      expect(stdout).toContain('The article has changed since, and does not hold it any more.');
      expect(stdout).toMatch(/^Sentence 1: supported$/mu);
      expect(stdout).toMatch(/^Hash: as in the receipt\nThe answer holds\.\n$/mu);
    }
  });

  it('says what of a changed answer does not hold, with exit code 1', async () => {
    const { code, stdout, stderr } = await verify('changed.json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('[1] NOT IN THE ARTICLE: ferry-2023');
    expect(stdout).toContain('Sentence 1: UNSUPPORTED, but the answer says supported');
    expect(stdout).toContain('Hash: NOT that of the receipt');
    expect(stdout).toMatch(/The answer does NOT hold\.\n$/u);
  });

  it('prints the check as JSON with --json', async () => {
    const { code, stdout } = await verify('--json', 'changed.json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ answerId: answer.id, holds: false, hash: 'changed' });
  });

  it.each([
    ['nothing', [], 'Usage: '],
    ['two names', ['a', 'b'], 'Usage: '],
    ['an unknown id', ['nope'], 'nope is no file, and no answer is stored under that id.'],
    ['a folder', ['corpus'], 'Cannot read corpus'],
    ['broken JSON', ['broken.json'], 'Cannot read broken.json'],
    ['another JSON', ['other.json'], 'other.json is not an answer: question'],
  ])('given %s says so with exit code 2', async (_what, args, message) => {
    const { code, stdout, stderr } = await verify(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('feedback', () => {
  it('prints one JSON object a line, and nothing where nothing is stored', async () => {
    const { code, stdout, stderr } = await runCommand('feedback', [], { cwd: folder.path });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(JSON.parse(stdout)).toMatchObject({
      answerId: answer.id,
      question,
      rating: 'up',
      comment: 'Đúng.',
    });
    const none = await runCommand('feedback', ['--index', 'nowhere'], { cwd: folder.path });
    expect(none).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
