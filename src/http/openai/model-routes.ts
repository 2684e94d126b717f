import { type Response, Router } from 'express';
import type { z } from 'zod';

import { type CallScope, scoped } from '../call-scope.ts';
import { httpProblem } from '../problems.ts';
import { mustAccept, onlyMethods, sendProblem } from '../responses.ts';
import { idOf } from '../schemas.ts';
import { modelName, toSeconds } from './reply.ts';
import type { modelListSchema, modelSchema } from './result-schemas.ts';
import type { OpenAiRoutesOptions } from './routes.ts';

const json = 'application/json';

type Model = z.infer<typeof modelSchema>;
type ModelList = z.infer<typeof modelListSchema>;

/** `GET /v1/models` and `GET /v1/models/:id`: there is one, and the index that it answers from dates it. */
export function createModelRoutes({
  assistant,
  limits,
}: Pick<OpenAiRoutesOptions, 'assistant' | 'limits'>): Router {
  const timeoutMs = limits.answerTimeoutMs;
  const model = async (scope: CallScope): Promise<Model> => {
    const { createdAt } = await scope.race(assistant.generation());
    return { id: modelName, object: 'model', created: toSeconds(createdAt), owned_by: 'footnote' };
  };
  const router = Router();
  router
    .route('/v1/models')
    .get(
      mustAccept(json),
      scoped(timeoutMs, async (_request, response, scope) => {
        const list: ModelList = { object: 'list', data: [await model(scope)] };
        response.set('cache-control', 'no-cache').json(list);
      }),
    )
    .all(onlyMethods('GET'));
  router
    .route('/v1/models/:id')
    .get(
      mustAccept(json),
      scoped(timeoutMs, async ({ params }, response, scope) => {
        const id = idOf(params, 'model');
        if (isModel(id)) response.set('cache-control', 'no-cache').json(await model(scope));
        else sendUnknownModel(response, id);
      }),
    )
    .all(onlyMethods('GET'));
  return router;
}

/** Whether somebody answers by this name. */
export function isModel(name: string): boolean {
  return name === modelName;
}

/** Says that nobody answers by this name, and who does. */
export function sendUnknownModel(response: Response, name: string): void {
  const detail = `The model "${name.slice(0, 100).toWellFormed()}" does not exist: use "${modelName}".`;
  sendProblem(response, httpProblem(404, detail, { type: 'urn:footnote:model-not-found' }));
}
