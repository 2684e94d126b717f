import type { AnswerStore } from './answer-store.ts';
import type { AnswersFromOptions } from './answers-from-article.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { IdempotencyStore } from './idempotency-store.ts';

/** What was removed of an article that was purged. */
export interface PurgeReport {
  /** Stored answers that quoted it, or were given from it. */
  readonly answers: number;
  /** Its stored versions. */
  readonly versions: number;
  /** Questions with their replies in stored conversations. */
  readonly exchanges: number;
  /** Responses that could have been had again. */
  readonly responses: number;
}

/** Rids what is stored of an article that nobody may read any more. */
export interface ArticlePurge {
  /** Whether a version of it is stored. */
  holds(articleId: string): Promise<boolean>;
  /**
   * Removes its stored versions and every answer that quotes it, wherever that is kept; resolves when their bytes are gone from
   * the files. Answers under way at that time are removed once they have ended.
   *
   * @throws FootnoteError `unavailable`; what was removed until then stays removed, and the call can be repeated.
   */
  purgeArticle(articleId: string): Promise<PurgeReport>;
  /** Removes at once what would have been looked for later. */
  close(): Promise<void>;
}

/** What {@link createArticlePurge} needs. */
export interface ArticlePurgeOptions {
  readonly answers: Pick<AnswerStore, 'holdsArticle' | 'answersFrom' | 'purgeArticle'> | undefined;
  readonly conversations: Pick<ConversationStore, 'purgeAnswers'> | undefined;
  readonly requests: Pick<IdempotencyStore, 'purgeAnswers'> | undefined;
  /** Longest time that an answer takes, in milliseconds. */
  readonly answerTimeoutMs: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Told when the answers that were under way cannot be looked through. */
  readonly onError?: (error: unknown) => void;
}

/** Longer than storing an answer takes once it has ended, in milliseconds. */
const marginMs = 10_000;

/** Creates a purge of all stores together. */
export function createArticlePurge(options: ArticlePurgeOptions): ArticlePurge {
  const {
    answers,
    conversations,
    requests,
    answerTimeoutMs,
    now = Date.now,
    onError = () => undefined,
  } = options;
  const timers = new Map<NodeJS.Timeout, () => Promise<void>>();

  async function purge(articleId: string, range: AnswersFromOptions = {}): Promise<PurgeReport> {
    const ids = (await answers?.answersFrom(articleId, range)) ?? [];
    // The stored answers last: they tell which turns and responses have to go, also to a second attempt.
    const exchanges = (await conversations?.purgeAnswers(ids)) ?? 0;
    const responses = (await requests?.purgeAnswers({ answerIds: ids, articleId })) ?? 0;
    const found = await answers?.purgeArticle(articleId, range);
    return { answers: found?.answers.length ?? 0, versions: found?.versions ?? 0, exchanges, responses };
  }

  /** An answer that began before may be stored after. What was given of the article later, added anew, stays. */
  function purgeLater(articleId: string): void {
    const begunUntil = new Date(now()).toISOString();
    const look = async () => {
      timers.delete(timer);
      await purge(articleId, { begunUntil }).then(undefined, onError);
    };
    const timer = setTimeout(() => void look(), answerTimeoutMs + marginMs).unref();
    timers.set(timer, look);
  }

  return {
    holds: async (articleId) => (await answers?.holdsArticle(articleId)) ?? false,
    async purgeArticle(articleId) {
      purgeLater(articleId);
      return purge(articleId);
    },
    async close() {
      const looks = Array.from(timers);
      for (const [timer, look] of looks) {
        clearTimeout(timer);
        await look();
      }
    },
  };
}
