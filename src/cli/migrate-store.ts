import process from 'node:process';
import { isDeepStrictEqual } from 'node:util';

import { FootnoteError, messageWithRemedy } from '../domain/errors.ts';
import type { GenerationInfo, SourceRecord } from '../domain/ports.ts';
import { copyAdded } from '../ingest/copy-added.ts';
import { addedPrefix } from '../ingest/load/corpus-roots.ts';
import { openStore } from '../open-store.ts';
import type { Store } from '../store.ts';
import { type CommandInput, runCommand } from './command.ts';
import { currentGeneration, type IndexPlace, openIndexSource } from './index-source.ts';
import { type IndexSummary, moveIndex, occupied, summaryOf } from './move-index.ts';
import { moveRecords } from './move-records.ts';
import { isSamePlace, type StorePlace, storePlace } from './store-place.ts';

const usage = `Usage: npm run -s migrate-store -- --from STORE --to STORE [options]
Copies an index with what was added through Footnote, stored answers, conversations and keys, without embedding anything again.
STORE is the folder of an index, or postgres://… Nothing of the first is changed. Stop its servers before.
  --from-schema NAME   schema of the tables in a database, instead of STORE_SCHEMA
  --to-schema NAME     the same for the second
  --corpus DIR         folder with articles: what was added stands in ADDED_DIR, or in "added" within it
  --replace            remove articles of the second that the first does not have`;

await runCommand(usage, async (input) => {
  const ends = places(input);
  const { from, to } = ends;
  const generation = await sourceGeneration(from);
  await checkTarget(to, generation, input.has('replace'));
  const embeddings = { id: generation.embeddingModel, dimensions: generation.dimensions };
  const onError = (error: unknown) => process.stderr.write(`${messageWithRemedy(error)}\n`);
  const stores = {
    from: openStore(from.config, { embeddings, onError }),
    to: openStore(to.config, { embeddings, onError }),
  };
  try {
    await migrate({ ends, stores, generation, input });
  } finally {
    await Promise.all([stores.from.close(), stores.to.close()]);
  }
});

interface Migration {
  readonly ends: { readonly from: StorePlace; readonly to: StorePlace };
  readonly stores: { readonly from: Store; readonly to: Store };
  readonly generation: GenerationInfo;
  readonly input: Pick<CommandInput, 'signal' | 'has'>;
}

async function migrate({ ends, stores, generation, input }: Migration): Promise<void> {
  const { signal, has } = input;
  const { from, to } = ends;
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const source = await openIndexSource({ config: from.config, store: stores.from, generation });
  try {
    await checkAdded(from, stores.from, source.sources, signal);
    print(`From ${from.name}\nto ${to.name}`);
    const moved = await moveIndex({
      from: source,
      to: await stores.to.openWriter('migrate-store'),
      replace: has('replace'),
      signal,
      onProgress: progressLines((line) => process.stderr.write(`${line}\n`)),
    });
    const summary = summaryOf(source);
    const written = await summaryAt({ config: to.config, store: stores.to, generation: moved });
    if (!isDeepStrictEqual(summary, written)) throw notEqual(summary, written);
    const { articles, passages, sources } = summary;
    print(`Articles: ${articles}, passages: ${passages}, files known: ${sources}.`);
    print(`The same on both sides, checksum ${summary.checksum.slice(0, 16)}.`);
    const { maxFileBytes } = from.config.parse;
    const added = await copyAdded({
      from: stores.from.added,
      to: stores.to.added,
      replace: has('replace'),
      maxFileBytes,
      signal,
    });
    print(`Added files: ${added.files}, deleted articles: ${added.withdrawals}.`);
    print(`Stored answers: ${await moveRecords(stores.from.answers, stores.to.answers, signal)}.`);
    print(`Conversations: ${await moveRecords(stores.from.conversations, stores.to.conversations, signal)}.`);
    print(`Keys: ${await moveRecords(stores.from.keys, stores.to.keys, signal)}.`);
  } finally {
    await source.close();
  }
  print(notCopied(to));
  print(`Go on with: ${to.setting} npm start`);
}

/** Another folder than the one that was used would look as if all that was added had been removed. */
async function checkAdded(
  { config }: StorePlace,
  { added }: Store,
  sources: ReadonlyMap<string, SourceRecord>,
  signal: AbortSignal,
): Promise<void> {
  const isAdded = (path: string) => path.startsWith(addedPrefix);
  const known = [...sources.keys()].filter(isAdded).length;
  if (config.store.kind !== 'folder' || known === 0) return;
  const { files, failed } = await added.list(signal);
  if (failed.length > 0 || files.some(isAdded)) return;
  throw new FootnoteError(
    'configuration',
    `The index knows ${known} added files, and there is none in ${config.addedDir}.`,
    { remedy: 'Name the folder with ADDED_DIR, or with --corpus where it is "added" within that.' },
  );
}

/** What is read where it stands, and not kept by a store in a folder. */
function notCopied({ config, setting }: StorePlace): string {
  return config.store.kind === 'folder'
    ? 'The files of your own folder (--corpus) were not copied; they are read where they are.'
    : `The files of your own folder come with the next ingest: ${setting} npm run -s ingest`;
}

/** @throws FootnoteError `index-unusable` */
async function sourceGeneration({ config, name }: StorePlace): Promise<GenerationInfo> {
  const generation = await currentGeneration(config);
  if (generation) return generation;
  throw new FootnoteError('index-unusable', `There is no index in ${name}.`, {
    remedy: 'Check --from, or build an index there with: npm run -s ingest',
  });
}

/** An index of another model is built anew by a writer, so that nothing of it would be left. */
async function checkTarget({ config }: StorePlace, source: GenerationInfo, replace: boolean): Promise<void> {
  if (replace) return;
  const target = await currentGeneration(config);
  if (!target || target.articles === 0) return;
  const { embeddingModel, dimensions } = target;
  if (embeddingModel !== source.embeddingModel || dimensions !== source.dimensions) {
    throw occupied(target.articles);
  }
}

async function summaryAt(place: IndexPlace): Promise<IndexSummary> {
  const opened = await openIndexSource(place);
  try {
    return summaryOf(opened);
  } finally {
    await opened.close();
  }
}

function notEqual(source: IndexSummary, target: IndexSummary): FootnoteError {
  const describe = ({ articles, passages, sources }: IndexSummary) =>
    `${articles} articles, ${passages} passages, ${sources} files`;
  return new FootnoteError(
    'unavailable',
    `The copy is not equal: ${describe(source)} at the source, ${describe(target)} at the target.`,
    { remedy: 'Stop what changes either, and run it again.' },
  );
}

/** A line for each tenth. */
function progressLines(write: (line: string) => void): (done: number, total: number) => void {
  let shown = 0;
  return (done, total) => {
    const tenths = Math.floor((10 * done) / total);
    if (tenths === shown) return;
    shown = tenths;
    write(`Articles ${tenths * 10} % (${done} of ${total})`);
  };
}

function places({ option, config: { corpusDir } }: CommandInput): { from: StorePlace; to: StorePlace } {
  const [from, to] = [option('from'), option('to')];
  if (from === undefined || to === undefined) {
    throw new FootnoteError('configuration', 'Both --from and --to are needed.', { remedy: usage });
  }
  const ends = {
    from: storePlace(from, option('from-schema'), corpusDir),
    to: storePlace(to, option('to-schema'), corpusDir),
  };
  if (isSamePlace(ends.from, ends.to)) {
    throw new FootnoteError('configuration', 'Both are the same store.', { remedy: usage });
  }
  if (ends.from.config.store.kind === 'folder' && ends.to.config.store.kind === 'folder') {
    throw new FootnoteError('configuration', 'Both are folders.', {
      remedy: 'Copy the one with all that is in it; nothing in it depends on where it stands.',
    });
  }
  return ends;
}
