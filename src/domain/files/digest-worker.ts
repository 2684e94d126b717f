import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

import type { FileDigest } from './durable-files.ts';

/** Bytes that are read at a time: larger parts are no faster. */
const partBytes = 1 << 22;

const path: string = workerData;
const hash = createHash('sha256');
const part = Buffer.allocUnsafe(partBytes);
const file = openSync(path, 'r');
let bytes = 0;
for (;;) {
  const read = readSync(file, part);
  if (read === 0) break;
  hash.update(part.subarray(0, read));
  bytes += read;
}
closeSync(file);
const port = parentPort;
const tell = (digest: FileDigest) => port?.postMessage(digest);
tell({ bytes, sha256: hash.digest('hex') });
