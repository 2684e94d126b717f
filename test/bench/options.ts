import { parseArgs } from 'node:util';

/** Parts by name, in the order in which they run. */
export const partNames = ['vectors', 'answers', 'ingest', 'server'] as const;

export type PartName = (typeof partNames)[number];

/** What the command line asks for. */
export interface RunOptions {
  readonly only: readonly PartName[];
  /** Ascending; absent: each part's own. */
  readonly sizes?: readonly number[];
  readonly smoke: boolean;
  /** Folder of the results. */
  readonly out: string;
  /** Folder in which the indexes that are built stay, and are found again. */
  readonly keep?: string;
}

/** An option that cannot be followed. */
export class UsageError extends Error {}

export const usage = `Usage: npm run -s bench -- [options]

  --only PARTS   of vectors, answers, ingest, server, separated by commas (default: all)
  --sizes SIZES  numbers of vectors and passages, up to 1000000, separated by commas
                 (default: what is done in ten minutes, see test/bench/README.md)
  --smoke        tries everything with next to nothing; the figures mean nothing
  --keep FOLDER  where the indexes of the answers stay: those that are there are not built again
  --out FOLDER   where bench.md, bench.json and growth.svg are written (default: bench-results)
`;

/** Reads the options of the command. @throws UsageError with what is wrong. */
export function readOptions(args: readonly string[]): RunOptions | 'help' {
  const { values } = parsed(args);
  if (values.help === true) return 'help';
  const sizes = values.sizes?.split(',').map(sizeOf);
  return {
    only: values.only === undefined ? partNames : values.only.split(',').map(partOf),
    ...(sizes && { sizes: [...new Set(sizes)].toSorted((a, b) => a - b) }),
    smoke: values.smoke ?? false,
    out: values.out ?? 'bench-results',
    ...(values.keep !== undefined && { keep: values.keep }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        sizes: { type: 'string' },
        smoke: { type: 'boolean' },
        out: { type: 'string' },
        keep: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function sizeOf(text: string): number {
  const size = Number(text);
  if (Number.isInteger(size) && size >= 100 && size <= 1_000_000) return size;
  throw new UsageError(`"${text}" is no size: give whole numbers from 100 to 1000000.`);
}

function partOf(text: string): PartName {
  const name = partNames.find((one) => one === text);
  if (name) return name;
  throw new UsageError(`"${text}" is no part of the benchmark: there are ${partNames.join(', ')}.`);
}
