import { normaliseLine } from '../../clean/characters.ts';
import { isHeadingLike } from '../../clean/lines.ts';
import { maxHeadingLength } from '../../limits.ts';
import type { Block } from '../document.ts';
import { compoundsOf, joinLines } from './join-lines.ts';
import type { Line } from './page.ts';
import { type Typography, typographyOf } from './typography.ts';

/** Lines that belong together. */
interface Group {
  readonly kind: 'text' | 'item' | 'display';
  readonly lines: Line[];
}

// The marks of a list; private characters are what symbol fonts give.
const bullet = /^(?:[•·▪◦‣●○■□–—*-]|[\uf000-\uf0ff]|o(?=\s+\p{Lu}))\s+/u;
const enumerator = /^(?:\(?(?:\d{1,2}|\p{L})\)|\d{1,2}\.(?!\d))\s+/u;

/** A block with the size of its type, for finding the title. */
export interface PlacedBlock {
  readonly block: Block;
  readonly size: number;
  readonly page: number;
}

/** The paragraphs, headings and items that lines make. Notes at the foot of pages come last. */
export function pdfBlocks(lines: readonly Line[]): PlacedBlock[] {
  const type = typographyOf(lines);
  const notes = new Set(footnotes(lines, type));
  const groups = [
    group(
      lines.filter((line) => !notes.has(line)),
      type,
    ),
    group(Array.from(notes), type),
  ].flat();
  const compounds = compoundsOf(lines.map((line) => line.text));
  return groups.flatMap((found) => {
    const [first] = found.lines;
    const joined = joinLines(
      found.lines.map((line) => line.text),
      (word) => compounds.has(word),
    );
    const text = normaliseLine(found.kind === 'item' ? joined.replace(bullet, '') : joined);
    if (!first || text === '') return [];
    return [{ block: toBlock(found, text, type), size: first.size, page: first.page }];
  });
}

function toBlock(found: Group, text: string, type: Typography): Block {
  if (found.kind === 'item') return { kind: 'item', text };
  const [first] = found.lines;
  const level = found.kind === 'display' && first ? type.level(first) : undefined;
  // Type that stands out makes a heading only of what reads like one.
  const isHeading = level !== undefined && text.length <= maxHeadingLength * 1.5 && /\p{L}{2}/u.test(text);
  return isHeading ? { kind: 'heading', level, text } : { kind: 'paragraph', text };
}

function group(lines: readonly Line[], type: Typography): Group[] {
  const groups: Group[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    const kind = kindOf(line, type);
    if (last && continues(last, line, kind, type)) last.lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  return groups;
}

function kindOf(line: Line, type: Typography): Group['kind'] {
  if (
    type.level(line) !== undefined &&
    (line.size > type.body * 1.12 || isHeadingLike(line.text) || line.text.length < 100)
  ) {
    return 'display';
  }
  return bullet.test(line.text) || enumerator.test(line.text) ? 'item' : 'text';
}

function continues(last: Group, line: Line, kind: Group['kind'], type: Typography): boolean {
  const before = last.lines.at(-1);
  const [first] = last.lines;
  if (!before || !first || kind === 'item') return false;
  if ((kind === 'display') !== (last.kind === 'display')) return false;
  if (Math.abs(before.size - line.size) > before.size * 0.08) return false;
  if (kind === 'display') {
    const near = line.flow === before.flow && line.y - before.y < before.size * 1.6;
    return near && line.bold === before.bold;
  }
  if (line.flow !== before.flow) return continuesAcross(before, line);
  if (line.y - before.y > type.leading(line) * 1.3) return false;
  if (last.kind === 'item') return line.x > first.x + line.size * 0.3 || !endsShort(before);
  if (endsShort(before) && endsSentence(before.text)) return false;
  const { left } = line.column;
  // The first line of a paragraph is often indented; lines of a centred or hanging one are not aligned at all.
  const indented = line.x > left + line.size * 0.8 && before.x <= left + line.size * 0.4;
  return !(indented && (endsSentence(before.text) || endsShort(before)));
}

/** Whether a paragraph goes on in the next column or on the next page. */
function continuesAcross(before: Line, line: Line): boolean {
  if (/[-\u2010\u00ad]$/u.test(before.text)) return true;
  if (endsSentence(before.text) && (endsShort(before) || line.x > line.column.left + line.size * 0.8))
    return false;
  if (/^\p{Ll}/u.test(line.text)) return true;
  return !/[.!?…:;]["'”’)\]]*$/u.test(before.text) && !endsShort(before);
}

function endsSentence(text: string): boolean {
  return /[.!?…:]["'”’)\]]*$/u.test(text);
}

function endsShort(line: Line): boolean {
  return line.right < line.column.right - (line.column.right - line.column.left) * 0.15;
}

/** The lines in small type at the foot of a column that begin with the number of a note. */
function footnotes(lines: readonly Line[], type: Typography): Line[] {
  const flows = new Map<number, Line[]>();
  for (const line of lines) {
    const column = flows.get(line.flow);
    if (column) column.push(line);
    else flows.set(line.flow, [line]);
  }
  return Array.from(flows.values()).flatMap((column) => {
    const start = column.findLastIndex((line) => line.size > type.body * 0.92) + 1;
    const small = column.slice(start);
    const first = small.findIndex(
      (line) => line.y > line.pageHeight * 0.6 && /^(?:\d{1,3}|[*†‡§])/u.test(line.text),
    );
    return first === -1 || start === 0 ? [] : small.slice(first);
  });
}
