import type { AlsoIn, Citation, Verdict } from './citation.ts';
import type { Turn } from './conversation.ts';
import type { Filters } from './filters.ts';
import type { Language } from './language.ts';
import type { Span } from './span.ts';

/** What a caller asks. */
export interface AnswerRequest {
  readonly question: string;
  /** Earlier turns, oldest first. */
  readonly history?: readonly Turn[];
  readonly conversationId?: string;
  /** Language of the reply; detected from the question when absent. */
  readonly language?: Language;
  readonly filters?: Filters;
  /** Number of passages to retrieve, 1–50. */
  readonly topK?: number;
  /** Leaves out sentences of a chat model that no quotation bears, instead of marking them. */
  readonly strict?: boolean;
  /** ISO 8601 instant that "today" and "last year" are relative to; the server's clock when absent. */
  readonly now?: string;
}

/** Who wrote the reply. */
export type WriterName = 'extractive' | 'chat';

/** A sentence of the reply: a span of {@link Answer.text}, followed there by its ` [n]` markers. */
export interface AnswerSentence extends Span {
  readonly verdict: Verdict;
  /** Present where a chat model gave the verdict, on what rules cannot tell; otherwise rules did. */
  readonly judgedBy?: 'chat';
  /** Footnote numbers of this sentence, in the order of their markers. */
  readonly citations: readonly number[];
}

/** A retrieved passage as the answer shows it. */
export interface AnswerEvidence {
  readonly passageId: string;
  readonly articleId: string;
  readonly articleVersion: string;
  readonly title: string;
  readonly publishedAt?: string;
  readonly publisher?: string;
  readonly language: Language;
  readonly score: number;
  readonly source: Span;
  readonly text: string;
  /** Passages of other articles with nearly the same text, which it stands for; absent where there are none. */
  readonly alsoIn?: readonly AlsoIn[];
}

/** Whether the articles hold what was asked for: all of it, some of its parts, or none. */
export type Outcome = 'answered' | 'partial' | 'declined';

/**
 * An article that comes near to what the articles do not answer, with its sentence closest to the question: the
 * exact words of the article, as in a citation, but no answer.
 */
export interface NearestArticle extends Pick<
  Citation,
  | 'articleId'
  | 'articleVersion'
  | 'passageId'
  | 'title'
  | 'publishedAt'
  | 'publisher'
  | 'sourceUrl'
  | 'quote'
  | 'source'
  | 'links'
> {
  readonly language: Language;
}

/** How the sentences of the reply fared in verification. */
export interface AnswerSummary {
  readonly supported: number;
  readonly partial: number;
  readonly unsupported: number;
  readonly uncited: number;
  /** Pointers of the model to sentences that it was never given, or that bear nothing of what it says. */
  readonly droppedCitations: number;
  /** Sentences of the model that were left out because no quotation bears them (`strict`). */
  readonly removedSentences: number;
}

/** What is needed to check the answer again later. */
export interface Receipt {
  readonly indexGeneration: string;
  readonly articleVersions: Readonly<Record<string, string>>;
  readonly embeddingModel: string;
  /** SHA-256 of the prompts that the model was given; absent when no model wrote. */
  readonly promptHash?: string;
  readonly writer: WriterName;
  /** `<provider>:<model>`; absent when no model wrote. */
  readonly model?: string;
  readonly settings: {
    readonly topK: number;
    readonly language: Language;
    readonly filters: Filters;
    readonly strict: boolean;
    readonly temperature?: number;
  };
  /** ISO 8601 instant. */
  readonly createdAt: string;
  /** SHA-256 over the canonical JSON (RFC 8785) of the answer without `id`, `createdAt` and this hash. */
  readonly sha256: string;
}

/** A finished reply. */
export interface Answer {
  readonly id: string;
  readonly conversationId?: string;
  readonly question: string;
  /** The question as it was searched for, understandable without the conversation. */
  readonly standaloneQuestion: string;
  readonly language: Language;
  readonly outcome: Outcome;
  /**
   * The reply. Each cited sentence is followed by a space and its markers, such as ` [1][2]`. A partial reply ends
   * with a paragraph of Footnote's own that names the parts without an answer; a declined one says just that.
   */
  readonly text: string;
  /**
   * Parts of a question for several things that the articles do not answer, while others are answered; as the user
   * worded them.
   */
  readonly unanswered: readonly string[];
  /** What the articles do say, best first, where `outcome` is not `answered`; empty where nothing is related. */
  readonly nearest: readonly NearestArticle[];
  /**
   * Publication date of the article that leads the reply, `YYYY-MM-DD`, where the question asks for the latest state or
   * the articles disagree: later changes are not known.
   */
  readonly asOf?: string;
  /** True when the articles do not hold what was asked for: `outcome` is `declined`. */
  readonly abstained: boolean;
  /** True when the configured chat model failed and the extractive writer took over. */
  readonly degraded: boolean;
  readonly citations: readonly Citation[];
  readonly sentences: readonly AnswerSentence[];
  readonly evidence: readonly AnswerEvidence[];
  readonly summary: AnswerSummary;
  readonly receipt: Receipt;
}

/** Tokens that a chat model counted. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}
