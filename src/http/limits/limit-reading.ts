import type { Assistant } from '../../domain/assistant.ts';
import type { Slots } from './slots.ts';

/** What is done with the articles and what is stored, besides answering. */
type Reading = Pick<
  Assistant,
  | 'search'
  | 'articles'
  | 'article'
  | 'copyGroup'
  | 'passage'
  | 'storedAnswer'
  | 'verifyAnswer'
  | 'addFeedback'
  | 'createConversation'
  | 'conversation'
  | 'deleteConversation'
  | 'suggestions'
  | 'stats'
>;

/**
 * `assistant`, with a place in `slots` taken for as long as it searches, reads or notes something, whichever interface asks. Each
 * of these takes several turns of the event loop; where all that come are begun at once, every turn takes as long as all of
 * them, and everything is slow, answers and new connections too, of which each turn accepts one (libuv since 1.45). A search that is no longer wanted gives its place back when it has ended.
 */
export function limitReading<T extends Reading>(assistant: T, slots: Slots): T {
  function limited<Given extends unknown[], Result>(
    work: (...given: Given) => Promise<Result>,
  ): (...given: Given) => Promise<Result> {
    return async (...given) => {
      const release = await slots.acquire();
      try {
        return await work(...given);
      } finally {
        release();
      }
    };
  }
  return {
    ...assistant,
    search: limited(assistant.search),
    articles: limited(assistant.articles),
    article: limited(assistant.article),
    copyGroup: limited(assistant.copyGroup),
    passage: limited(assistant.passage),
    storedAnswer: limited(assistant.storedAnswer),
    verifyAnswer: limited(assistant.verifyAnswer),
    addFeedback: limited(assistant.addFeedback),
    createConversation: limited(assistant.createConversation),
    conversation: limited(assistant.conversation),
    deleteConversation: limited(assistant.deleteConversation),
    suggestions: limited(assistant.suggestions),
    stats: limited(assistant.stats),
  };
}
