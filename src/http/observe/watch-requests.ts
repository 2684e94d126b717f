import type { Request, RequestHandler, Response } from 'express';

import { callerOf } from '../auth/callers.ts';
import { requestIdOf } from './request-id.ts';
import { inRequest, now, type Observer, type OpenRequest } from './watched.ts';

const longestPath = 200;

/** What a request is answered with whose client left before the response began, as proxies name it in their logs. */
const clientLeft = 499;

/** Gives each request its id, sends that back as `x-request-id`, and tells the observers when it begins and ends. */
export function watchRequests(observers: readonly Observer[]): RequestHandler {
  return (request, response, next) => {
    const watched = open(request, response);
    const { socket } = request;
    const bytesBefore = socket.bytesWritten;
    response.set('x-request-id', watched.id);
    for (const observer of observers) observer.requestStarted?.(watched);
    response.once('close', () => {
      const end = {
        endedAt: now(),
        route: routeOf(request),
        status: response.headersSent ? response.statusCode : clientLeft,
        aborted: !response.writableFinished,
        bytes: socket.bytesWritten - bytesBefore,
        keyId: callerOf(request).key?.id,
      };
      for (const observer of observers) observer.requestEnded?.(watched, end);
    });
    inRequest(watched, next);
  };
}

function open(request: Request, response: Response): OpenRequest {
  return {
    id: requestIdOf(request.headers['x-request-id']),
    method: request.method,
    path: request.path.slice(0, longestPath),
    traceparent: request.get('traceparent'),
    startedAt: now(),
    answers: [],
    isStreaming: () =>
      response.headersSent && String(response.getHeader('content-type')).startsWith('text/event-stream'),
  };
}

// What Express has put there, which its types leave open.
function routeOf({ route }: { readonly route?: unknown }): string {
  const isRoute = typeof route === 'object' && route !== null && 'path' in route;
  return isRoute && typeof route.path === 'string' ? route.path : '(none)';
}
