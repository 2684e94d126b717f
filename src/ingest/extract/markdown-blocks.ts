import type { List, RootContent, Table } from 'mdast';
import { toString } from 'mdast-util-to-string';

import { normaliseLine, normaliseText } from '../clean/characters.ts';
import type { Block } from './document.ts';
import { parseHtml, removeAll } from './dom.ts';
import { htmlBlocks } from './html-blocks.ts';
import { tableRows } from './table-rows.ts';

/** The blocks of a parsed Markdown document, in order. Markup is gone; what it marked up stays. */
export function markdownBlocks(nodes: readonly RootContent[]): Block[] {
  return nodes.flatMap(toBlocks).filter((block) => block.text !== '');
}

function toBlocks(node: RootContent): Block[] {
  if (node.type === 'heading') {
    return [{ kind: 'heading', level: node.depth, text: inlineText(node.children) }];
  }
  if (node.type === 'paragraph') return [{ kind: 'paragraph', text: inlineText(node.children) }];
  if (node.type === 'list') return listBlocks(node);
  if (node.type === 'blockquote' || node.type === 'footnoteDefinition')
    return node.children.flatMap(toBlocks);
  if (node.type === 'code') return codeBlocks(node.value);
  if (node.type === 'table') return tableBlocks(node);
  return node.type === 'html' ? rawHtmlBlocks(node.value) : [];
}

function codeBlocks(code: string): Block[] {
  return normaliseText(code)
    .split('\n')
    .map((text) => ({ kind: 'item', text }));
}

function listBlocks(list: List): Block[] {
  return list.children.flatMap((item, index) => {
    const number = list.ordered === true ? `${(list.start ?? 1) + index}. ` : '';
    return item.children.flatMap(toBlocks).map((block, position): Block => {
      const text = position === 0 ? number + block.text : block.text;
      return block.kind === 'heading' ? { ...block, text } : { kind: 'item', text };
    });
  });
}

function tableBlocks(table: Table): Block[] {
  const [head, ...rows] = table.children.map((row) => row.children.map((cell) => inlineText(cell.children)));
  return tableRows(head ?? [], rows);
}

function rawHtmlBlocks(html: string): Block[] {
  const { body } = parseHtml(`<html><body>${html}</body></html>`);
  removeAll(body, 'script, style');
  return htmlBlocks(body);
}

/** The text of inline nodes. Between `<script>` or `<style>` and its end there is no text, only code. */
function inlineText(nodes: readonly RootContent[]): string {
  let code: string | undefined;
  let text = '';
  for (const node of nodes) {
    if (node.type === 'html') {
      const [, slash, name] = /^<(\/?)(script|style)\b/iu.exec(node.value) ?? [];
      if (slash === '/' && name?.toLowerCase() === code) code = undefined;
      else if (slash === '') code ??= name?.toLowerCase();
    } else if (code === undefined) {
      text += node.type === 'break' ? ' ' : toString(node, { includeHtml: false, includeImageAlt: false });
    }
  }
  return normaliseLine(text);
}
