import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { readGoldenSet, requiredGroups } from '../../src/evaluate/golden/golden-set.ts';
import { createGoldLocator } from '../../src/evaluate/golden/locate-gold.ts';

const question = {
  id: 'g1',
  lang: 'en',
  type: 'single',
  text: 'When does the ferry leave?',
  answerable: true,
  gold: [{ article: 'en/ferry.md', quote: 'The ferry leaves at 7.15 every morning.' }],
  mustCite: 'any',
} as const;

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'footnote-golden-test-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await mkdir(join(dir, 'en'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  return dir;
}

describe('a golden set', () => {
  it('is read question by question', async () => {
    const dir = await folderWith({ 'questions.jsonl': `${JSON.stringify(question)}\n\n` });
    expect(await readGoldenSet(join(dir, 'questions.jsonl'))).toEqual([{ ...question, history: [] }]);
  });

  it('names the line that is wrong, and the file that is missing', async () => {
    const dir = await folderWith({ 'questions.jsonl': `${JSON.stringify(question)}\nnot JSON\n` });
    await expect(readGoldenSet(join(dir, 'questions.jsonl'))).rejects.toThrow(/questions\.jsonl, line 2/u);
    await expect(readGoldenSet(join(dir, 'none.jsonl'))).rejects.toThrow(/none\.jsonl cannot be read/u);
  });

  it('says which gold sentences a good answer cites', () => {
    const three = { ...question, gold: [...question.gold, ...question.gold, ...question.gold], history: [] };
    expect(requiredGroups(three)).toEqual([[0, 1, 2]]);
    expect(requiredGroups({ ...three, groups: [[2], [0, 1]] })).toEqual([[2]]);
    expect(requiredGroups({ ...three, mustCite: 'all' })).toEqual([[0], [1], [2]]);
    expect(requiredGroups({ ...three, mustCite: 'all', groups: [[0, 1], [2]] })).toEqual([[0, 1], [2]]);
  });
});

describe('gold sentences', () => {
  const article =
    '---\nid: the-ferry\ntitle: The ferry\n---\nIt is white. The ferry leaves at 7.15\nevery morning.\n';

  it('are found in the article that their file becomes', async () => {
    const locate = await createGoldLocator(await folderWith({ 'en/ferry.md': article }));
    const [gold] = locate({ ...question, gold: [...question.gold], history: [] });
    expect(gold).toMatchObject({ articleId: 'the-ferry', language: 'en' });
    expect(gold?.passageIds).toHaveLength(1);
  });

  it('must stand in it', async () => {
    const locate = await createGoldLocator(
      await folderWith({ 'en/ferry.md': 'It is white. It leaves at noon.' }),
    );
    expect(() => locate({ ...question, gold: [...question.gold], history: [] })).toThrow(
      /g1: en\/ferry\.md does not say “The ferry leaves/u,
    );
  });
});
