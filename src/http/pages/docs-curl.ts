import type { ReadOperation } from '../openapi/read-document.ts';

/** A command that makes the request of `operation` with its examples. `accept` chooses among several types. */
export function curlCommand(
  operation: ReadOperation,
  { method, path, accept }: { method: string; path: string; accept?: string },
): string {
  const filled = operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce(
      (address, { name, example }) => address.replace(`{${name}}`, encodeURIComponent(example ?? name)),
      path,
    );
  const body = operation.requestBody?.content['application/json']?.example;
  const parts = [
    `curl${accept === 'text/event-stream' ? ' --no-buffer' : ''}${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} "$FOOTNOTE${filled}"`,
    ...(accept === undefined ? [] : [`-H ${quoted(`accept: ${accept}`)}`]),
    ...(body === undefined
      ? []
      : [`-H ${quoted('content-type: application/json')}`, `-d ${quoted(JSON.stringify(body))}`]),
  ];
  return parts.join(' \\\n  ');
}

/** A word of a shell command. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
