import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { sentenceTexts } from '../support/check-answer.ts';
import { type ChatRequest, createGate, startOpenAiServer } from '../support/openai-server.ts';
import { pointerTo } from '../support/prompt-pointers.ts';
import { capacity, type Faulty, serveWithModel } from './support/serve-with-model.ts';

const places = { MAX_CONCURRENT_ANSWERS: '8' };
const written = (request: ChatRequest) => ({
  steps: [`It takes 240 passengers ${pointerTo(request, capacity)}.`],
});

async function readiness({ url }: Faulty) {
  const response = await fetch(`${url}/readyz`);
  // Footnote answers without its model.
  expect(response.status).toBe(200);
  return z
    .object({ chatModel: z.object({ circuit: z.string(), refusedCalls: z.number() }) })
    .parse(await response.json()).chatModel;
}

const gauge = async ({ url }: Faulty, state: string) =>
  (await (await fetch(`${url}/metrics`)).text()).includes(`footnote_model_circuit_state{state="${state}"} 1`);

async function until(faulty: Faulty, circuit: string): Promise<void> {
  while ((await readiness(faulty)).circuit !== circuit)
    await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Asks three times at once: each answer has two calls of the model, of which five open the circuit. */
async function fail(faulty: Faulty): Promise<void> {
  const answers = await Promise.all([faulty.ask(), faulty.ask(), faulty.ask()]);
  for (const answer of answers) expect(answer).toMatchObject({ degraded: true, abstained: false });
}

describe('a model whose server fails for a while', () => {
  it('is left alone, answers come at once meanwhile, and it is asked again when it is back', async () => {
    const faulty = await serveWithModel({ ...places, CHAT_TIMEOUT_MS: '20000', CHAT_PAUSE_MS: '2500' });
    faulty.reply = faulty.translation = () => ({ status: 500 });
    expect(await readiness(faulty)).toEqual({ circuit: 'closed', refusedCalls: 0 });
    await fail(faulty);
    expect((await readiness(faulty)).circuit).toBe('open');
    expect(await gauge(faulty, 'open')).toBe(true);

    const asked = faulty.model.requests.length;
    const answer = await faulty.ask();
    expect(answer).toMatchObject({ degraded: true, abstained: false, receipt: { writer: 'extractive' } });
    expect(sentenceTexts(answer)).toContain(capacity);
    expect(faulty.model.requests).toHaveLength(asked);
    expect((await readiness(faulty)).refusedCalls).toBeGreaterThan(0);

    faulty.reply = written;
    faulty.translation = () => ({ steps: ['?'] });
    await until(faulty, 'half-open');
    expect(await faulty.ask()).toMatchObject({ degraded: false, receipt: { writer: 'chat' } });
    expect((await readiness(faulty)).circuit).toBe('closed');
    expect(await gauge(faulty, 'closed')).toBe(true);
  });

  it('is tried by one call at a time', async () => {
    const faulty = await serveWithModel({ ...places, CHAT_TIMEOUT_MS: '20000', CHAT_PAUSE_MS: '100' });
    faulty.reply = faulty.translation = () => ({ status: 401 });
    await fail(faulty);
    await until(faulty, 'half-open');
    const gate = createGate();
    faulty.reply = written;
    faulty.translation = () => ({ steps: [gate.opened, '?'] });
    const asked = faulty.model.requests.length;
    const trial = faulty.ask();
    await faulty.model.request(asked);
    // Nobody else waits for how it ends.
    expect(await faulty.ask()).toMatchObject({ degraded: true, abstained: false });
    expect(faulty.model.requests).toHaveLength(asked + 1);
    gate.open();
    expect(await trial).toMatchObject({ degraded: false });
    expect(await faulty.ask()).toMatchObject({ degraded: false });
  });

  it('is left alone for as long as it asks to', async () => {
    const faulty = await serveWithModel({ ...places, CHAT_TIMEOUT_MS: '20000', CHAT_PAUSE_MS: '50' });
    faulty.translation = () => ({ status: 429, headers: { 'retry-after': '50' } });
    faulty.reply = written;
    expect(await faulty.ask()).toMatchObject({ degraded: true, abstained: false });
    const asked = faulty.model.requests.length;
    expect((await readiness(faulty)).circuit).toBe('open');
    expect(await faulty.ask()).toMatchObject({ degraded: true, abstained: false });
    expect(faulty.model.requests).toHaveLength(asked);
  });

  it('is asked all the same after questions that it refuses', async () => {
    const faulty = await serveWithModel({ ...places });
    faulty.reply = faulty.translation = () => ({ status: 400, message: 'too long' });
    await fail(faulty);
    await fail(faulty);
    expect(await readiness(faulty)).toEqual({ circuit: 'closed', refusedCalls: 0 });
    faulty.reply = written;
    expect(await faulty.ask()).toMatchObject({ degraded: false });
  });

  it('is left alone when it never answers', async () => {
    const faulty = await serveWithModel({ ...places, CHAT_TIMEOUT_MS: '400', CHAT_PAUSE_MS: '60000' });
    faulty.reply = faulty.translation = () => ({ hang: true });
    await fail(faulty);
    const asked = faulty.model.requests.length;
    expect(await faulty.ask()).toMatchObject({ degraded: true, abstained: false });
    expect((await readiness(faulty)).circuit).toBe('open');
    expect(faulty.model.requests).toHaveLength(asked);
    for (const { closed } of faulty.model.requests) expect(await closed).toBe('hung-up');
  });

  it('is left alone when nobody listens, and is always asked where that is wanted', async () => {
    const gone = await startOpenAiServer(() => ({ hang: true }));
    await gone.close();
    const refused = { ...places, OPENAI_BASE_URL: gone.baseUrl, CHAT_TIMEOUT_MS: '20000' };
    const faulty = await serveWithModel(refused);
    await fail(faulty);
    expect((await readiness(faulty)).circuit).toBe('open');

    const stubborn = await serveWithModel({ ...places, CHAT_PAUSE_MS: '0' });
    stubborn.reply = stubborn.translation = () => ({ status: 401 });
    await fail(stubborn);
    await fail(stubborn);
    expect(stubborn.model.requests).toHaveLength(12);
    expect(await (await fetch(`${stubborn.url}/readyz`)).json()).not.toHaveProperty('chatModel');
  });
});
