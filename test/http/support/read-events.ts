import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** Every event of a finished `text/event-stream`, with its data parsed, and the comments between them. */
export async function readEvents(response: Response) {
  const messages: EventSourceMessage[] = [];
  const comments: string[] = [];
  const parser = createParser({
    onEvent: (message) => messages.push(message),
    onComment: (comment) => comments.push(comment),
    onError: (error) => {
      throw error;
    },
  });
  parser.feed(await response.text());
  const events = messages.map((message): unknown => JSON.parse(message.data));
  return { messages, comments, events };
}
