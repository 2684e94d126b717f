import { FootnoteError } from '../domain/errors.ts';

/** For how long a standby that failed is left alone, in milliseconds: what comes meanwhile need not wait for it to fail. */
const defaultRestMs = 5_000;

/** What {@link preferStandby} chooses between. */
export interface StandbyChoice<T> {
  readonly standby: () => Promise<T>;
  readonly main: () => Promise<T>;
  /** Told when the standby begins to fail, not of each time. */
  readonly onError: (error: unknown) => void;
  readonly restMs?: number;
}

/**
 * What the standby gives, or the main database while the standby cannot be reached or has not got the tables yet.
 * To be used where reading begins: what is begun on one of them must go on there, since they are not at the same state.
 */
export function preferStandby<T>({
  standby,
  main,
  onError,
  restMs = defaultRestMs,
}: StandbyChoice<T>): () => Promise<T> {
  let isAway = false;
  let restUntil = -Infinity;

  return async () => {
    if (performance.now() < restUntil) return main();
    try {
      const result = await standby();
      isAway = false;
      return result;
    } catch (error) {
      if (!isOfStandby(error)) throw error;
      restUntil = performance.now() + restMs;
      if (!isAway) onError(error);
      isAway = true;
      return main();
    }
  };
}

function isOfStandby(error: unknown): boolean {
  return error instanceof FootnoteError && (error.code === 'unavailable' || error.code === 'index-unusable');
}
