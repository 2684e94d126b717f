import { join } from 'node:path';

/** Names inside an index folder. Everything else in it is left alone. */
export const names = {
  pointer: 'current.json',
  lock: 'writer.lock',
  generations: 'generations',
  /** Start of the name of a folder in which a generation is being built. */
  building: 'building-',
  manifest: 'manifest.json',
  articles: 'articles.db',
  /** Vectors that are compared one by one. */
  vectors: 'vectors.bin',
  /** In a folder in which a generation is being built: what it is built on. */
  state: 'building.json',
  /** End of the name of a file that is not whole yet. */
  temporary: '.tmp',
} as const;

/** `20260101T120000000Z-1a2b3c4d` */
export const generationPattern = /^\d{8}T\d{9}Z-[0-9a-f]{8}$/u;

/** Name of the file of a generation's graph, counted from 1. */
export function graphName(number: number): string {
  return `vectors-${number}.bin`;
}

/** Whether a file of that name holds vectors of a generation. */
export function isVectorFile(name: string): boolean {
  return /^vectors(?:-\d+)?\.bin/u.test(name);
}

/** The folder of one generation. */
export function generationFolder(dir: string, id: string): string {
  return join(dir, names.generations, id);
}

/** The id of a generation made at `time`; ids sort by time. `suffix` is eight hexadecimal digits. */
export function generationId(time: Date, suffix: string): string {
  return `${time.toISOString().replaceAll(/[-:.]/gu, '')}-${suffix}`;
}
