import type { Article } from '../../domain/article.ts';
import type { Span } from '../../domain/span.ts';

/** A line of an article's text, as a span of it. Between blocks there is white space only. */
export type ArticleBlock = Span &
  ({ readonly kind: 'paragraph' } | { readonly kind: 'heading'; readonly level: number });

/** List items that follow one another without an empty line. */
export interface ArticleList extends Span {
  readonly kind: 'list';
  readonly items: readonly Span[];
}

/**
 * The blocks of an article's text: headings are those that the article names; lines without an empty line between
 * them are list items, as ingest writes them; every other line is a paragraph.
 *
 * Levels are such that none is skipped: the highest is 2, below the title of the page.
 */
export function articleBlocks({
  text,
  headings,
}: Pick<Article, 'text' | 'headings'>): (ArticleBlock | ArticleList)[] {
  const blocks: (ArticleBlock | ArticleList)[] = [];
  const above: number[] = [];
  let run: Span[] = [];
  const endRun = () => {
    const [first] = run;
    const last = run.at(-1);
    if (first && last) {
      if (run.length === 1) blocks.push({ kind: 'paragraph', ...first });
      else blocks.push({ kind: 'list', start: first.start, end: last.end, items: run });
    }
    run = [];
  };
  const levels = new Map(headings.map(({ start, level }) => [start, level]));
  for (const line of lines(text)) {
    const level = levels.get(line.start);
    const before = run.at(-1);
    if (level !== undefined || (before && line.start - before.end > 1)) endRun();
    if (level === undefined) run.push(line);
    else {
      while ((above.at(-1) ?? 0) >= level) above.pop();
      above.push(level);
      blocks.push({ kind: 'heading', level: Math.min(above.length + 1, 6), ...line });
    }
  }
  endRun();
  return blocks;
}

/** The lines of `text` that hold anything but white space, without the line ends. */
function* lines(text: string): Generator<Span> {
  for (const { 0: line, index: start } of text.matchAll(/.*\S.*/gu)) {
    yield { start, end: start + line.length };
  }
}
