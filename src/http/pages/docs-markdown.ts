import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

import { html, type Html, join } from './html.ts';

/** Markdown of our own as HTML: paragraphs, headings, lists, code and links; other marks lose their meaning. */
export function renderMarkdown(markdown: string): Html {
  return render(fromMarkdown(markdown));
}

function render(node: Nodes): Html {
  if (node.type === 'text') return html`${node.value}`;
  if (node.type === 'inlineCode') return html`<code>${node.value}</code>`;
  const inner = 'children' in node ? join(node.children.map((child) => render(child))) : html``;
  if (node.type === 'paragraph') return html`<p>${inner}</p>`;
  if (node.type === 'heading') return html`<h2>${inner}</h2>`;
  if (node.type === 'listItem') return html`<li>${inner}</li>`;
  if (node.type !== 'list') return inner;
  return node.ordered === true
    ? html`<ol>
        ${inner}
      </ol>`
    : html`<ul>
        ${inner}
      </ul>`;
}
