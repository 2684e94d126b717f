import { type Examination, examineSentence } from '../../answer/verify/examine-sentence.ts';
import type { Glossary } from '../../retrieve/glossary.ts';
import { mean } from '../metrics.ts';
import { createQuoteFinder } from './cited-quotes.ts';
import { type CorruptedEntry, readCorruptedEntries } from './corrupted-entry.ts';

/** How well the verifier tells corrupted sentences from faithful ones. Shares are 0–1, `NaN` of nothing. */
export interface VerificationReport {
  readonly corrupted: number;
  /** Faithful sentences; several corrupted ones may come from the same. */
  readonly clean: number;
  /** Share of the corrupted sentences that are not called `supported`. */
  readonly detected: number;
  /** Share of the faithful sentences that are not called `supported`. */
  readonly falseAlarms: number;
  /** The same two, when only `unsupported` counts: what strict mode removes. */
  readonly removed: { readonly detected: number; readonly falseAlarms: number };
  readonly byKind: Readonly<Record<string, { readonly count: number; readonly detected: number }>>;
  /** What the verifier got wrong, for whoever mends it. */
  readonly failures: readonly VerificationFailure[];
}

/** A corrupted sentence that passed, or a faithful one that did not. */
export interface VerificationFailure extends Examination {
  readonly id: string;
  readonly kind: string;
  readonly sentence: string;
}

/**
 * Verifies corrupted sentences and their faithful twins.
 *
 * @param options.corpus - folder of the articles that the entries cite.
 * @throws FootnoteError `configuration` when an entry is malformed or cites what no article holds.
 */
export async function evaluateVerification(options: {
  readonly corpus: string;
  readonly file?: string;
  readonly entries?: readonly CorruptedEntry[];
  readonly glossary?: Glossary;
}): Promise<VerificationReport> {
  const { corpus, file, glossary } = options;
  const entries = [
    ...(options.entries ?? []),
    ...(file === undefined ? [] : await readCorruptedEntries(file)),
  ];
  const find = createQuoteFinder(corpus);
  const verify = async (sentence: string, { language }: CorruptedEntry, cited: CorruptedEntry['cited']) =>
    examineSentence({
      sentence,
      language,
      cited: await Promise.all(cited.map(find)),
      ...(glossary && { glossary }),
    });

  const corrupted: VerificationFailure[] = [];
  const clean = new Map<string, VerificationFailure>();
  for (const entry of entries) {
    const { id, kind, sentence } = entry;
    corrupted.push({ id, kind, sentence, ...(await verify(sentence, entry, entry.cited)) });
    const cited = entry.cleanCited ?? entry.cited;
    const twin = JSON.stringify([entry.clean, cited]);
    if (clean.has(twin)) continue;
    const found = await verify(entry.clean, entry, cited);
    clean.set(twin, { id, kind: 'clean', sentence: entry.clean, ...found });
  }

  const kinds = Array.from(new Set(corrupted.map(({ kind }) => kind)));
  const twins = Array.from(clean.values());
  return {
    corrupted: corrupted.length,
    clean: twins.length,
    detected: share(corrupted, isFlagged),
    falseAlarms: share(twins, isFlagged),
    removed: { detected: share(corrupted, isRemoved), falseAlarms: share(twins, isRemoved) },
    byKind: Object.fromEntries(
      kinds.map((kind) => {
        const items = corrupted.filter((item) => item.kind === kind);
        return [kind, { count: items.length, detected: share(items, isFlagged) }];
      }),
    ),
    failures: [...corrupted.filter((item) => !isFlagged(item)), ...twins.filter(isFlagged)],
  };
}

const isFlagged = ({ verdict }: VerificationFailure): boolean => verdict !== 'supported';
const isRemoved = ({ verdict }: VerificationFailure): boolean => verdict === 'unsupported';

function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  return mean(items.map((item) => Number(test(item))));
}
