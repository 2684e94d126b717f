import type { Article } from '../../domain/article.ts';
import { type Span, sliceSpan } from '../../domain/span.ts';
import { articleBlocks } from './article-blocks.ts';
import { html, type Html, join } from './html.ts';
import { type Mark, type Segment, segmentsOf } from './marks.ts';

/** What of an article its text is rendered from. */
export type ArticleText = Pick<Article, 'text' | 'headings'>;

/**
 * An article's text with its marks. Apart from the footnote numbers, which `showNumber` makes, the text of the
 * elements is the article's text, character by character: what stands between two blocks is white space.
 *
 * The first segment of the first passage that the address names has the id `cite`.
 */
export function renderArticleText(
  article: ArticleText,
  marks: readonly Mark[],
  showNumber: (footnote: number) => Html,
): Html {
  const { text } = article;
  const named = new Set<number>();
  const segment = ({ marks: covering, ...span }: Segment): Html => {
    const words = sliceSpan(text, span);
    if (covering.length === 0) return html`${words}`;
    const cites = covering.flatMap(({ cite }) => cite ?? []);
    const footnotes = covering.flatMap(({ footnote }) => footnote ?? []);
    const fresh = cites.find((cite) => !named.has(cite));
    cites.forEach((cite) => named.add(cite));
    const ended = covering.filter((mark) => mark.end === span.end);
    return html`<mark${attribute('id', fresh === undefined ? '' : citeId(fresh))}${attribute(
      'tabindex',
      fresh === undefined ? '' : '-1',
    )}${attribute('data-cite', cites.join(' '))}${attribute(
      'data-footnote',
      footnotes.join(' '),
    )}>${words}</mark>${ended.flatMap(({ footnote }) => (footnote === undefined ? [] : [showNumber(footnote)]))}`;
  };
  const line = (span: Span) => join(segmentsOf(span, marks).map(segment));

  const pieces: Html[] = [];
  let end = 0;
  for (const block of articleBlocks(article)) {
    pieces.push(html`${text.slice(end, block.start)}`);
    if (block.kind === 'heading') pieces.push(heading(block.level, line(block)));
    else if (block.kind === 'paragraph') pieces.push(html`<p>${line(block)}</p>`);
    else pieces.push(list(text, block.items, line));
    end = block.end;
  }
  return join([...pieces, html`${text.slice(end)}`]);
}

/** The id of the mark of a passage that the address names. */
export function citeId(cite: number): string {
  return cite === 1 ? 'cite' : `cite-${cite}`;
}

function heading(level: number, content: Html): Html {
  if (level <= 2) return html`<h2>${content}</h2>`;
  if (level === 3) return html`<h3>${content}</h3>`;
  if (level === 4) return html`<h4>${content}</h4>`;
  return level === 5 ? html`<h5>${content}</h5>` : html`<h6>${content}</h6>`;
}

function list(text: string, items: readonly Span[], line: (span: Span) => Html): Html {
  // Their numbers are part of the text; bullets are not.
  const isNumbered = items.some((item) => /^\d+[.)]\s/u.test(sliceSpan(text, item)));
  const pieces = items.map((item, index) => {
    const gap = text.slice(items[index - 1]?.end ?? item.start, item.start);
    return join([html`${gap}`, html`<li>${line(item)}</li>`]);
  });
  const { markup } = join(pieces);
  // Not a template: formatters of HTML add white space inside lists, which would then stand in the article's text.
  return { markup: isNumbered ? `<ul class="numbered" role="list">${markup}</ul>` : `<ul>${markup}</ul>` };
}

function attribute(name: string, value: string): Html {
  return value === '' ? html`` : html` ${name}="${value}"`;
}
