import { parentPort } from 'node:worker_threads';

import { parseFile } from './parse-file.ts';
import type { FileToParse, NextPart, PreparedArticle, ThreadMessage } from './parsed-file.ts';

/** What one message holds at most, but for a single longer article: a few milliseconds for whoever receives it. */
const part = { articles: 100, characters: 250_000 };

const port = parentPort;
const send = (message: ThreadMessage) => port?.postMessage(message);
let sendNext: (() => void) | undefined;

async function read(input: FileToParse): Promise<void> {
  const { articles, failures } = await parseFile(input);
  let rest = articles;
  for (let count = countOf(rest); count < rest.length; count = countOf(rest)) {
    const asked = new Promise<void>((resolve) => {
      sendNext = resolve;
    });
    send({ kind: 'part', articles: rest.slice(0, count) });
    rest = rest.slice(count);
    await asked;
  }
  send({ kind: 'parsed', parsed: { articles: rest, failures } });
}

/** How many of the first articles one message holds. */
function countOf(articles: readonly PreparedArticle[]): number {
  let count = 0;
  for (let characters = 0; count < Math.min(articles.length, part.articles); count += 1) {
    characters += articles[count]?.article.text.length ?? 0;
    if (count > 0 && characters > part.characters) break;
  }
  return count;
}

port?.on('message', (message: FileToParse | NextPart) => {
  if ('next' in message) sendNext?.();
  else void read(message);
});
send({ kind: 'ready' });
