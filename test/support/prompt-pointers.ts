import type { ChatRequest } from './openai-server.ts';

/** The pointer, such as `[S4]`, to the numbered sentence of the prompt that contains `words`. */
export function pointerTo({ body }: ChatRequest, words: string): string {
  const lines = body.messages.flatMap(({ content }) => content.split('\n'));
  const line = lines.find((text) => /^\[S\d+\] /u.test(text) && text.includes(words));
  const pointer = /^\[S\d+\]/u.exec(line ?? '')?.[0];
  if (pointer === undefined) throw new Error(`The model was not given a sentence with "${words}".`);
  return pointer;
}

/** Whether the model is asked for an answer, not to rewrite or to translate something before it. */
export function asksForAnswer({ body }: ChatRequest): boolean {
  return body.messages.some(({ content }) => content.includes('<sources>\n'));
}
