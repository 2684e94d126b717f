import type Database from 'better-sqlite3';
import { z } from 'zod';

import { FootnoteError } from '../../domain/errors.ts';
import { blockPostings, decodeBlock, encodeBlock } from './posting-blocks.ts';
import type { TermChange } from './text-changes.ts';
import { blockNumber, keysEnd, termsEnd } from './text-tables.ts';

const termRow = z.tuple([z.int(), z.int()]).optional();
const blockRow = z.tuple([z.number(), z.instanceof(Buffer)]).optional();
const numberRow = z.number().nullable();

/** What is kept of the terms written last, so that they need not be read: some tens of megabytes. */
const mostKnown = { terms: 100_000, postings: 2_000_000 } as const;

/** The last block of a term. */
interface OpenBlock {
  readonly number: number;
  readonly keys: number[];
  readonly counts: number[];
}

interface OpenTerm {
  readonly number: number;
  documents: number;
  block: OpenBlock | undefined;
}

/** Writing of the tables `terms` and `postings`. */
export interface PostingsWriter {
  /**
   * Takes the removed keys out of the term's blocks and appends the added ones, which are above all others.
   *
   * @returns the removed keys that were there.
   */
  write(change: TermChange): number[];
  /** To be called when what was written is undone. */
  forget(): void;
}

/** Prepares the statements of {@link PostingsWriter}. */
export function createPostingsWriter(database: Database.Database): PostingsWriter {
  const readTerm = database
    .prepare('SELECT number, documents FROM terms WHERE language = ? AND term = ?')
    .raw();
  const addTerm = database.prepare(
    'INSERT INTO terms (language, term, number, documents) VALUES (?, ?, ?, ?)',
  );
  const countTerm = database.prepare('UPDATE terms SET documents = ? WHERE language = ? AND term = ?');
  const removeTerm = database.prepare('DELETE FROM terms WHERE language = ? AND term = ?');
  const readBlock = database
    .prepare('SELECT number, block FROM postings WHERE number BETWEEN ? AND ? ORDER BY number DESC LIMIT 1')
    .raw();
  const putBlock = database.prepare('INSERT OR REPLACE INTO postings (number, block) VALUES (?, ?)');
  const removeBlock = database.prepare('DELETE FROM postings WHERE number = ?');
  const lastBlock = database.prepare('SELECT max(number) FROM postings').pluck();

  /** What was written last, as it is in the tables. */
  const known = new Map<string, OpenTerm>();
  let knownPostings = 0;
  let nextNumber: number | undefined;

  function forget(): void {
    known.clear();
    knownPostings = 0;
    nextNumber = undefined;
  }

  /** The block that has `key`, if any has. */
  function blockAt(term: number, key: number) {
    const row = blockRow.parse(readBlock.get(blockNumber(term, 0), blockNumber(term, key)));
    return row && { number: row[0], ...decodeBlock(row[1]) };
  }

  function termOf({ language, term }: TermChange): OpenTerm | undefined {
    const name = `${language} ${term}`;
    const found = known.get(name);
    if (found) return found;
    const [number, documents] = termRow.parse(readTerm.get(language, term)) ?? [];
    if (number === undefined || documents === undefined) return undefined;
    const last = blockAt(number, keysEnd - 1);
    const block = last && { number: last.number, keys: [...last.keys], counts: [...last.counts] };
    return keep(name, { number, documents, block });
  }

  function keep(name: string, term: OpenTerm): OpenTerm {
    known.set(name, term);
    knownPostings += term.block?.keys.length ?? 0;
    return term;
  }

  function removeKey(term: number, key: number): boolean {
    const block = blockAt(term, key);
    const place = block ? block.keys.indexOf(key) : -1;
    if (!block || place < 0) return false;
    if (block.keys.length === 1) {
      removeBlock.run(block.number);
      return true;
    }
    const others = (numbers: Uint32Array) => numbers.filter((_, index) => index !== place);
    putBlock.run(block.number, encodeBlock(others(block.keys), others(block.counts)));
    return true;
  }

  function remove({ language, term, removed }: TermChange): number[] {
    const name = `${language} ${term}`;
    const [number, documents] = termRow.parse(readTerm.get(language, term)) ?? [];
    if (number === undefined || documents === undefined) return [];
    const gone = removed.filter((key) => removeKey(number, key));
    if (gone.length === 0) return [];
    known.delete(name);
    // The block with the highest number may be gone.
    nextNumber = undefined;
    if (gone.length === documents) removeTerm.run(language, term);
    else countTerm.run(documents - gone.length, language, term);
    return gone;
  }

  function append(term: OpenTerm, { keys, counts }: TermChange['added']): void {
    for (const [index, key] of keys.entries()) {
      if (!term.block || term.block.keys.length === blockPostings) {
        if (term.block && index > 0) write(term.block);
        term.block = { number: blockNumber(term.number, key), keys: [], counts: [] };
      }
      term.block.keys.push(key);
      term.block.counts.push(counts[index] ?? 0);
    }
    if (term.block) write(term.block);
    term.documents += keys.length;
    knownPostings += keys.length;
  }

  function write({ number, keys, counts }: OpenBlock): void {
    putBlock.run(number, encodeBlock(keys, counts));
  }

  function add(change: TermChange): void {
    const { language, term, added } = change;
    const stored = termOf(change);
    if (stored) {
      append(stored, added);
      countTerm.run(stored.documents, language, term);
      return;
    }
    const number = nextNumber ?? Math.floor((numberRow.parse(lastBlock.get()) ?? 0) / keysEnd) + 1;
    nextNumber = number + 1;
    if (number >= termsEnd || (added.keys.at(-1) ?? 0) >= keysEnd) throw full();
    const made = keep(`${language} ${term}`, { number, documents: 0, block: undefined });
    append(made, added);
    addTerm.run(language, term, number, made.documents);
  }

  return {
    write(change) {
      const gone = change.removed.length > 0 ? remove(change) : [];
      if (change.added.keys.length > 0) add(change);
      if (knownPostings > mostKnown.postings || known.size > mostKnown.terms) forget();
      return gone;
    },
    forget,
  };
}

function full(): FootnoteError {
  return new FootnoteError('unavailable', `The index has had ${keysEnd} passages or ${termsEnd} terms.`, {
    remedy: 'Choose an empty INDEX_DIR, then run npm run ingest.',
  });
}
