import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

import { connect } from '../../../src/postgres/connect.ts';
import { whole } from '../../../src/postgres/rows.ts';
import { randomNumbers } from '../../index/fixtures.ts';
import { answerSchema } from '../../support/answer-schema.ts';
import { bayArticles } from '../../support/bay-articles.ts';
import { type RunningCommand, runCommand, startCommand } from '../../support/command.ts';
import { createFolder, writeFiles } from '../../support/folders.ts';
import { connectOptions, newSchema, serverUrl } from '../../support/postgres/server-database.ts';

const requests = 200;
const atOnce = 4;

const questions = [
  'How many passengers does the electric ferry carry on each crossing?',
  'When was the lighthouse of Lantern Island built?',
  'How many stalls does the Saturday market have?',
  'What does a single ferry ticket cost?',
];

const jobSchema = z.object({ id: z.string(), state: z.enum(['queued', 'running', 'done', 'failed']) });
const checkSchema = z.object({ holds: z.boolean() });
const conversationSchema = z.object({
  turns: z.array(z.object({ role: z.string(), answerId: z.string() })),
});
const articleListSchema = z.object({ articles: z.array(z.object({ id: z.string() })) });

/** A replica of the API or a worker, as one of several processes. */
interface Process {
  readonly running: RunningCommand;
  kill(): Promise<void>;
}

/** Sends requests to whichever replica is there, as a load balancer does: one that is gone is passed over. */
function createBalancer(addresses: string[]) {
  let turn = 0;
  return async function send(path: string, init: RequestInit): Promise<Response> {
    const end = Date.now() + 60_000;
    for (;;) {
      const address = addresses[(turn += 1) % addresses.length] ?? '';
      try {
        const response = await fetch(`${address}${path}`, { ...init, signal: AbortSignal.timeout(30_000) });
        // What another replica is still answering, or was when it was killed, is asked for again a moment later.
        if (response.status !== 409 && response.status !== 503) return response;
        await response.arrayBuffer();
      } catch (error) {
        if (Date.now() > end) throw error;
      }
      if (Date.now() > end) throw new Error(`No replica answered ${path}.`);
      await pause(200);
    }
  };
}

describe('two replicas and two workers on one database', () => {
  it(
    'answer 200 mixed requests while one of each is killed: nothing is lost, nothing doubled, every answer verifiable',
    { timeout: 240_000 },
    async () => {
      const folder = await createFolder();
      onTestFinished(() => folder.remove());
      await writeFiles(join(folder.path, 'corpus'), bayArticles);
      const schema = newSchema();
      const database = connect(connectOptions(schema));
      onTestFinished(async () => {
        await database.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
        await database.close();
      });
      const env = {
        STORE: serverUrl(),
        STORE_SCHEMA: schema,
        STORE_POOL_SIZE: '5',
        RATE_LIMIT: 'off',
        ANSWER_TIMEOUT_MS: '5000',
        INGEST_WORKER: 'off',
        LOG_LEVEL: 'error',
      };
      const place = { cwd: folder.path, env };
      const ingested = await runCommand('ingest', ['--corpus', join(folder.path, 'corpus')], place);
      expect(ingested).toMatchObject({ code: 0 });

      const processes = new Set<Process>();
      const started = (running: RunningCommand): Process => {
        const process: Process = {
          running,
          kill: async () => {
            processes.delete(process);
            running.signal('SIGKILL');
            await running.finished;
          },
        };
        processes.add(process);
        return process;
      };
      onTestFinished(async () => {
        for (const process of processes) await process.kill();
      });
      const startWorker = () => started(startCommand('worker', [], place));
      async function startReplica() {
        const process = started(startCommand('serve', ['--port', '0'], place));
        const [, address = ''] = await process.running.printed(/Footnote answers on (http:\S+)\n/u);
        return { process, address };
      }
      const workers = [startWorker(), startWorker()];
      const replicas = await Promise.all([startReplica(), startReplica()]);
      const send = createBalancer(replicas.map(({ address }) => address));

      const random = randomNumbers(Date.now() % 1_000);
      const moment = (from: number, to: number) => Math.floor((from + random() * (to - from)) * requests);
      const kills = new Map([
        [moment(0.2, 0.4), () => workers[0]?.kill()],
        [moment(0.5, 0.7), () => replicas[0]?.process.kill()],
      ]);

      const post = (path: string, body: unknown, key: string = randomUUID()) =>
        send(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': key },
          body: JSON.stringify(body),
        });
      const json = async <T>(response: Response, schemaOf: z.ZodType<T>): Promise<T> => {
        const text = await response.text();
        if (!response.ok) throw new Error(`${response.url}: ${response.status} ${text}`);
        return schemaOf.parse(JSON.parse(text));
      };
      const get = async <T>(path: string, schemaOf: z.ZodType<T>) => json(await send(path, {}), schemaOf);

      const conversations = await Promise.all(
        [0, 1, 2].map(
          async () => (await json(await post('/api/conversations', {}), z.object({ id: z.string() }))).id,
        ),
      );
      const asked = new Map<string, string[]>(conversations.map((id) => [id, []]));
      const answers: string[] = [];
      const jobs: string[] = [];
      const added: string[] = [];

      async function ask(number: number): Promise<void> {
        const conversationId = number % 3 === 0 ? conversations[number % conversations.length] : undefined;
        const question = questions[number % questions.length] ?? '';
        const answer = await json(
          await post('/api/answers', { question, ...(conversationId !== undefined && { conversationId }) }),
          answerSchema,
        );
        answers.push(answer.id);
        if (conversationId !== undefined) asked.get(conversationId)?.push(answer.id);
      }
      async function add(number: number): Promise<void> {
        const id = `kiosk-${number}`;
        const text = `Kiosk number ${number} of Osprey Bay sells ${number + 100} postcards a day. It opens at nine.`;
        const job = await json(
          await post('/api/articles', { id, title: `Kiosk ${number}`, language: 'en', text }),
          jobSchema,
        );
        jobs.push(job.id);
        added.push(id);
      }
      async function request(number: number): Promise<void> {
        if (number % 10 === 3) await add(number);
        else if (number % 10 === 7) await get('/api/articles', articleListSchema);
        else await ask(number);
      }

      let next = 0;
      async function client(): Promise<void> {
        while (next < requests) {
          const number = next++;
          const kill = kills.get(number);
          await Promise.all([request(number), kill?.()]);
        }
      }
      await Promise.all(Array.from({ length: atOnce }, client));

      // Whatever was accepted is done, also what the killed worker had begun.
      await expect
        .poll(
          async () => {
            const states = await Promise.all(jobs.map((id) => get(`/api/ingest/jobs/${id}`, jobSchema)));
            return states.filter(({ state }) => state !== 'done');
          },
          { timeout: 90_000, interval: 500 },
        )
        .toEqual([]);
      const rows = await database.query(
        'SELECT id, count(*) AS times FROM articles WHERE removed IS NULL AND id = ANY ($1::text[]) GROUP BY id',
        [added],
      );
      const times = z.array(z.object({ id: z.string(), times: whole })).parse(rows);
      expect(times.map(({ id }) => id).toSorted()).toEqual(added.toSorted());
      expect(times.every((one) => one.times === 1)).toBe(true);
      expect(new Set(added).size).toBe(requests / 10);

      for (const id of added.slice(0, 3)) {
        const number = id.split('-')[1];
        const question = `How many postcards a day does kiosk number ${number} of Osprey Bay sell?`;
        const answer = await json(await post('/api/answers', { question }), answerSchema);
        expect(answer.citations.map(({ articleId }) => articleId)).toContain(id);
      }
      expect(new Set(answers).size).toBe(answers.length);
      for (const id of answers) {
        expect(await json(await post(`/api/answers/${id}/verify`, {}), checkSchema)).toEqual({ holds: true });
      }
      for (const [id, ids] of asked) {
        const { turns } = await get(`/api/conversations/${id}`, conversationSchema);
        const stored = turns.filter(({ role }) => role === 'user').map(({ answerId }) => answerId);
        // An answer whose replica was killed before it could say so may stand there beside the one that was given again.
        expect(stored).toEqual(expect.arrayContaining(ids));
        expect(new Set(stored).size).toBe(stored.length);
      }
    },
  );
});
