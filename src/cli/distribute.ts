import process from 'node:process';

import { FootnoteError } from '../domain/errors.ts';
import { connect } from '../postgres/connect.ts';
import { distribute } from '../postgres/distribute.ts';
import { distributions } from '../postgres/distribution-plan.ts';
import { runCommand } from './command.ts';

const usage = `Usage: npm run -s distribute -- [options]
Spreads the tables of the database in STORE over the servers of a Citus cluster. Ask its coordinator, and stop what writes meanwhile.
  --print   print the SQL instead, for whoever looks after the database`;

await runCommand(usage, async ({ config: { store }, has, signal }) => {
  if (store.kind !== 'postgres') {
    throw new FootnoteError('configuration', 'STORE names no database.', {
      remedy:
        'Set STORE=postgres://… to the coordinator of the cluster. Files in a folder are not distributed.',
    });
  }
  if (has('print')) {
    process.stdout.write(sqlFor(store.schema));
    return;
  }
  const database = connect(store);
  try {
    const count = await distribute(database, {
      schema: store.schema,
      signal,
      onTable: (table, isNew) =>
        process.stdout.write(`${table}: ${isNew ? 'distributed' : 'was distributed already'}\n`),
    });
    process.stdout.write(`Done: ${count} tables distributed.\n`);
  } finally {
    await database.close();
  }
});

function sqlFor(schema: string): string {
  return [
    '-- For the coordinator of a Citus cluster, when Footnote has made its tables. It may be run again.',
    ...distributions(schema).map(({ statement }) => `${statement};`),
    '',
  ].join('\n');
}
