import type { Article, Heading } from '../../domain/article.ts';
import type { Sentence } from '../../domain/passage.ts';
import { sliceSpan } from '../../domain/span.ts';
import { estimateTokens } from './estimate-tokens.ts';

/** A section with less text of its own than this, in tokens, goes together with its first subsection. */
const fewTokens = 40;

/** The sentences between two headings, with their own heading first. */
export interface Section {
  /** Headings in force at its beginning, outermost first, its own included. */
  readonly path: readonly Heading[];
  readonly sentences: readonly Sentence[];
}

/**
 * Divides the sentences of an article at its headings. Headings that follow one another directly stand together
 * before the text that they head; a short introduction goes with the deeper section after it; headings that
 * nothing follows go with the last section.
 */
export function sectionsOf(article: Article, sentences: readonly Sentence[]): Section[] {
  const headings = new Map(article.headings.map((heading) => [heading.start, heading]));
  const sections: { path: readonly Heading[]; sentences: Sentence[]; tokens: number }[] = [];
  let path: readonly Heading[] = [];
  let pending: Sentence[] = [];
  for (const sentence of sentences) {
    const heading = sentence.heading && headings.get(sentence.start);
    if (heading) {
      path = [...path.filter((above) => above.level < heading.level), heading];
      pending.push(sentence);
      continue;
    }
    let section = sections.at(-1);
    if (!section || (pending.length > 0 && !(section.tokens < fewTokens && isBelow(path, section.path)))) {
      section = { path, sentences: [], tokens: 0 };
      sections.push(section);
    }
    for (const own of [...pending, sentence]) section.sentences.push(own);
    section.tokens += estimateTokens(sliceSpan(article.text, sentence));
    pending = [];
  }
  const last = sections.at(-1);
  if (last) for (const own of pending) last.sentences.push(own);
  else if (pending.length > 0) sections.push({ path, sentences: pending, tokens: 0 });
  return sections;
}

/** Whether a section with `path` stands inside one with `outer`, which has a heading of its own. */
function isBelow(path: readonly Heading[], outer: readonly Heading[]): boolean {
  return (
    outer.length > 0 && path.length > outer.length && outer.every((heading, index) => path[index] === heading)
  );
}
