import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, it, onTestFinished } from 'vitest';

import { codeVersion } from '../../src/evaluate/sets/code-version.ts';

it('the version of a module changes with the modules that it reaches, and with no others', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'footnote-code-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const write = (name: string, code: string) => writeFile(join(dir, name), code);
  await write('a.js', `import { b } from './b.js';\nnew Worker(new URL('./worker.js', import.meta.url));`);
  await write('b.js', `import './a.js';\nexport const b = 1;`);
  await write('worker.js', 'run();');
  await write('other.js', 'export {};');
  const version = () => codeVersion(pathToFileURL(join(dir, 'a.js')));

  const before = await version();
  await write('other.js', 'export const changed = true;');
  expect(await version()).toBe(before);
  await write('b.js', `import './a.js';\nexport const b = 2;`);
  const second = await version();
  expect(second).not.toBe(before);
  await write('worker.js', 'runOtherwise();');
  expect(await version()).not.toBe(second);
});
