import type { AnswerCheck, QuotationCheck, SentenceCheck } from '../domain/answer-check.ts';
import type { Answer, AnswerSentence, NearestArticle } from '../domain/answer.ts';
import type { Article } from '../domain/article.ts';
import type { Citation, Verdict } from '../domain/citation.ts';
import { frameOf } from '../domain/evidence.ts';
import { sha256 } from '../domain/fingerprint.ts';
import type { Passage } from '../domain/passage.ts';
import { type Span, sliceSpan, spansOverlap } from '../domain/span.ts';
import { splitArticle } from '../ingest/split/passages.ts';
import type { Glossary } from '../retrieve/glossary.ts';
import { answerHash } from './receipt.ts';
import type { CitedQuote } from './verify/examine-sentence.ts';
import { verifySentence } from './verify/verify-sentence.ts';

/** What {@link recheckAnswer} works with. */
export interface RecheckOptions {
  /** From the store, or from anybody: nothing in it is trusted. */
  readonly answer: Answer;
  /** An article in one version; `undefined` where that version is not stored. */
  readonly articleVersion: (id: string, version: string) => Promise<Article | undefined>;
  /** An article as it is indexed now; `undefined` where it is not. Absent: the present is not looked at. */
  readonly presentArticle?: (id: string) => Promise<Article | undefined>;
  readonly glossary: Glossary;
  readonly now?: Date;
}

type Quotation = Citation | NearestArticle;

const rank: Readonly<Record<Verdict, number>> = { supported: 3, partial: 2, unsupported: 1, uncited: 0 };

/**
 * Checks an answer again: its hash, each quotation against the article version that it was taken from, and each
 * sentence, by the rules, against those of its quotations that stand there.
 *
 * @throws what the two functions that find articles throw.
 */
export async function recheckAnswer(options: RecheckOptions): Promise<AnswerCheck> {
  const { answer, now = new Date() } = options;
  const find = findOnce(options);
  const cite = citing();
  const confirmed = new Map<number, CitedQuote>();
  const citations = [];
  for (const citation of answer.citations) {
    const article = await find.version(citation);
    const check = await checkQuotation(citation, article, find.present);
    citations.push({ n: citation.n, ...check });
    const place = check.status === 'exact' ? citation.source : check.foundAt;
    if (article && place) confirmed.set(citation.n, cite(citation.quote, article, place));
  }
  const nearest = [];
  for (const quotation of answer.nearest) {
    nearest.push(await checkQuotation(quotation, await find.version(quotation), find.present));
  }
  const sentences = answer.sentences.map((sentence, index) =>
    checkSentence({ options, sentence, index, confirmed }),
  );
  const hash = answerHash(answer) === answer.receipt.sha256 ? 'ok' : 'changed';
  const holds =
    hash === 'ok' &&
    [...citations, ...nearest].every(({ status }) => status === 'exact') &&
    sentences.every((sentence) => sentence.holds);
  return { answerId: answer.id, holds, hash, citations, nearest, sentences, checkedAt: now.toISOString() };
}

async function checkQuotation(
  { articleId, articleVersion, quote, source }: Quotation,
  article: Article | undefined,
  presentArticle: ((id: string) => Promise<Article | undefined>) | undefined,
): Promise<QuotationCheck> {
  const check = { articleId, articleVersion, ...locate(quote, source, article) };
  if (!presentArticle) return check;
  const present = await presentArticle(articleId);
  if (!present) return { ...check, present: { status: 'missing-article' } };
  const { version } = present;
  if (version === articleVersion) return { ...check, present: { status: 'same', version } };
  return { ...check, present: { version, ...locate(quote, source, present) } };
}

function locate(
  quote: string,
  source: Span,
  article: Article | undefined,
): Pick<QuotationCheck, 'status' | 'foundAt'> {
  if (!article) return { status: 'missing-article' };
  if (quote === '') return { status: 'missing-text' };
  if (sliceSpan(article.text, source) === quote) return { status: 'exact' };
  const start = article.text.indexOf(quote);
  if (start < 0) return { status: 'missing-text' };
  return { status: 'moved', foundAt: { start, end: start + quote.length } };
}

function checkSentence({
  options: { answer, glossary },
  sentence,
  index,
  confirmed,
}: {
  options: RecheckOptions;
  sentence: AnswerSentence;
  index: number;
  confirmed: ReadonlyMap<number, CitedQuote>;
}): SentenceCheck {
  const { verdict: before, judgedBy } = sentence;
  const standing = sentence.citations.flatMap((n) => confirmed.get(n) ?? []);
  const found = verifySentence({
    sentence: sliceSpan(answer.text, sentence),
    language: answer.language,
    cited: standing,
    glossary,
  });
  const verdict = ((): Verdict => {
    // All that it cited bore nothing of it, then or now.
    if (standing.length === 0) {
      return sentence.citations.length > 0 || before === 'unsupported' ? 'unsupported' : 'uncited';
    }
    const isWhole = standing.length === sentence.citations.length;
    // What rules were unsure of, a model judged; only where they are sure do they overrule it.
    return judgedBy && isWhole && !found.refuted ? before : found.verdict;
  })();
  const holds = rank[verdict] >= rank[before];
  return { index, verdict, before, ...(judgedBy && { judgedBy }), holds };
}

/** Quotations as they were verified at first: in the article's language, below its title and headings. */
function citing() {
  const passages = new Map<Article, readonly Passage[]>();
  return (quote: string, article: Article, place: Span): CitedQuote => {
    const split = passages.get(article) ?? splitArticle(article);
    passages.set(article, split);
    const passage = split.find((one) => spansOverlap(one, place));
    return { quote, language: article.language, frame: frameOf(article.title, passage?.headingPath ?? []) };
  };
}

/** Asks for each article once, and believes a version only where the text has that checksum. */
function findOnce({ articleVersion, presentArticle }: RecheckOptions) {
  const versions = new Map<string, Promise<Article | undefined>>();
  const presents = new Map<string, Promise<Article | undefined>>();
  const once = (known: typeof versions, key: string, find: () => Promise<Article | undefined>) => {
    const found = known.get(key) ?? find();
    known.set(key, found);
    return found;
  };
  const checked = async (id: string, version: string) => {
    const article = await articleVersion(id, version);
    return article && sha256(article.text) === version ? article : undefined;
  };
  return {
    version: ({ articleId: id, articleVersion: version }: Quotation) =>
      once(versions, JSON.stringify([id, version]), () => checked(id, version)),
    present: presentArticle && ((id: string) => once(presents, id, () => presentArticle(id))),
  };
}
