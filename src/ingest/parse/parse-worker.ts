import { parentPort } from 'node:worker_threads';

import { parseFile } from './parse-file.ts';
import type { FileToParse, ThreadMessage } from './parsed-file.ts';

const port = parentPort;
const send = (message: ThreadMessage) => port?.postMessage(message);

port?.on('message', (input: FileToParse) => {
  void parseFile(input).then((parsed) => send({ kind: 'parsed', parsed }));
});
send({ kind: 'ready' });
