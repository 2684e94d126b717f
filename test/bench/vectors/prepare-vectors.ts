// In a process of its own: makes the vectors, the queries, and what the true neighbours are.
import { z } from 'zod';

import { runTask } from '../support/child-task.ts';
import { createClusteredVectors } from '../support/clustered-vectors.ts';
import { randomNumbers } from '../support/random.ts';
import { nearestLabels } from './neighbours.ts';
import { vectorAt, type VectorSet, writeNumbers } from './vector-set.ts';

const settingsSchema = z.object({
  folder: z.string(),
  count: z.int(),
  dimensions: z.int(),
  queries: z.int(),
  k: z.int(),
});

await runTask(settingsSchema, async ({ folder, count, dimensions, queries, k }) => {
  const random = randomNumbers(count);
  const clustered = createClusteredVectors({ dimensions, seed: count });
  const set: VectorSet = { count, dimensions, values: new Float32Array(count * dimensions) };
  for (let label = 0; label < count; label += 1) {
    set.values.set(clustered.near(Math.floor(random() * 1_000)), label * dimensions);
  }
  const asked = new Float32Array(queries * dimensions);
  const truth = new Uint32Array(queries * k);
  for (let query = 0; query < queries; query += 1) {
    const vector = clustered.beside(vectorAt(set, Math.floor(random() * count)));
    asked.set(vector, query * dimensions);
    truth.set(nearestLabels(set, Float32Array.from(vector), k), query * k);
  }
  await writeNumbers(folder, 'vectors', set.values);
  await writeNumbers(folder, 'queries', asked);
  await writeNumbers(folder, 'neighbours', truth);
  return { count };
});
