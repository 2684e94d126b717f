import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { errorCode, errorMessage, FootnoteError } from '../../domain/errors.ts';
import { replaceFile } from '../../domain/files/durable-files.ts';

/** Name of the list in the folder of what was added. */
export const withdrawnFile = 'withdrawn.json';

/** A withdrawal, as it is kept. */
export const withdrawalSchema = z.object({
  articleId: z.string().min(1),
  /** Not kept of an article that was purged. */
  title: z.string().min(1).exactOptional(),
  /** The file that holds it, or held it, as a path in the corpus. */
  file: z.string().min(1).exactOptional(),
  /** Of the page that it came from, as it was asked for. */
  url: z.url().exactOptional(),
  /** Of that page after redirects. */
  finalUrl: z.url().exactOptional(),
  /** When it was withdrawn. */
  at: z.iso.datetime(),
  /** Whether stored answers were rid of it as well. */
  purged: z.boolean().exactOptional(),
});

const listSchema = z.object({ withdrawn: z.array(withdrawalSchema) });

/** An article that is left out although its file or its page may be there. */
export type Withdrawal = z.infer<typeof withdrawalSchema>;

/** The withdrawn articles at one moment. */
export interface Withdrawals {
  /** Latest first. */
  readonly list: readonly Withdrawal[];
  /** Whether an article of this id, or from this address, is withdrawn. */
  isWithdrawn(what: { readonly articleId: string } | { readonly url: string }): boolean;
}

/** Which withdrawals are meant: those that have one of these. */
export interface WithdrawalsOf {
  readonly articleIds?: readonly string[];
  readonly urls?: readonly string[];
  readonly files?: readonly string[];
}

/** The withdrawn articles, kept beside what was added. */
export interface WithdrawnStore {
  /** @throws FootnoteError `configuration` when the list is damaged: withdrawn articles must not come back by that. */
  read(): Promise<Withdrawals>;
  /** As it was last read or changed by this process, for those who cannot wait; empty before. */
  latest(): Withdrawals;
  /** Adds a withdrawal, or replaces that of the same article; resolves when it is on the disk. */
  withdraw(withdrawal: Withdrawal): Promise<void>;
  /** Lifts withdrawals. Returns those that there were. */
  restore(which: WithdrawalsOf): Promise<readonly Withdrawal[]>;
}

/**
 * Reads the list afresh with each call, so that several processes may read it; one of them writes.
 *
 * @param options.dir - ADDED_DIR.
 */
export function createWithdrawnStore({ dir }: { readonly dir: string }): WithdrawnStore {
  const file = join(dir, withdrawnFile);
  let last: Promise<unknown> = Promise.resolve();
  let latest = withdrawalsOf([]);

  async function read(): Promise<readonly Withdrawal[]> {
    const list = await readList(file);
    latest = withdrawalsOf(list);
    return list;
  }

  /** One change after the other: each is made to what the one before has left. */
  function change<T>(work: (list: readonly Withdrawal[]) => Promise<T>): Promise<T> {
    const next = last.then(async () => work(await read()));
    last = next.catch(() => undefined);
    return next;
  }

  async function write(list: readonly Withdrawal[]): Promise<void> {
    try {
      await mkdir(dir, { recursive: true });
      await replaceFile(file, `${JSON.stringify({ withdrawn: list }, undefined, 2)}\n`);
      latest = withdrawalsOf(list);
    } catch (cause) {
      throw new FootnoteError('unavailable', `The list ${file} cannot be written: ${errorMessage(cause)}`, {
        remedy: 'Free space or mend the permissions of its folder, or name another one with ADDED_DIR.',
        cause,
      });
    }
  }

  return {
    read: async () => withdrawalsOf(await read()),
    latest: () => latest,
    withdraw: (withdrawal) =>
      change(async (list) => {
        const others = list.filter(({ articleId }) => articleId !== withdrawal.articleId);
        await write([withdrawal, ...others]);
      }),
    restore: (which) =>
      change(async (list) => {
        const lifted = list.filter(matching(which));
        if (lifted.length > 0) await write(list.filter((entry) => !lifted.includes(entry)));
        return lifted;
      }),
  };
}

async function readList(file: string): Promise<readonly Withdrawal[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw unusable(file, error);
  }
  try {
    return listSchema.parse(JSON.parse(text)).withdrawn;
  } catch (error) {
    throw unusable(file, error);
  }
}

/** A list of withdrawals, to be asked. */
export function withdrawalsOf(list: readonly Withdrawal[]): Withdrawals {
  const ids = new Set(list.map(({ articleId }) => articleId));
  const addresses = new Set(list.flatMap(addressesOf));
  return {
    list: list.toSorted((one, other) => other.at.localeCompare(one.at)),
    isWithdrawn: (what) =>
      'articleId' in what ? ids.has(what.articleId) : addresses.has(sameAddress(what.url)),
  };
}

/** Whether a withdrawal is meant. */
export function matching({ articleIds = [], urls = [], files = [] }: WithdrawalsOf) {
  const addresses = new Set(urls.map(sameAddress));
  return (entry: Withdrawal): boolean =>
    articleIds.includes(entry.articleId) ||
    (entry.file !== undefined && files.includes(entry.file)) ||
    addressesOf(entry).some((address) => addresses.has(address));
}

function addressesOf({ url, finalUrl }: Withdrawal): string[] {
  return [url, finalUrl].flatMap((address) => (address === undefined ? [] : [sameAddress(address)]));
}

/** Equal for two spellings of an address; the place within the page does not count. */
function sameAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.hash = '';
  return url.href;
}

function unusable(file: string, cause: unknown): FootnoteError {
  const problem = cause instanceof z.ZodError ? z.prettifyError(cause) : errorMessage(cause);
  return new FootnoteError(
    'configuration',
    `The list of withdrawn articles, ${file}, cannot be read: ${problem}`,
    {
      remedy: 'Bring it back from a backup, or mend it. Deleting it brings every withdrawn article back.',
      cause,
    },
  );
}
