import type { RequestHandler } from 'express';

import { isProbe } from '../observe/watched.ts';
import { httpProblem } from '../problems.ts';
import { sendProblem } from '../responses.ts';
import { createLoopWatch, type LoopWatch } from './loop-watch.ts';

/** With fewer requests under way it is not they that make the event loop late, and refusing one would mend nothing. */
const fewRequests = 64;

/** Seconds after which the same is worth another try: an overload that is refused is over sooner. */
const retryAfterSeconds = 1;

/**
 * Refuses requests at the door, with 503, while there are many and the event loop is late, see {@link createLoopWatch}: a request
 * that is refused costs a fraction of one that is answered, and one that waits for long is answered to nobody. Probes
 * are let through: a server that is busy must not be taken for dead.
 *
 * @param limitMs - by how much the event loop may be late, in milliseconds.
 */
export function createLoadShedding(
  limitMs: number,
  { isOverloaded }: LoopWatch = createLoopWatch({ limitMs }),
): RequestHandler {
  let underWay = 0;
  return (request, response, next) => {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
    });
    if (underWay <= fewRequests || isProbe(request.path) || !isOverloaded()) return next();
    response.set('retry-after', String(retryAfterSeconds));
    sendProblem(
      response,
      httpProblem(503, 'More is asked of this server at the moment than it can do.', {
        type: 'urn:footnote:unavailable',
      }),
    );
  };
}
