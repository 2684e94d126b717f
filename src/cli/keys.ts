import process from 'node:process';

import { isInUse } from '../conversation/key-rows.ts';
import type { KeyStore, NewKey } from '../conversation/key-store.ts';
import { type ApiKey, type Scope, scopes } from '../domain/api-key.ts';
import { FootnoteError } from '../domain/errors.ts';
import { openKeyStore } from '../open-records.ts';
import { type CommandInput, runCommand } from './command.ts';

const usage = `Usage: npm run -s keys -- create --name NAME --scope ask,read [--expires DAYS]
       npm run -s keys -- list [--json]
       npm run -s keys -- revoke ID
Keys of the API. A running server heeds each change at once.
  --name NAME     whose key it is, up to 100 characters
  --scope SCOPES  ask: put questions; read: search and read; admin: everything
  --expires DAYS  days until it stops working, 1-3650; never when absent
  --index DIR     where the keys are stored (keys.sqlite), unless STORE names a database`;

await runCommand(usage, async (input) => {
  const store = openKeyStore(input.config);
  const [verb, id, ...rest] = input.words;
  try {
    if (verb === 'create' && id === undefined) await create(store, input);
    else if (verb === 'list' && id === undefined) await list(store, input.has('json'));
    else if (verb === 'revoke' && id !== undefined && rest.length === 0) {
      const { name } = await store.revoke(id);
      process.stdout.write(`The key ${id} (${name}) opens nothing any more.\n`);
    } else throw wrongUsage('What is to be done?');
  } finally {
    await store.close();
  }
});

async function create(store: KeyStore, { config, option }: CommandInput): Promise<void> {
  const { key, token } = await store.create(newKey(option));
  // Alone on standard output, so that scripts can take it from there.
  process.stdout.write(`${token}\n`);
  const until = key.expiresAt === undefined ? '' : ` until ${key.expiresAt}`;
  process.stderr.write(`Key ${key.id} for ${key.name}: ${key.scopes.join(', ')}${until}.\n`);
  process.stderr.write('Keep it now: it is not stored and cannot be shown again.\n');
  if (!config.access.keysRequired) {
    process.stderr.write(
      'Keys are optional at the moment. To require them, set API_KEYS=required and restart.\n',
    );
  }
}

function newKey(option: CommandInput['option']): NewKey {
  const name = option('name')?.trim() ?? '';
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name)) {
    throw wrongUsage('--name must be one line of 1 to 100 characters.');
  }
  const asked = (option('scope') ?? '').split(',').map((word) => word.trim());
  const unknown = asked.find((word) => !isScope(word));
  if (unknown !== undefined)
    throw wrongUsage(`--scope must be some of ${scopes.join(', ')}, not "${unknown}".`);
  const expires = option('expires');
  if (expires !== undefined && !/^[1-9]\d{0,3}$/u.test(expires)) throw wrongExpiry();
  const expiresInDays = Number(expires);
  if (expiresInDays > 3_650) throw wrongExpiry();
  return {
    name,
    scopes: scopes.filter((scope) => asked.includes(scope)),
    ...(expires !== undefined && { expiresInDays }),
  };
}

async function list(store: KeyStore, json: boolean): Promise<void> {
  const keys = await store.list();
  if (json) process.stdout.write(`${JSON.stringify(keys)}\n`);
  else if (keys.length === 0) process.stdout.write('There are no keys.\n');
  else for (const key of keys) process.stdout.write(`${describeKey(key)}\n`);
}

function describeKey(key: ApiKey): string {
  const { id, name, createdAt, expiresAt, revokedAt } = key;
  const day = (instant: string) => instant.slice(0, 10);
  const state = () => {
    if (revokedAt !== undefined) return `revoked ${day(revokedAt)}`;
    if (expiresAt === undefined) return 'in use';
    return `${isInUse(key, Date.now()) ? 'expires' : 'expired'} ${day(expiresAt)}`;
  };
  return [id, key.scopes.join(','), `created ${day(createdAt)}`, state(), name].join('  ');
}

function isScope(word: string): word is Scope {
  return scopes.some((scope) => scope === word);
}

function wrongExpiry(): FootnoteError {
  return wrongUsage('--expires must be a whole number of days from 1 to 3650.');
}

function wrongUsage(message: string): FootnoteError {
  return new FootnoteError('configuration', message, { remedy: usage });
}
