import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

import { describe, expect, it, onTestFinished } from 'vitest';

import { conversationsFile, createConversationStore } from '../../src/conversation/conversation-store.ts';
import { createFolder } from '../support/folders.ts';

const storeModule = new URL('../../dist/conversation/conversation-store.js', import.meta.url).href;

/** Adds one answer after another to a conversation and prints the number of each that is stored. */
const script = `
  const { createConversationStore } = await import(${JSON.stringify(storeModule)});
  const { file, id, first, last = Infinity } = JSON.parse(process.argv[1]);
  const store = createConversationStore({ file, retentionDays: 1 });
  for (let n = first; n <= last; n += 1) {
    await store.append(id, { id: String(n), question: 'Question ' + n, text: ('Reply ' + n + '. ').repeat(50) });
    process.stdout.write(n + '\\n');
  }
`;

describe('a server that is killed in the middle of a conversation', () => {
  it('has each turn that it reported, and no question without its reply, six times', async () => {
    const folder = await createFolder();
    onTestFinished(() => folder.remove());
    const file = conversationsFile(folder.path);
    const made = createConversationStore({ file, retentionDays: 1 });
    const { id } = await made.create();
    await made.close();
    let first = 1;
    for (let kill = 0; kill < 6; kill += 1) {
      const input = JSON.stringify({ file, id, first });
      const child = spawn(process.execPath, ['--input-type=module', '--eval', script, input], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let reported = first - 1;
      const lines = createInterface(child.stdout);
      const firstStored = once(lines, 'line');
      lines.on('line', (line) => {
        reported = Number(line);
      });
      await firstStored;
      // Whichever moment of an addition it hits, what follows must hold.
      await setTimeout(kill * 5);
      const drained = once(lines, 'close');
      child.kill('SIGKILL');
      await Promise.all([once(child, 'exit'), drained]);

      const store = createConversationStore({ file, retentionDays: 1 });
      const turns = (await store.get(id))?.turns ?? [];
      await store.close();
      const last = Number(turns.at(-1)?.answerId);
      // The one under way was finished or never was.
      expect([reported, reported + 1]).toContain(last);
      // The older ones may have made room.
      const count = turns.length / 2;
      expect(turns.map(({ role, answerId }) => `${role} ${answerId}`)).toEqual(
        Array.from({ length: count }, (_, index) => last - count + 1 + index).flatMap((n) => [
          `user ${n}`,
          `assistant ${n}`,
        ]),
      );
      expect(count).toBe(Math.min(last, 100));
      expect(turns.at(-1)?.content).toBe(`Reply ${last}. `.repeat(50));
      first = last + 1;
    }
  });
});

describe('several servers in one conversation', () => {
  it('keep all that either of them adds', async () => {
    const folder = await createFolder();
    onTestFinished(() => folder.remove());
    const file = conversationsFile(folder.path);
    const store = createConversationStore({ file, retentionDays: 1 });
    onTestFinished(() => store.close());
    const { id } = await store.create();
    const exits = [1, 26, 51].map(async (first) => {
      const input = JSON.stringify({ file, id, first, last: first + 24 });
      const child = spawn(process.execPath, ['--input-type=module', '--eval', script, input], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      await once(child, 'exit');
      return child.exitCode;
    });
    expect(await Promise.all(exits)).toEqual([0, 0, 0]);
    const turns = (await store.get(id))?.turns ?? [];
    const asked = turns.flatMap(({ role, answerId }) => (role === 'user' ? [Number(answerId)] : []));
    expect(asked.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 75 }, (_, index) => index + 1));
    expect(turns).toHaveLength(150);
  });
});
