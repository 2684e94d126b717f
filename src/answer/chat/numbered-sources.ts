import type { Evidence } from '../../domain/evidence.ts';
import { sentenceText } from '../../domain/evidence.ts';
import type { SourceSentence } from '../writer.ts';
import type { ChatLimits } from './limits.ts';
import { clip, neutralise } from './untrusted.ts';

/** The evidence as the model sees it. */
export interface NumberedSources {
  /** One `<article>` block for each article, with the numbered sentences of its passages. */
  readonly text: string;
  /** `[S1]` is the first of these. */
  readonly sentences: readonly SourceSentence[];
}

/**
 * Numbers the sentences of `evidence`, headings left out.
 *
 * @param evidence - best first; articles keep the order of their best passage.
 * @param budget - most characters of the text; what does not fit is left out from the end of `evidence`.
 */
export function numberSources(
  evidence: readonly Evidence[],
  budget: number,
  limits: Pick<ChatLimits, 'sentenceCharacters'>,
): NumberedSources {
  const articles = new Map<string, SourceSentence[]>();
  let used = 0;
  for (const source of evidence.flatMap(sentencesOf)) {
    const { id } = source.evidence.article;
    const known = articles.get(id);
    const added = [
      ...(known ? [] : [heading(source.evidence), articleEnd]),
      ...(known?.at(-1)?.evidence === source.evidence ? [] : [section(source.evidence)]),
      line(source, 99_999, limits),
    ];
    used += added.reduce((sum, text) => sum + text.length + 1, 0);
    if (used > budget) break;
    articles.set(id, [...(known ?? []), source]);
  }

  const sentences: SourceSentence[] = [];
  const lines: string[] = [];
  for (const ranked of articles.values()) {
    const sources = ranked.toSorted((a, b) => a.sentence.start - b.sentence.start);
    let previous: Evidence | undefined;
    for (const source of sources) {
      if (previous === undefined) lines.push(heading(source.evidence));
      if (previous !== source.evidence) lines.push(section(source.evidence));
      sentences.push(source);
      lines.push(line(source, sentences.length, limits));
      previous = source.evidence;
    }
    lines.push(articleEnd);
  }
  return { text: lines.filter((text) => text !== '').join('\n'), sentences };
}

const articleEnd = '</article>';

function sentencesOf(evidence: Evidence): SourceSentence[] {
  return evidence.passage.sentences
    .filter((sentence) => sentence.heading !== true && sentenceText(evidence, sentence).trim() !== '')
    .map((sentence) => ({ evidence, sentence }));
}

function heading({ article }: Evidence): string {
  return [
    '<article>',
    `Title: ${field(article.title)}`,
    `Published: ${field(article.publishedAt ?? 'unknown')}`,
    ...(article.publisher === undefined ? [] : [`Publisher: ${field(article.publisher)}`]),
  ].join('\n');
}

function section({ passage }: Evidence): string {
  return passage.headingPath.length === 0 ? '' : `Section: ${passage.headingPath.map(field).join(' / ')}`;
}

function line(
  { evidence, sentence }: SourceSentence,
  number: number,
  limits: { sentenceCharacters: number },
) {
  return `[S${number}] ${clip(neutralise(sentenceText(evidence, sentence)), limits.sentenceCharacters)}`;
}

function field(text: string): string {
  return clip(neutralise(text), 200);
}
