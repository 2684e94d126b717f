import type { Block } from './document.ts';

/**
 * The rows of a table as one item each, `Header: cell; Header: cell.`, so that a cell can be found and quoted
 * together with what it means. Empty cells are left out; without headers the cells stand alone.
 */
export function tableRows(headers: readonly string[], rows: readonly (readonly string[])[]): Block[] {
  return rows.flatMap((row) => {
    const cells = row.flatMap((cell, column) => {
      const header = headers[column] ?? '';
      if (cell === '') return [];
      return header === '' ? [cell] : [`${header}: ${cell}`];
    });
    if (cells.length === 0) return [];
    const line = cells.join('; ');
    return [{ kind: 'item', text: /[.!?…]$/u.test(line) ? line : `${line}.` } as const];
  });
}
