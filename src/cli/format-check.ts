import type { AnswerCheck, CitationCheck, QuotationCheck, QuotationStatus } from '../domain/answer-check.ts';
import type { Answer } from '../domain/answer.ts';
import type { Citation } from '../domain/citation.ts';
import { sliceSpan } from '../domain/span.ts';

const statusTexts: Readonly<Record<QuotationStatus, string>> = {
  exact: 'exact',
  moved: 'NOT WHERE THE ANSWER SAYS, but elsewhere in the article',
  'missing-text': 'NOT IN THE ARTICLE',
  'missing-article': 'CANNOT BE CHECKED: this version of the article is not stored',
};

const presentTexts: Readonly<Record<QuotationStatus, string>> = {
  exact: 'The article has changed since, and still holds it.',
  moved: 'The article has changed since, and still holds it, elsewhere.',
  'missing-text': 'The article has changed since, and does not hold it any more.',
  'missing-article': 'The article is not indexed any more.',
};

/** What a check found out, as plain text with a line break at the end. */
export function formatCheck(answer: Answer, check: AnswerCheck): string {
  const quotations = check.citations.map((citation, index) =>
    quotationLines(`[${citation.n}]`, citation, answer.citations[index]),
  );
  const nearest = check.nearest.map((quotation, index) =>
    quotationLines('Nearest', quotation, answer.nearest[index]),
  );
  const sentences = check.sentences.map(({ index, verdict, before, judgedBy, holds }) => {
    const sentence = answer.sentences[index];
    const by = judgedBy ? ' (by the chat model)' : '';
    const now = holds ? `${verdict}${by}` : `${verdict.toUpperCase()}, but the answer says ${before}${by}`;
    return `Sentence ${index + 1}: ${now}\n    ${sentence ? sliceSpan(answer.text, sentence) : ''}`;
  });
  const hash =
    check.hash === 'ok'
      ? 'Hash: as in the receipt'
      : 'Hash: NOT that of the receipt, something in the answer was changed';
  const verdict = check.holds ? 'The answer holds.' : 'The answer does NOT hold.';
  return `${[...quotations, ...nearest, ...sentences, hash, verdict].join('\n')}\n`;
}

function quotationLines(
  name: string,
  check: CitationCheck | QuotationCheck,
  quotation: Pick<Citation, 'quote'> | undefined,
): string {
  const { status, articleId, articleVersion, present } = check;
  const later = present && present.status !== 'same' ? [`    ${presentTexts[present.status]}`] : [];
  const article = `${articleId}, version ${articleVersion.slice(0, 12)}`;
  return [`${name} ${statusTexts[status]}: ${article}`, `    “${quotation?.quote ?? ''}”`, ...later].join(
    '\n',
  );
}
