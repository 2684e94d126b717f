import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { LocalAssistant } from '../../../src/assistant.ts';
import { projectRoot } from '../../../src/config.ts';
import type { Answer } from '../../../src/domain/answer.ts';
import { type GoldenQuestion, readGoldenSet } from '../../../src/evaluate/golden/golden-set.ts';
import { sampleEvenly } from '../../../src/evaluate/sample.ts';
import { connect } from '../../../src/postgres/connect.ts';
import { createFolder, type TemporaryFolder } from '../../support/folders.ts';
import { assistantFor } from '../../support/footnote-server.ts';
import { connectOptions, newSchema, serverUrl } from '../../support/postgres/server-database.ts';

/** Of the golden questions, taken at even distances; all of them take a minute. */
const sample = 60;
const now = '2026-06-01T00:00:00Z';
const topK = 10;

describe('the golden questions, asked of the shipped corpus in files and in PostgreSQL', () => {
  const schema = newSchema();
  let folder: TemporaryFolder;
  let questions: readonly GoldenQuestion[];
  let inFiles: LocalAssistant;
  let inDatabase: LocalAssistant;

  beforeAll(async () => {
    folder = await createFolder();
    questions = sampleEvenly(await readGoldenSet(join(projectRoot, 'test/golden/questions.jsonl')), sample);
    const settings = { CORPUS_DIR: join(projectRoot, 'corpus'), INDEX_DIR: join(folder.path, 'index') };
    inFiles = await assistantFor({ ...settings, STORE: '' });
    inDatabase = await assistantFor({ ...settings, STORE: serverUrl(), STORE_SCHEMA: schema });
    await inFiles.ingest({ offline: true });
    await inDatabase.ingest({ offline: true });
  }, 180_000);

  afterAll(async () => {
    await Promise.all([inFiles.close(), inDatabase.close()]);
    const database = connect(connectOptions(schema));
    await database.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await database.close();
    await folder.remove();
  });

  it('find nine of ten of the same first ten passages', { timeout: 120_000 }, async () => {
    const overlaps: number[] = [];
    for (const { text: query, history } of questions) {
      const search = async (assistant: LocalAssistant) =>
        (await assistant.search({ query, history, topK, now })).map(({ passage }) => passage.id);
      const [local, remote] = await Promise.all([search(inFiles), search(inDatabase)]);
      const common = local.filter((id) => remote.includes(id)).length;
      overlaps.push(local.length === 0 ? Number(remote.length === 0) : common / local.length);
    }
    const mean = overlaps.reduce((sum, overlap) => sum + overlap, 0) / overlaps.length;
    expect(mean).toBeGreaterThanOrEqual(0.9);
  });

  it('are given the same answers', { timeout: 120_000 }, async () => {
    const said = ({ text, citations }: Answer) => ({
      text,
      citations: citations.map(({ passageId, source }) => ({ passageId, source })),
    });
    for (const { text: question, history } of questions) {
      const ask = async (assistant: LocalAssistant) => said(await assistant.ask({ question, history, now }));
      const [local, remote] = await Promise.all([ask(inFiles), ask(inDatabase)]);
      expect({ question, ...remote }).toEqual({ question, ...local });
    }
  });
});
