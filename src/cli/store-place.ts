import { resolve } from 'node:path';

import { type Config, loadConfig } from '../config.ts';
import { FootnoteError } from '../domain/errors.ts';

/** One end of a move. */
export interface StorePlace {
  /** The settings, with this end as the store. Nothing in it is so old that it is removed. */
  readonly config: Config;
  /** For messages: never with a password. */
  readonly name: string;
  /** What one sets to work with it. */
  readonly setting: string;
}

/** Longer than anything has been kept: what is to be moved must not be removed for its age while it is. */
const retentionDays = 36_500;

/**
 * The store that `text` names: the address of a database, or the folder of an index.
 *
 * @param schema - of the tables in a database, instead of STORE_SCHEMA.
 * @param corpusDir - within which stands what was added, unless ADDED_DIR says otherwise; instead of CORPUS_DIR.
 * @throws FootnoteError `configuration`
 */
export function storePlace(text: string, schema: string | undefined, corpusDir?: string): StorePlace {
  const isAddress = /^[a-z]+:\/\//iu.test(text);
  if (!isAddress && schema !== undefined) {
    throw new FootnoteError('configuration', `There is no schema in a folder (${text}).`, {
      remedy: 'Leave --from-schema or --to-schema away for it.',
    });
  }
  const settings = loadConfig({
    // A copy that follows may lag behind.
    STORE_READ_URL: '',
    CORPUS_DIR: corpusDir,
    ...(isAddress ? { STORE: text, STORE_SCHEMA: schema } : { STORE: '', INDEX_DIR: text }),
  });
  const config = {
    ...settings,
    answerRetentionDays: retentionDays,
    conversationRetentionDays: retentionDays,
  };
  const { store, indexDir } = config;
  if (store.kind === 'folder') return { config, name: indexDir, setting: `INDEX_DIR=${indexDir}` };
  const address = withoutSecrets(store.url);
  return {
    config,
    name: `${address}, schema ${store.schema}`,
    setting: `STORE=${address}${store.schema === 'footnote' ? '' : ` STORE_SCHEMA=${store.schema}`}`,
  };
}

/** Whether both are the same, as far as that can be told from their addresses. */
export function isSamePlace(one: StorePlace, other: StorePlace): boolean {
  const [a, b] = [one.config.store, other.config.store];
  if (a.kind === 'folder' || b.kind === 'folder') {
    return a.kind === b.kind && resolve(one.config.indexDir) === resolve(other.config.indexDir);
  }
  return withoutSecrets(a.url) === withoutSecrets(b.url) && a.schema === b.schema;
}

/** Passwords may stand before the host, and among the parameters as well. */
function withoutSecrets(address: string): string {
  const url = new URL(address);
  url.password = '';
  url.search = '';
  return url.href;
}
