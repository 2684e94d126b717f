import { type RequestHandler, Router } from 'express';

import { isOfThisMachine, operatorOnly } from '../operator-only.ts';
import { onlyMethods } from '../responses.ts';
import type { Metrics } from './create-metrics.ts';

const address = '/metrics';

/** `GET /metrics`, for the operator. */
export function createMetricsRoutes(metrics: Metrics): Router {
  const router = Router();
  router
    .route(address)
    .get(operatorOnly, async (_request, response) => {
      response
        .set({ 'content-type': metrics.contentType, 'cache-control': 'no-store' })
        .end(await metrics.read());
    })
    .all(onlyMethods('GET'));
  return router;
}

/** The same for programs of this machine, which need no key for it; others go on to where keys are asked for. */
export function createLocalMetricsRoutes(metrics: Metrics): RequestHandler {
  const routes = createMetricsRoutes(metrics);
  return (request, response, next) => {
    if (isOfThisMachine(request)) routes(request, response, next);
    else next();
  };
}
