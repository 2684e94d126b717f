// A process of its own: a server that speaks the wire format of OpenAI's chat completions and streams replies of a known
// shape at a known rate. Tells its parent the port.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import process from 'node:process';
import { text as readText } from 'node:stream/consumers';

import { z } from 'zod';

import { asksForAnswer, scriptedTokens } from './scripted-reply.ts';
import { microseconds, timeWord } from './steady-clock.ts';
import { createTimerWheel } from './timer-wheel.ts';

const settingsSchema = z.object({
  tokensPerSecond: z.number(),
  shape: z.object({ sentences: z.number(), words: z.number() }),
});
const requestSchema = z.object({ messages: z.array(z.object({ content: z.string() })) });

const { tokensPerSecond, shape } = settingsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const wheel = createTimerWheel(tokensPerSecond);

const chunk = (choices: string, more = '') =>
  `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"bench","choices":${choices}${more}}\n\n`;
const delta = (content: string) =>
  chunk(`[{"index":0,"delta":{"content":${JSON.stringify(content)}},"finish_reason":null}]`);
const ending =
  chunk('[{"index":0,"delta":{},"finish_reason":"stop"}]') +
  chunk('[]', ',"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}') +
  'data: [DONE]\n\n';

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const arrived = microseconds();
  const { messages } = requestSchema.parse(JSON.parse(await readText(request)));
  const prompt = messages.map(({ content }) => content).join('\n');
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (!asksForAnswer(prompt)) {
    // Not a translation, so that the answer is found as if there were none.
    response.end(delta('?') + ending);
    return;
  }
  const tokens = scriptedTokens(prompt, shape);
  // The second word tells when the model was asked.
  tokens[1] = ` ${timeWord(arrived)}`;
  let sent = 0;
  wheel.add(() => {
    if (response.destroyed) return false;
    const token = tokens[sent] ?? `${sent === 0 ? '' : ' '}${timeWord(microseconds())}`;
    sent += 1;
    response.write(delta(token));
    if (sent < tokens.length) return true;
    response.end(ending);
    return false;
  });
}

const server = createServer((request, response) => {
  serve(request, response).catch(() => response.destroy());
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const { port } = z.object({ port: z.number() }).parse(server.address());
  process.send?.({ port });
});
process.once('disconnect', () => process.exit());
