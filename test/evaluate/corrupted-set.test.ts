import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { loadConfig } from '../../src/config.ts';
import { evaluateCorruptedSet } from '../../src/evaluate/corrupted-set.ts';
import { figures } from '../../src/evaluate/score-table.ts';
import { loadGlossary } from '../../src/retrieve/glossary.ts';

const entry = {
  id: 'c1',
  language: 'en',
  kind: 'number',
  holdout: false,
  sentence: 'The ferry carries 900 passengers.',
  clean: 'The ferry carries 400 passengers.',
  cited: [{ article: 'ferry.md', quote: 'The ferry carries 400 passengers.' }],
};

async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'footnote-corrupted-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await mkdir(join(dir, 'set'));
  await mkdir(join(dir, 'corpus'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  return dir;
}

describe('the corrupted sentences', () => {
  it('are measured by file and by kind', async () => {
    const dir = await folder({
      'corpus/ferry.md': '# The ferry\n\nIt is white. The ferry carries 400 passengers.\n',
      'set/english.jsonl': `${JSON.stringify(entry)}\n`,
    });
    const report = await evaluateCorruptedSet({
      dir: join(dir, 'set'),
      corpus: join(dir, 'corpus'),
      glossary: await loadGlossary(loadConfig().glossaryFile),
    });
    expect(Object.fromEntries(figures(report.tables))).toMatchObject({
      'verification/all/corrupted': 1,
      'verification/english/detected': 1,
      'verification/english/false alarms': 0,
      'corruptions/number/detected': 1,
    });
    expect(report.failures).toEqual([]);
  });

  it('name the folder that is missing', async () => {
    const glossary = await loadGlossary(loadConfig().glossaryFile);
    const dir = await folder({});
    await expect(
      evaluateCorruptedSet({ dir: join(dir, 'none'), corpus: join(dir, 'corpus'), glossary }),
    ).rejects.toThrow(/none cannot be read/u);
  });
});
