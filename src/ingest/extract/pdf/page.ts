/** A piece of text as it stands on a page. Lengths are points; `y` grows downwards. */
export interface Run {
  readonly text: string;
  /** Left end. */
  readonly x: number;
  /** Right end. */
  readonly right: number;
  /** Baseline, from the top of the page. */
  readonly y: number;
  /** Of the type. */
  readonly size: number;
  readonly bold: boolean;
}

/** The upright text of a page. */
export interface Page {
  readonly width: number;
  readonly height: number;
  readonly runs: readonly Run[];
}

/** Text on one baseline in one column. */
export interface Line extends Run {
  /** Ends of the column that it stands in. */
  readonly column: { readonly left: number; readonly right: number };
  /** Number of the column among all columns of the file, in reading order. */
  readonly flow: number;
  /** From 0. */
  readonly page: number;
  readonly pageHeight: number;
}
