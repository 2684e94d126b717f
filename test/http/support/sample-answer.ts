import type { AnswerEvent } from '../../../src/domain/answer-event.ts';
import type { Answer, AnswerEvidence, AnswerSentence, NearestArticle } from '../../../src/domain/answer.ts';
import type { Citation, Verdict } from '../../../src/domain/citation.ts';

/** A sentence to be answered, with the words of the article behind it. */
interface SampleSentence {
  readonly text: string;
  readonly verdict?: Verdict;
  /** Numbers of `quotes`, from 1. */
  readonly cites?: readonly number[];
  readonly startsParagraph?: true;
}

interface SampleQuote {
  readonly quote: string;
  readonly title: string;
  readonly before?: string;
  readonly after?: string;
  readonly publisher?: string;
  readonly publishedAt?: string;
  readonly original?: string;
}

export interface SampleOptions {
  readonly question?: string;
  readonly sentences?: readonly SampleSentence[];
  readonly quotes?: readonly SampleQuote[];
  /** The reply when there are no sentences. */
  readonly text?: string;
  readonly abstained?: boolean;
  /** Parts without an answer; `remark` tells them. */
  readonly unanswered?: readonly string[];
  readonly remark?: string;
  readonly nearest?: readonly SampleQuote[];
  readonly degraded?: boolean;
}

const version = 'c0ffee00'.repeat(8);

const sampleQuotes: readonly SampleQuote[] = [
  {
    quote: 'The fair drew 5,400 visitors over three days.',
    title: 'The tide-mill fair, counted',
    before: 'It rained on Saturday. ',
    after: ' Most of them came by boat.',
    publisher: 'Harbour Gazette',
    publishedAt: '2024-05-14',
    original: 'https://gazette.example/fair#:~:text=The%20fair%20drew',
  },
  { quote: 'Entry was free for children.', title: 'What the fair costs', publishedAt: '2024-04-30' },
];

const sampleSentences: readonly SampleSentence[] = [
  { text: 'The fair drew 5,400 visitors over three days.', cites: [1] },
  { text: 'Children paid nothing.', cites: [2, 1], verdict: 'partial' },
  { text: 'It will return next year.', verdict: 'unsupported', startsParagraph: true },
];

/** An answer in which every span is right, as the answer API gives it. */
export function sampleAnswer(options: SampleOptions = {}): Answer {
  const { question = 'How many came to the fair?', quotes = sampleQuotes } = options;
  const { sentences = sampleSentences, abstained = false, degraded = false } = options;
  const evidence = quotes.map((quote, index) => evidenceOf(quote, index));
  const spans: AnswerSentence[] = [];
  let text = options.text ?? '';
  for (const { text: words, verdict = 'supported', cites = [], startsParagraph } of sentences) {
    if (text !== '') text += startsParagraph ? '\n\n' : ' ';
    spans.push({ start: text.length, end: text.length + words.length, verdict, citations: cites });
    text += words + (cites.length > 0 ? ` ${cites.map((n) => `[${n}]`).join('')}` : '');
  }
  if (options.remark !== undefined) text += `\n\n${options.remark}`;
  const unanswered = options.unanswered ?? [];
  const nearest = (options.nearest ?? []).map((quote, index) => nearestOf(quote, index));
  const citations = evidence.map((passage, index) => citationOf(passage, quotes[index], index + 1, spans));
  const count = (verdict: Verdict) => spans.filter((span) => span.verdict === verdict).length;
  return {
    id: 'answer-1',
    question,
    standaloneQuestion: question,
    language: 'en',
    outcome: abstained ? 'declined' : unanswered.length > 0 ? 'partial' : 'answered',
    text,
    unanswered,
    nearest,
    abstained,
    degraded,
    citations,
    sentences: spans,
    evidence,
    summary: {
      supported: count('supported'),
      partial: count('partial'),
      unsupported: count('unsupported'),
      uncited: count('uncited'),
      droppedCitations: 0,
      removedSentences: 0,
    },
    receipt: {
      indexGeneration: 'generation-1',
      articleVersions: Object.fromEntries(evidence.map(({ articleId }) => [articleId, version])),
      embeddingModel: 'scripted',
      writer: 'extractive',
      settings: { topK: 8, language: 'en', filters: {}, strict: false },
      createdAt: '2024-06-01T12:00:00.000Z',
      sha256: version,
    },
  };
}

/** The events as which `answer` comes into being. */
export function eventsOf(answer: Answer): AnswerEvent[] {
  const { id, question, standaloneQuestion, language, evidence, citations, sentences } = answer;
  const seen = new Set<number>();
  const perSentence = sentences.flatMap((sentence, index): AnswerEvent[] => {
    const from = index === 0 ? 0 : endOfMarkers(answer, index - 1);
    const fresh = sentence.citations.filter((n) => !seen.has(n));
    fresh.forEach((n) => seen.add(n));
    return [
      { type: 'text-delta', delta: answer.text.slice(from, endOfMarkers(answer, index)) },
      ...citations
        .filter(({ n }) => fresh.includes(n))
        .map((citation): AnswerEvent => ({ type: 'citation', citation })),
      { type: 'sentence-verdict', sentence },
    ];
  });
  const body: AnswerEvent[] =
    sentences.length > 0 ? perSentence : [{ type: 'text-delta', delta: answer.text }];
  return [
    { type: 'answer-start', id, question, standaloneQuestion, language },
    { type: 'evidence', evidence },
    ...body,
    { type: 'answer-end', answer, usage: { inputTokens: 10, outputTokens: 20 } },
  ];
}

function endOfMarkers({ sentences, text }: Answer, index: number): number {
  const next = sentences[index + 1];
  return next ? text.slice(0, next.start).trimEnd().length : text.length;
}

function nearestOf(sample: SampleQuote, index: number): NearestArticle {
  const passage = evidenceOf(sample, index);
  const { n: _n, answer: _answer, support: _support, ...quoted } = citationOf(passage, sample, 1, []);
  return { ...quoted, language: passage.language };
}

function evidenceOf({ quote, title, before = '', after = '', ...known }: SampleQuote, index: number) {
  const text = before + quote + after;
  const start = 100 * (index + 1);
  const articleId = `article-${index + 1}`;
  return {
    passageId: `${articleId}:c0ffee00:${start}-${start + text.length}`,
    articleId,
    articleVersion: version,
    title,
    ...(known.publishedAt !== undefined && { publishedAt: known.publishedAt }),
    ...(known.publisher !== undefined && { publisher: known.publisher }),
    language: 'en',
    score: 0.9 - index / 10,
    source: { start, end: start + text.length },
    text,
  } satisfies AnswerEvidence;
}

function citationOf(
  passage: AnswerEvidence,
  sample: SampleQuote | undefined,
  n: number,
  sentences: readonly AnswerSentence[],
): Citation {
  const { passageId, articleId, articleVersion, title, publishedAt, publisher } = passage;
  const quote = sample?.quote ?? '';
  const start = passage.source.start + (sample?.before ?? '').length;
  const first = sentences.find(({ citations }) => citations.includes(n));
  return {
    n,
    articleId,
    articleVersion,
    passageId,
    title,
    ...(publishedAt !== undefined && { publishedAt }),
    ...(publisher !== undefined && { publisher }),
    quote,
    source: { start, end: start + quote.length },
    answer: { start: first?.start ?? 0, end: first?.end ?? 0 },
    support: { verdict: 'supported', score: 1 },
    links: {
      passage: `/api/passages/${passageId}`,
      reader: `/articles/${articleId}`,
      ...(sample?.original !== undefined && { original: sample.original }),
    },
  };
}
