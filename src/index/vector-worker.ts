import { basename, dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

import { buildSegment } from './build-segment.ts';
import { openDatabase } from './generation-files.ts';
import type { VectorReply, VectorWork } from './vector-threads.ts';
import { packError } from './writer-messages.ts';

async function build({ task, place, database: file }: VectorWork): Promise<VectorReply> {
  try {
    const database = openDatabase(dirname(file), basename(file));
    try {
      return { segment: await buildSegment(task, place, database) };
    } finally {
      database.close();
    }
  } catch (error) {
    return { error: packError(error) };
  }
}

const work: VectorWork = workerData;
const reply = await build(work);
parentPort?.postMessage(reply, []);
