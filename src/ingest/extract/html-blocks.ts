import { normaliseLine, normaliseText } from '../clean/characters.ts';
import { maxHeadingLength } from '../limits.ts';
import type { Block } from './document.ts';
import { type DomElement, type DomNode, isElement, isText } from './dom.ts';
import { tableRows } from './table-rows.ts';

// Elements that begin and end a line; everything else flows inside one.
const blockElements = new Set(
  `address article aside blockquote body caption center dd details dialog div dl dt fieldset figure footer form h1
   h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul`.split(
    /\s+/u,
  ),
);

// Never body text. Captions say what a picture shows, not what the article says.
const skipped = new Set(
  'script style noscript template head title svg math iframe object video audio canvas button select input textarea figcaption'.split(
    ' ',
  ),
);

type Kind = Block['kind'];

/** How tables are read: as data only where they say that they are, because pages use them for layout, or always. */
export type TableUse = 'marked' | 'data';

/** The blocks below `root`, in order. */
export function htmlBlocks(root: DomElement, { tables = 'marked' }: { tables?: TableUse } = {}): Block[] {
  const blocks: Block[] = [];
  let inline = '';
  let strong = '';

  function flush(kind: Kind, level: number): void {
    const text = normaliseLine(inline);
    const allStrong = text !== '' && text === normaliseLine(strong);
    inline = '';
    strong = '';
    if (text === '') return;
    if (kind === 'heading') blocks.push({ kind, level, text });
    // Pages often print a heading as a paragraph in bold type.
    else if (kind === 'paragraph' && allStrong && looksLikeHeading(text)) {
      blocks.push({ kind: 'heading', level: 3, text });
    } else blocks.push({ kind, text });
  }

  function walk(node: DomNode, kind: Kind, level: number, bold: boolean): void {
    if (isText(node)) {
      inline += (node.textContent ?? '').replaceAll('\n', ' ');
      if (bold) strong += node.textContent ?? '';
      return;
    }
    if (!isElement(node) || skipped.has(node.localName)) return;
    const name = node.localName;
    if (name === 'br') {
      // One break inside a sentence only folds the line; after a sentence, or twice, it ends a paragraph.
      if (/[.!?…:;]["'”’)]*\s*$|\n\s*$/u.test(inline.slice(-80))) flush(kind, level);
      else inline += '\n';
      return;
    }
    if (!blockElements.has(name)) {
      for (const child of node.childNodes) {
        walk(child, kind, level, bold || name === 'strong' || name === 'b');
      }
      return;
    }
    flush(kind, level);
    const rows = name === 'table' ? dataTable(node, tables) : undefined;
    if (rows) blocks.push(...rows);
    else if (name === 'pre') blocks.push(...preformatted(node));
    else {
      const [inner, depth] = kindOf(name, kind, level);
      for (const child of node.childNodes) walk(child, inner, depth, bold);
      flush(inner, depth);
    }
  }

  for (const child of root.childNodes) walk(child, 'paragraph', 1, false);
  flush('paragraph', 1);
  return blocks;
}

function kindOf(name: string, kind: Kind, level: number): [Kind, number] {
  if (/^h[1-6]$/u.test(name)) return ['heading', Number(name.slice(1))];
  if (name === 'li' || name === 'dd' || name === 'dt') return ['item', level];
  return [kind, level];
}

/** A table whose first row is all headers; a table for layout has none and is read as its parts. */
function dataTable(table: DomElement, use: TableUse): Block[] | undefined {
  if (table.querySelector('table')) return;
  const rows = Array.from(table.querySelectorAll('tr'), (row) =>
    Array.from(row.childNodes)
      .filter(isElement)
      .filter((cell) => /^t[hd]$/u.test(cell.localName)),
  );
  const [head, ...body] = rows;
  if (!head?.length) return;
  const texts = (cells: readonly DomElement[]) => cells.map(cellText);
  if (head.every((cell) => cell.localName === 'th')) return tableRows(texts(head), body.map(texts));
  if (use === 'marked' || head.length < 2) return;
  const isHead = body.length > 0 && texts(head).every((text) => text !== '' && looksLikeHeading(text));
  return isHead ? tableRows(texts(head), body.map(texts)) : tableRows([], rows.map(texts));
}

/** A cell can hold several paragraphs. */
function cellText(cell: DomElement): string {
  return htmlBlocks(cell)
    .map((block) => block.text)
    .join(' ');
}

function preformatted(element: DomElement): Block[] {
  const lines = normaliseText(element.textContent ?? '').split('\n');
  return lines.filter((text) => text !== '').map((text) => ({ kind: 'item', text }));
}

function looksLikeHeading(text: string): boolean {
  return text.length <= maxHeadingLength && !/[.!?…;:,"”]$/u.test(text);
}
