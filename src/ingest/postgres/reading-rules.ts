import { z } from 'zod';

import { canonicalJson } from '../../domain/canonical-json.ts';
import { FootnoteError } from '../../domain/errors.ts';
import type { Database } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import type { CorpusFiles } from '../load/corpus-files.ts';
import { addedPrefix } from '../load/corpus-roots.ts';
import { readerVersion } from '../reader-version.ts';
import { splitterVersion } from '../split/version.ts';
import { storedDigests } from './stored-files.ts';

/** By which rules files are read now. */
const currentRules = canonicalJson({ readerVersion, splitterVersion });

const rulesRow = z.object({ rules: z.string() });

/**
 * Brings the digests of what was added to the rules by which files are read now, so that all of it is read again after
 * they have changed. Files of the folder need none of this: they are looked at anyway.
 */
export async function renewDigests(
  {
    database,
    files,
    maxFileBytes,
  }: { readonly database: Database; readonly files: CorpusFiles; readonly maxFileBytes: number },
  signal?: AbortSignal,
): Promise<void> {
  /** Undefined of what cannot be read any more: that is told when it is read. */
  async function digestOf(path: string): Promise<string | undefined> {
    try {
      return (await files.read(path, { maxBytes: maxFileBytes, signal })).digest;
    } catch (error) {
      if (error instanceof FootnoteError && error.code === 'unreadable-article') return undefined;
      throw error;
    }
  }

  const [row] = await database.query('SELECT rules FROM reading_rules WHERE shard = 0', [], { signal });
  if (row !== undefined && rulesRow.parse(row).rules === currentRules) return;
  for (const [path, before] of await storedDigests(database, signal)) {
    signal?.throwIfAborted();
    if (!path.startsWith(addedPrefix)) continue;
    const digest = await digestOf(path);
    if (digest === undefined || digest === before) continue;
    // Unless it was replaced meanwhile.
    await database.query('UPDATE files SET digest = $4 WHERE shard = $1 AND path = $2 AND digest = $3', [
      shardOf(path),
      path,
      before,
      digest,
    ]);
  }
  await database.query(
    `INSERT INTO reading_rules (shard, rules) VALUES (0, $1)
     ON CONFLICT (shard) DO UPDATE SET rules = EXCLUDED.rules`,
    [currentRules],
  );
}
