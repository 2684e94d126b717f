import type { ServerResponse } from 'node:http';

const stopping = Symbol('stopping');

/** Tells who is answering that the server stops: what is not sent soon is cut off. */
export function tellStopping(response: ServerResponse): void {
  response.emit(stopping);
}

/** Calls `listener` when the server stops before the response has ended. The result takes it back. */
export function onStopping(response: ServerResponse, listener: () => void): () => void {
  response.once(stopping, listener);
  return () => void response.off(stopping, listener);
}
