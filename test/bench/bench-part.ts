/** How a benchmark is run. */
export interface BenchOptions {
  /** Numbers of passages (or vectors) to measure at, ascending. */
  readonly sizes: readonly number[];
  /** Little enough for a check that everything runs; its figures mean nothing. */
  readonly smoke: boolean;
  /** A folder of its own, removed after the run. */
  readonly folder: string;
  /** A folder in which what takes long to build stays, and is found again; absent where nothing stays. */
  readonly keep?: string;
  /** Told what goes on, a line at a time. */
  readonly progress: (text: string) => void;
}

/** One table of the report. Cells are formatted already. */
export interface BenchTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What must be known to read it. */
  readonly notes: readonly string[];
}

/** What one part of the benchmark has measured. */
export interface BenchResult {
  /** Names the part in the report and as an option, such as `vectors`. */
  readonly name: string;
  readonly title: string;
  readonly tables: readonly BenchTable[];
  /** All figures, for programs. Durations are milliseconds, sizes bytes. */
  readonly figures: unknown;
  /** Files that are written beside the report. */
  readonly files?: readonly { readonly name: string; readonly content: string }[];
}

/** A part of the benchmark. */
export type BenchPart = (options: BenchOptions) => Promise<BenchResult>;
