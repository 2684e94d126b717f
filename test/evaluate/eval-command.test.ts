import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { describe, expect, it, onTestFinished } from 'vitest';

import { projectRoot } from '../../src/config.ts';

/** Runs the compiled command in a folder of its own, where index caches go as well. */
async function runEval(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'footnote-eval-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const document = { id: 'd', title: 'The ferry', text: 'The ferry carries 400 passengers.', lang: 'en' };
  const query = {
    id: 'q',
    text: 'Who founded the observatory?',
    lang: 'en',
    answers: ['Ada Quist'],
    gold_docs: ['d'],
    answerable: true,
  };
  await writeFile(join(dir, 'corpus.jsonl'), JSON.stringify(document));
  await writeFile(join(dir, 'queries.jsonl'), JSON.stringify(query));
  const script = join(projectRoot, 'dist/cli/eval.js');
  const { PATH = '', HOME = '' } = process.env;
  return new Promise<{ dir: string; code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      [script, ...args],
      { cwd: dir, env: { PATH, HOME, TMPDIR: dir, ...env } },
      (error, stdout, stderr) =>
        resolve({ dir, code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

describe('the eval command', () => {
  it('prints tables and failures, and writes figures', async () => {
    const { dir, code, stdout } = await runEval(['--data', '.', '--failures', '--json', 'out.json']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/documents found +questions +recall@1/u);
    expect(stdout).toMatch(/q \(question\) Who founded the observatory\?/u);
    expect(stdout).toContain('wanted “Ada Quist”');
    const written: unknown = JSON.parse(await readFile(join(dir, 'out.json'), 'utf8'));
    expect(written).toMatchObject({
      writer: 'extractive',
      reports: [{ figures: { 'documents found/all/questions': 1, 'answers/all/hit': 0 } }],
    });
  });

  it('says what is wrong with how it was called', async () => {
    const wrong = [['--writer', 'poet'], ['--limit', '0'], ['--set', 'one'], ['--unknown']];
    for (const args of wrong) {
      const { code, stderr } = await runEval(args);
      expect(code).toBe(2);
      expect(stderr).toContain('Usage:');
    }
  });

  it('wants a chat model before it evaluates one', async () => {
    const { code, stderr } = await runEval(['--writer', 'chat', '--data', '.']);
    expect(code).toBe(2);
    expect(stderr).toContain('CHAT_MODEL');
  });
});
