import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

import { describe, expect, it, onTestFinished } from 'vitest';

import { answersFile, createAnswerStore } from '../../src/conversation/answer-store.ts';
import { createFolder } from '../support/folders.ts';
import { answerNamed, sampleArticle } from './sample-records.ts';

const storeModule = new URL('../../dist/conversation/answer-store.js', import.meta.url).href;

/** Saves one answer after another, each with an article of its own, and prints the number of each that is saved. */
const script = `
  const { createAnswerStore } = await import(${JSON.stringify(storeModule)});
  const { file, answer, article, first } = JSON.parse(process.argv[1]);
  const store = createAnswerStore({ file, retentionDays: 1 });
  for (let n = first; ; n += 1) {
    await store.save({ ...answer, id: String(n) }, [{ ...article, id: 'article-' + n }]);
    process.stdout.write(n + '\\n');
  }
`;

describe('a server that is killed while it stores answers', () => {
  it(
    'has each answer that it reported, whole, and no half of another, eight times',
    { timeout: 60_000 },
    async () => {
      const folder = await createFolder();
      onTestFinished(() => folder.remove());
      const file = answersFile(folder.path);
      const answer = answerNamed('template');
      const article = sampleArticle('template', 'A sentence of the article. '.repeat(2_000));
      let first = 1;
      for (let kill = 0; kill < 8; kill += 1) {
        const input = JSON.stringify({ file, answer, article, first });
        const child = spawn(process.execPath, ['--input-type=module', '--eval', script, input], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let reported = first - 1;
        const lines = createInterface(child.stdout);
        const firstSaved = once(lines, 'line');
        lines.on('line', (line) => {
          reported = Number(line);
        });
        await firstSaved;
        // Whichever moment of a save it hits, what follows must hold.
        await setTimeout(kill * 7);
        const drained = once(lines, 'close');
        child.kill('SIGKILL');
        await Promise.all([once(child, 'exit'), drained]);

        const store = createAnswerStore({ file, retentionDays: 1 });
        for (let n = first; n <= reported; n += 1) {
          expect(await store.get(String(n))).toEqual({ ...answer, id: String(n) });
        }
        // The one under way was finished or never was, together with its article.
        const next = String(reported + 1);
        const [stored, itsArticle] = [
          await store.get(next),
          await store.article(`article-${next}`, article.version),
        ];
        expect([undefined, next]).toContain(stored?.id);
        expect(itsArticle?.id).toBe(stored && `article-${next}`);
        expect(await store.get(String(reported + 2))).toBeUndefined();
        await store.close();
        first = reported + (stored ? 2 : 1);
      }
    },
  );
});
