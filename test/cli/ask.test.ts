import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { answerSchema } from '../support/answer-schema.ts';
import { createBayIndex } from '../support/bay-index.ts';
import { checkAnswer, quotations, repeatable } from '../support/check-answer.ts';
import { runCommand } from '../support/command.ts';
import { type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { assistantFor } from '../support/footnote-server.ts';

const question = 'How many passengers does the electric ferry carry on each crossing?';
const quote = 'The electric ferry carries 240 passengers on each crossing.';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await createBayIndex();
});

afterAll(() => folder.remove());

const ask = (...args: string[]) => runCommand('ask', args, { cwd: folder.path });

async function askForJson(...args: string[]) {
  const { code, stdout, stderr } = await ask('--json', ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return answerSchema.parse(JSON.parse(stdout));
}

describe.concurrent('ask', { timeout: 90_000 }, () => {
  it('prints the reply, then each footnote with quotation, title, date and place', async () => {
    // Words need no quotation marks around them.
    const { code, stdout, stderr } = await ask(...question.split(' '));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [reply = '', ...notes] = stdout.trimEnd().split('\n\n');
    expect(reply).toContain(`${quote} [`);
    const note = notes.find((text) => text.includes(quote)) ?? '';
    expect(note).toMatch(/^\[\d+\] “/u);
    expect(note).toContain('Osprey Bay opens its electric ferry line, Bay Courier, 2023-04-12');
    expect(note).toMatch(/ferry-2023, characters \d+–\d+/u);
    const numbers = notes.map((text) => Number(/^\[(\d+)\]/u.exec(text)?.[1]));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it('prints nothing but the answer resource with --json, the same in every process', async () => {
    const [first, second] = await Promise.all([askForJson(question), askForJson(question)]);
    expect(JSON.stringify(repeatable(second))).toBe(JSON.stringify(repeatable(first)));
    const assistant = await assistantFor({ INDEX_DIR: join(folder.path, 'index') });
    try {
      await checkAnswer(first, (id) => assistant.article(id));
      const here = await assistant.ask({ question });
      expect(JSON.stringify(repeatable(here))).toBe(JSON.stringify(repeatable(first)));
    } finally {
      await assistant.close();
    }
  });

  it('says plainly that the articles do not answer, with exit code 0', async () => {
    const { code, stdout } = await ask('What is the boiling point of tungsten?');
    expect(code).toBe(0);
    expect(stdout).toBe('The articles do not answer this question.\n');
  });

  it('lists what the articles say nearest to a question that they do not answer, in its language', async () => {
    const [english, vietnamese] = await Promise.all([
      ask('Who is the captain of the electric ferry of Osprey Bay?'),
      ask('--lang', 'vi', 'Who is the captain of the electric ferry of Osprey Bay?'),
    ]);
    expect(english.code).toBe(0);
    expect(english.stdout).toMatch(
      /^The articles do not answer this question\.\n\nNearest in the articles:\n\n {2}- “.*electric ferry.*”\n/u,
    );
    expect(english.stdout).toContain(
      '\n    Osprey Bay opens its electric ferry line, Bay Courier, 2023-04-12\n    ferry-2023, characters 0–62\n',
    );
    expect(vietnamese.stdout).toMatch(
      /^Các bài viết không trả lời câu hỏi này\.\n\nGần nhất trong các bài viết:\n\n/u,
    );
  });

  it('says which part the articles do not answer', async () => {
    const { stdout } = await ask(
      'When did the electric ferry line of Osprey Bay open, and what is the salary of the captain?',
    );
    expect(stdout).toMatch(
      /2023\. \[1\]\n\nThe articles do not say: what is the salary of the captain\.\n\n\[1\] “/u,
    );
  });

  it('follows --lang and --top-k', async () => {
    const answer = await askForJson('--lang', 'vi', '--top-k', '2', question);
    expect(answer.language).toBe('vi');
    expect(answer.evidence.length).toBeLessThanOrEqual(2);
    expect(answer.receipt.settings.topK).toBe(2);
  });

  it('indexes another folder first with --corpus, and keeps standard output for the answer', async () => {
    const corpus = join(folder.path, 'other-corpus');
    await writeFiles(corpus, {
      'mill.txt': 'The paper mill of Fennel Creek employs 48 people.\n',
      'bad.txt': '',
    });
    const index = join(folder.path, 'other-index');
    const args = ['--json', '--corpus', corpus, '--index', index];
    const { code, stdout, stderr } = await ask(...args, 'How many people does the paper mill employ?');
    expect(code).toBe(0);
    expect(quotations(answerSchema.parse(JSON.parse(stdout)))).toContain('48 people');
    expect(stderr).toMatch(/bad\.txt: /u);
  });

  it('without an index says so, and how to get one, with exit code 1', async () => {
    const { code, stdout, stderr } = await ask('--index', 'nowhere', question);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringContaining(join(folder.path, 'nowhere')),
      expect.stringContaining('npm run ingest'),
    ]);
  });

  it('without a question shows how it is used, with exit code 2', async () => {
    const { code, stdout, stderr } = await ask();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/No question given.*Usage: /su);
  });
});
