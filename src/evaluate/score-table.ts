/** How a figure is printed: 0–1 as a share, a whole number, or milliseconds. */
type FigureFormat = 'share' | 'count' | 'milliseconds';

/** One figure that is worked out of the outcomes of a group; `NaN` where there is nothing to work it out of. */
export interface Column<T> {
  readonly name: string;
  readonly format: FigureFormat;
  readonly value: (outcomes: readonly T[]) => number;
}

/** The outcomes that one row sums up. */
export interface Group<T> {
  readonly name: string;
  readonly outcomes: readonly T[];
}

/** Figures by group, ready to print and to compare with floors. */
export interface ScoreTable {
  readonly title: string;
  readonly columns: readonly { readonly name: string; readonly format: FigureFormat }[];
  readonly rows: readonly { readonly group: string; readonly values: readonly number[] }[];
}

/** Works out every column for every group that has outcomes. */
export function scoreTable<T>(
  title: string,
  groups: readonly Group<T>[],
  columns: readonly Column<T>[],
): ScoreTable {
  return {
    title,
    columns: columns.map(({ name, format }) => ({ name, format })),
    rows: groups
      .filter(({ outcomes }) => outcomes.length > 0)
      .map(({ name, outcomes }) => ({
        group: name,
        values: columns.map((column) => column.value(outcomes)),
      })),
  };
}

/** The outcomes by `key`, in the order in which the keys occur. */
export function groupBy<T>(outcomes: readonly T[], key: (outcome: T) => string): Group<T>[] {
  const groups = new Map<string, T[]>();
  for (const outcome of outcomes) {
    const group = groups.get(key(outcome)) ?? [];
    groups.set(key(outcome), [...group, outcome]);
  }
  return Array.from(groups, ([name, members]) => ({ name, outcomes: members }));
}

/** `table/group/column` → figure, over all tables; figures that do not exist are left out. */
export function figures(tables: readonly ScoreTable[]): Map<string, number> {
  return new Map(
    tables.flatMap(({ title, columns, rows }) =>
      rows.flatMap(({ group, values }) =>
        columns.flatMap(({ name }, index): [string, number][] => {
          const value = values[index] ?? Number.NaN;
          return Number.isNaN(value) ? [] : [[`${title}/${group}/${name}`, value]];
        }),
      ),
    ),
  );
}

/** The table as aligned text, with a line break at the end. */
export function formatTable({ title, columns, rows }: ScoreTable): string {
  const lines = [
    [title, ...columns.map(({ name }) => name)],
    ...rows.map(({ group, values }) => [
      group,
      ...columns.map(({ format }, index) => formatFigure(values[index] ?? Number.NaN, format)),
    ]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths?.[column] ?? 0) : cell.padStart(widths?.[column] ?? 0);
  return `${lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n')}\n`;
}

function formatFigure(value: number, format: FigureFormat): string {
  if (Number.isNaN(value)) return '–';
  return format === 'share' ? value.toFixed(3) : String(Math.round(value));
}
