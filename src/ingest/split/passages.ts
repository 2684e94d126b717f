import type { Article, Heading } from '../../domain/article.ts';
import { type Passage, type Sentence, passageId } from '../../domain/passage.ts';
import { type Span, sliceSpan } from '../../domain/span.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { type Section, sectionsOf } from './sections.ts';
import { segmentSentences } from './sentences.ts';

/**
 * Size of passages in tokens. The bundled model reads 256, of which the title and the heading path take up to
 * about 50. A passage that has `enough` ends with its paragraph, one that has `half` does where the next paragraph
 * would not fit, and one below `few` is joined to its neighbour.
 */
const size = { most: 200, enough: 110, half: 70, few: 40, mergedMost: 225 } as const;

interface Unit {
  readonly sentence: Sentence;
  readonly tokens: number;
  /** Tokens from here to the end of the paragraph. */
  readonly paragraphTokens: number;
  /** True when the sentence is the last of its paragraph. */
  readonly endsParagraph: boolean;
}

interface Group {
  readonly units: Unit[];
  tokens: number;
}

/** Splits an article into passages, see {@link Passage}: no passage crosses from one section into the next. */
export function splitArticle(article: Article): Passage[] {
  const sentences = segmentSentences(article.text, article.language, article.headings);
  return sectionsOf(article, sentences).flatMap((section) =>
    groupSentences(article.text, section).map((group) => toPassage(article, section.path, group)),
  );
}

function groupSentences(text: string, section: Section): Sentence[][] {
  const groups: Group[] = [];
  let current: Group | undefined;
  let inHeadings = true;
  for (const unit of units(text, section.sentences)) {
    // A heading is never left behind by the text that it heads.
    if (!current || (!inHeadings && isFull(current, unit))) {
      current = begin(text, current);
      groups.push(current);
    }
    if (unit.sentence.heading !== true) inHeadings = false;
    current.units.push(unit);
    current.tokens += unit.tokens;
  }
  return joinSmall(groups).map((members) => members.units.map((unit) => unit.sentence));
}

/** A new group, to which a sentence such as "For example:" moves from the end of the one before. */
function begin(text: string, before: Group | undefined): Group {
  const last = before?.units.at(-1);
  const opens =
    before && before.units.length > 1 && last?.endsParagraph && text[last.sentence.end - 1] === ':';
  if (!opens || last.tokens >= size.few || before.units.at(-2)?.sentence.heading)
    return { units: [], tokens: 0 };
  before.units.pop();
  before.tokens -= last.tokens;
  return { units: [last], tokens: last.tokens };
}

function isFull(current: Group, next: Unit): boolean {
  if (current.tokens + next.tokens > size.most) return true;
  if (current.units.at(-1)?.endsParagraph !== true) return false;
  if (current.tokens >= size.enough) return true;
  // Rather than to divide the next paragraph, begin with it.
  return current.tokens >= size.half && current.tokens + next.paragraphTokens > size.most;
}

function joinSmall(groups: readonly Group[]): Group[] {
  const joined: Group[] = [];
  for (const group of groups) {
    const before = joined.at(-1);
    const small = Math.min(group.tokens, before?.tokens ?? size.few) < size.few;
    if (before && small && group.tokens + before.tokens <= size.mergedMost) {
      before.units.push(...group.units);
      before.tokens += group.tokens;
    } else joined.push(group);
  }
  return joined;
}

function units(text: string, sentences: readonly Sentence[]): Unit[] {
  const result: Unit[] = [];
  let paragraphTokens = 0;
  for (const [index, sentence] of Array.from(sentences.entries()).toReversed()) {
    const tokens = estimateTokens(sliceSpan(text, sentence));
    const next = sentences[index + 1];
    const endsParagraph = next === undefined || text.slice(sentence.end, next.start).includes('\n');
    paragraphTokens = tokens + (endsParagraph ? 0 : paragraphTokens);
    result.push({ sentence, tokens, paragraphTokens, endsParagraph });
  }
  return result.toReversed();
}

function toPassage(article: Article, path: readonly Heading[], sentences: readonly Sentence[]): Passage {
  const span: Span = { start: sentences[0]?.start ?? 0, end: sentences.at(-1)?.end ?? 0 };
  return {
    id: passageId(article, span),
    articleId: article.id,
    articleVersion: article.version,
    ...span,
    sentences,
    headingPath: path.map((heading) => sliceSpan(article.text, heading)),
  };
}
