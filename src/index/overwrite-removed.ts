import { open } from 'node:fs/promises';

import {
  isRemoved,
  labelOf,
  readRecords,
  readVectorHeader,
  recordStart,
  vectorOf,
  vectorOffset,
} from './vector-header.ts';
import type { VectorMemory } from './vector-memory.ts';

const linkBytes = 4;

/**
 * Overwrites what a graph's file still holds of removed vectors. hnswlib leaves them where they were, marked, because
 * ways through the graph lead past them; each becomes a copy of its nearest neighbour that stays, so that the ways lead
 * past there as before.
 *
 * @param vectors - those that stay, by label.
 */
export async function overwriteRemoved(path: string, vectors: VectorMemory): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const header = await readVectorHeader(file);
    const labels: number[] = [];
    const removed: { readonly index: number; readonly vector: Float32Array; readonly links: number[] }[] = [];
    for await (const records of readRecords(file, header)) {
      for (const record of records) {
        if (isRemoved(record, header)) {
          removed.push({ index: labels.length, vector: vectorOf(record, header), links: linksOf(record) });
        }
        labels.push(labelOf(record));
      }
    }
    const [, someVector] = vectors.entries().next().value ?? [];
    for (const { index, vector, links } of removed) {
      const neighbours = links.flatMap((link) => labels[link] ?? []);
      const [nearest] = vectors.scan(vector, 1, vectors.places(neighbours));
      const substitute =
        (nearest && vectors.get(nearest.label)) ?? someVector ?? new Float32Array(vector.length);
      const position = recordStart('graph') + index * header.record + vectorOffset(header);
      const bytes = new Uint8Array(substitute.buffer, substitute.byteOffset, substitute.byteLength);
      await file.write(bytes, 0, bytes.length, position);
    }
  } finally {
    await file.close();
  }
}

/** Places in the file of a record's neighbours on the lowest level. */
function linksOf(record: Buffer): number[] {
  return Array.from({ length: record.readUInt16LE(0) }, (_, index) =>
    record.readUInt32LE(linkBytes * (index + 1)),
  );
}
