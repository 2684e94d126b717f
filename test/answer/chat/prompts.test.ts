import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createPrompt } from '../../../src/answer/chat/prompt.ts';
import { loadPrompts } from '../../../src/answer/chat/prompts.ts';
import { promptsDir } from './support.ts';

describe('a prompt', () => {
  const prompt = createPrompt('p.md', 'In {{language}}: {{ question }}', ['language', 'question']);

  it('is filled', () => {
    expect(prompt.render({ language: 'English', question: 'Why?' })).toBe('In English: Why?');
  });

  it('does not expand slots inside values', () => {
    const filled = prompt.render({ language: '{{question}}', question: '$& $1 {{language}}' });
    expect(filled).toBe('In {{question}}: $& $1 {{language}}');
  });

  it('refuses a missing and an unknown slot', () => {
    const loose = createPrompt<string>('p.md', 'In {{language}}', ['language']);
    expect(() => loose.render({})).toThrow('needs a value for "language"');
    expect(() => loose.render({ language: 'English', tone: 'dry' })).toThrow('has no slot "tone"');
  });

  it.each([
    ['', /it is empty/u],
    ['In {{language}}', /\{\{question\}\} is missing/u],
    ['{{language}} {{question}} {{tone}}', /\{\{tone\}\} is unknown/u],
    ['{{language}} {{question}} {{to ne}}', /stray double braces/u],
  ])('refuses the file %j', (text, message) => {
    expect(() => createPrompt('p.md', text, ['language', 'question'])).toThrow(message);
  });
});

describe('the folder of prompts', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'footnote-prompts-'));
    await cp(promptsDir, dir, { recursive: true });
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('loads, and its hash follows every word of it', async () => {
    const before = await loadPrompts({ dir });
    expect(before.hash).toMatch(/^[0-9a-f]{64}$/u);
    expect(before.answer.render({ language: 'Vietnamese' })).toContain('Answer in Vietnamese');
    expect((await loadPrompts({ dir })).hash).toBe(before.hash);
    for (const file of await readdir(dir)) {
      const text = await readFile(join(dir, file), 'utf8');
      await writeFile(join(dir, file), `${text}One more word.\n`);
      expect((await loadPrompts({ dir })).hash).not.toBe(before.hash);
      await writeFile(join(dir, file), text.replaceAll('\n', '\r\n'));
      expect((await loadPrompts({ dir })).hash).toBe(before.hash);
    }
  });

  it('names the file that is missing', async () => {
    await rm(join(dir, 'rewrite.md'));
    await expect(loadPrompts({ dir })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('rewrite.md'),
    });
  });

  it('names the slot that is missing', async () => {
    await writeFile(join(dir, 'answer-input.md'), 'Only {{question}} in {{language}} after {{history}}');
    await expect(loadPrompts({ dir })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('{{sources}} is missing'),
    });
  });
});
