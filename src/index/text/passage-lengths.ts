import type Database from 'better-sqlite3';
import { z } from 'zod';

import { lengthsPerRow } from './text-tables.ts';

const blob = z.instanceof(Buffer);
const row = z.tuple([blob, blob]).optional();
const numberedRow = z.tuple([z.int(), blob]);
const lastRow = z.int().nullable();

const bytes = 4;

/** How many terms a passage has, and how many different ones. */
export interface PassageLength {
  readonly length: number;
  readonly terms: number;
}

/** Writing of the table `text_lengths`. */
export interface LengthsWriter {
  get(key: number): PassageLength | undefined;
  /** By key; undefined for a passage that is gone. */
  set(values: ReadonlyMap<number, PassageLength | undefined>): void;
}

/** Prepares the statements of {@link LengthsWriter}. */
export function createLengthsWriter(database: Database.Database): LengthsWriter {
  const read = database.prepare('SELECT lengths, terms FROM text_lengths WHERE number = ?').raw();
  const put = database.prepare(
    'INSERT OR REPLACE INTO text_lengths (number, lengths, terms) VALUES (?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM text_lengths WHERE number = ?');
  const place = (key: number) => ({
    number: Math.floor(key / lengthsPerRow),
    offset: (key % lengthsPerRow) * bytes,
  });
  return {
    get(key) {
      const { number, offset } = place(key);
      const found = row.parse(read.get(number));
      const length = found?.[0].readUInt32LE(offset) ?? 0;
      return found && length > 0 ? { length: length - 1, terms: found[1].readUInt32LE(offset) } : undefined;
    },
    set(values) {
      const empty = () => Buffer.alloc(lengthsPerRow * bytes);
      const changed = new Map<number, readonly [lengths: Buffer, terms: Buffer]>();
      for (const [key, value] of values) {
        const { number, offset } = place(key);
        const [lengths, terms] = changed.get(number) ?? row.parse(read.get(number)) ?? [empty(), empty()];
        changed.set(number, [lengths, terms]);
        lengths.writeUInt32LE(value ? value.length + 1 : 0, offset);
        terms.writeUInt32LE(value?.terms ?? 0, offset);
      }
      for (const [number, [lengths, terms]] of changed) {
        if (lengths.some((byte) => byte > 0)) put.run(number, lengths, terms);
        else remove.run(number);
      }
    },
  };
}

/** The number of terms of each passage by key. Reads some megabytes for a million passages. */
export function readLengths(database: Database.Database): Uint32Array {
  const last = lastRow.parse(database.prepare('SELECT max(number) FROM text_lengths').pluck().get()) ?? -1;
  const lengths = new Uint32Array((last + 1) * lengthsPerRow);
  for (const found of database.prepare('SELECT number, lengths FROM text_lengths').raw().iterate()) {
    const [number, values] = numberedRow.parse(found);
    for (let index = 0; index < lengthsPerRow; index += 1) {
      lengths[number * lengthsPerRow + index] = Math.max(0, values.readUInt32LE(index * bytes) - 1);
    }
  }
  return lengths;
}
