import { expect } from 'vitest';

import { notSaid } from '../../src/answer/phrases.ts';
import { answerHash } from '../../src/answer/receipt.ts';
import type { Answer } from '../../src/domain/answer.ts';
import type { Article } from '../../src/domain/article.ts';

/** What of an article a quotation is checked against. */
export type CheckedArticle = Pick<Article, 'version' | 'text'>;

/**
 * Checks everything that is promised of every answer: exact quotations, footnote numbers, markers and spans in
 * the text, the summary, and the receipt's hash.
 *
 * @param articleOf - the article as the reader of a footnote gets it.
 */
export async function checkAnswer(
  answer: Answer,
  articleOf: (id: string) => Promise<CheckedArticle>,
): Promise<void> {
  await checkQuotations(answer, articleOf);
  checkOutcome(answer);
  checkNumbers(answer);
  checkText(answer);
  checkSummary(answer);
  expect(answer.receipt.sha256).toBe(answerHash(answer));
  for (const { articleId, articleVersion } of answer.evidence) {
    expect(answer.receipt.articleVersions[articleId]).toBe(articleVersion);
  }
}

async function checkQuotations(answer: Answer, articleOf: (id: string) => Promise<CheckedArticle>) {
  for (const quoted of [...answer.citations, ...answer.nearest]) {
    const { articleId, articleVersion, passageId, quote, source, links } = quoted;
    const article = await articleOf(articleId);
    expect(article.version).toBe(articleVersion);
    expect(article.text.slice(source.start, source.end)).toBe(quote);
    expect(links.passage).toBe(`/api/passages/${encodeURIComponent(passageId)}`);
    expect(links.reader).toBe(
      `/articles/${encodeURIComponent(articleId)}?cite=${source.start}-${source.end}`,
    );
  }
  for (const { articleId, articleVersion, source, text } of answer.evidence) {
    const article = await articleOf(articleId);
    expect(article.version).toBe(articleVersion);
    expect(article.text.slice(source.start, source.end)).toBe(text);
  }
}

/** Numbers count from 1 in order of first use, and each footnote belongs to a sentence and a passage shown. */
function checkNumbers({ citations, sentences, evidence }: Answer) {
  expect(citations.map(({ n }) => n)).toEqual(citations.map((_, index) => index + 1));
  const used = sentences.flatMap((sentence) => sentence.citations);
  expect([...new Set(used)]).toEqual(citations.map(({ n }) => n));
  for (const { n, answer, passageId, quote } of citations) {
    const first = sentences.find((sentence) => sentence.citations.includes(n));
    expect(answer).toEqual({ start: first?.start, end: first?.end });
    expect(evidence.find((item) => item.passageId === passageId)?.text).toContain(quote);
  }
  const places = citations.map(({ articleId, source }) => `${articleId}:${source.start}-${source.end}`);
  expect(new Set(places).size).toBe(places.length);
}

/** The three outcomes, and what belongs to each. The nearest sentences are shown once, and not cited as well. */
function checkOutcome({ outcome, abstained, citations, unanswered, nearest, evidence, receipt }: Answer) {
  expect(abstained).toBe(outcome === 'declined');
  expect(unanswered.length > 0).toBe(outcome === 'partial');
  if (outcome === 'answered') expect(nearest).toEqual([]);
  if (outcome === 'declined') expect(citations).toEqual([]);
  expect(new Set(nearest.map(({ articleId }) => articleId)).size).toBe(nearest.length);
  for (const { articleId, articleVersion, passageId, source } of nearest) {
    expect(receipt.articleVersions[articleId]).toBe(articleVersion);
    expect(evidence.map((item) => item.passageId)).toContain(passageId);
    const isCited = citations.some(
      (item) => item.articleId === articleId && item.source.start === source.start,
    );
    expect(isCited).toBe(false);
  }
}

/**
 * The text is its sentences, each followed by ` ` and its markers, apart by a space or an empty line; and, where
 * parts are unanswered, a paragraph that says so.
 */
function checkText({ text, sentences, abstained, language, unanswered }: Answer) {
  if (abstained) {
    expect(sentences).toEqual([]);
    expect(text).not.toMatch(/\[\d+\]/u);
    return;
  }
  let rebuilt = '';
  for (const { start, end, citations } of sentences) {
    const gap = text.slice(rebuilt.length, start);
    expect(rebuilt === '' ? [''] : [' ', '\n\n']).toContain(gap);
    const sentence = text.slice(start, end);
    expect(sentence).toBe(sentence.trim());
    expect(sentence).not.toBe('');
    const markers = citations.map((n) => `[${n}]`).join('');
    rebuilt += gap + sentence + (markers === '' ? '' : ` ${markers}`);
  }
  expect(text).toBe(unanswered.length === 0 ? rebuilt : `${rebuilt}\n\n${notSaid(unanswered, language)}`);
}

function checkSummary({ sentences, summary }: Answer) {
  const { droppedCitations, removedSentences, ...counts } = summary;
  const total = { supported: 0, partial: 0, unsupported: 0, uncited: 0 };
  for (const { verdict, citations } of sentences) {
    total[verdict] += 1;
    // A sentence loses the footnotes that bear nothing of it: then it is unsupported and has none.
    if (verdict === 'uncited') expect(citations).toEqual([]);
    if (citations.length === 0) expect(['uncited', 'unsupported']).toContain(verdict);
  }
  expect(counts).toEqual(total);
  expect(droppedCitations).toBeGreaterThanOrEqual(0);
  expect(removedSentences).toBeGreaterThanOrEqual(0);
}

/** The answer without what may differ between two runs: its id and the time. */
export function repeatable(answer: Answer) {
  const { id: _id, receipt, ...rest } = answer;
  const { createdAt: _createdAt, ...sealed } = receipt;
  return { ...rest, receipt: sealed };
}

/** The sentences of the reply, without markers. */
export function sentenceTexts({ text, sentences }: Answer): string[] {
  return sentences.map(({ start, end }) => text.slice(start, end));
}

/** The quotations of an answer, joined for searching. */
export function quotations({ citations }: Pick<Answer, 'citations'>): string {
  return citations.map(({ quote }) => quote).join('\n');
}
