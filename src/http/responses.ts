import express, { type RequestHandler, type Response } from 'express';

import type { Problem } from '../domain/problem.ts';
import { isOpenAiAddress, openAiError } from './openai/errors.ts';
import { httpProblem, problemOf } from './problems.ts';

/** Answers with `problem` as `application/problem+json`, or as OpenAI's clients expect it under their addresses. */
export function sendProblem(response: Response, problem: Problem): void {
  const isForOpenAi = isOpenAiAddress(response.req.originalUrl);
  response
    .status(problem.status)
    .set({
      'content-type': isForOpenAi ? 'application/json; charset=utf-8' : 'application/problem+json',
      'cache-control': 'no-store',
    })
    .end(JSON.stringify(isForOpenAi ? openAiError(problem) : problem));
}

/** The last handler of a route: says which methods there are. `GET` includes `HEAD`. */
export function onlyMethods(...methods: readonly ('GET' | 'POST' | 'DELETE')[]): RequestHandler {
  const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const allow = [...allowed, 'OPTIONS'].join(', ');
  return (request, response) => {
    response.set('allow', allow);
    if (request.method === 'OPTIONS') response.status(204).end();
    else sendProblem(response, httpProblem(405, `${request.path} can be asked with: ${allow}.`));
  };
}

/** Refuses requests whose `Accept` excludes every one of `types`. */
export function mustAccept(...types: readonly string[]): RequestHandler {
  return (request, response, next) => {
    if (request.accepts([...types]) === false) {
      sendProblem(response, httpProblem(406, `This address answers with: ${types.join(', ')}.`));
    } else next();
  };
}

const mustBeJson: RequestHandler = (request, response, next) => {
  // `false` is another type; `null` is no body at all, which the schema reports better.
  const isEmpty = request.get('content-length') === '0';
  if (isEmpty || request.is('application/json') !== false) next();
  else sendProblem(response, problemOf({ status: 415 }));
};

/** What a JSON body may take to arrive, in milliseconds. The server itself waits longer, for files. */
const jsonArrivalMs = 30_000;

/** Reads a JSON body of at most `bodyBytes` bytes, and refuses any other kind, and one that takes longer than `arrivalMs`. */
export function readJson(bodyBytes: number, arrivalMs = jsonArrivalMs): RequestHandler[] {
  return [mustBeJson, mustArriveWithin(arrivalMs), express.json({ limit: bodyBytes })];
}

function mustArriveWithin(ms: number): RequestHandler {
  return (request, response, next) => {
    const timer = setTimeout(() => {
      if (request.readableEnded || response.headersSent) return;
      response.set('connection', 'close');
      response.once('finish', () => request.destroy());
      sendProblem(response, httpProblem(408, 'The request did not arrive in time.'));
    }, ms);
    const arrived = () => clearTimeout(timer);
    request.once('end', arrived).once('close', arrived);
    next();
  };
}

/** Where no route matched. */
export const notFound: RequestHandler = (request, response) => {
  sendProblem(response, httpProblem(404, `There is nothing at ${request.path}.`));
};
