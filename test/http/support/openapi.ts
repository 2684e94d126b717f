import formats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createParser, type EventSourceMessage } from 'eventsource-parser';

import { type JsonObject, toJsonObject } from '../../../src/http/openapi/json.ts';
import {
  readDocument,
  type ReadDocument,
  type ReadOperation,
  resolveResponse,
} from '../../../src/http/openapi/read-document.ts';

/** An operation of the document, with its place. */
export interface DocumentedOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly operation: ReadOperation;
}

/** An OpenAPI document, and whether what travels is what it says. */
export interface Contract {
  readonly document: ReadDocument;
  readonly operations: readonly DocumentedOperation[];
  /** What is wrong with `value` by the schema of that name, or that stands there; a member that it does not name is. */
  readonly faults: (schema: JsonObject, value: unknown) => string[];
  /** What is wrong with a response to an operation: status, content type, headers, body, events. */
  readonly responseFaults: (id: string, response: Response) => Promise<string[]>;
}

/** Reads a document as a client would: from its JSON alone. */
export function readContract(json: unknown): Contract {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: 'https://document.example/api', ...closed(toJsonObject(json)) });
  const document = readDocument(toJsonObject(json));
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );

  function faults(schema: JsonObject, value: unknown): string[] {
    const absolute = toJsonObject(
      JSON.parse(JSON.stringify(closed(schema)).replaceAll('"#/', '"https://document.example/api#/')),
    );
    const validate = ajv.compile(absolute);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${instancePath} ${message} ${JSON.stringify(params)} ${JSON.stringify(value).slice(0, 300)}`,
    );
  }

  return {
    document,
    operations,
    faults,
    async responseFaults(id, response) {
      const found = operations.find((entry) => entry.id === id);
      const reference = found?.operation.responses[response.status];
      if (!reference) return [`${id} answers with ${response.status}: ${await response.text()}`];
      const { headers = {}, content } = resolveResponse(document, reference);
      const missing = Object.keys(headers).filter((name) => !response.headers.has(name));
      const text = await response.text();
      const type = response.headers.get('content-type')?.split(';', 1)[0] ?? '';
      // What may be of any type is described once for all of them.
      const described = content?.[type] ?? content?.['*/*'];
      const wrong = missing.map((name) => `The header ${name} is missing.`);
      if (!content) return text === '' ? wrong : [...wrong, `${id} has a body with ${response.status}.`];
      if (!described) return [...wrong, `${id} answers with ${response.status} and the type "${type}".`];
      const event = described['x-itemSchema'];
      if (type === 'text/event-stream') {
        return [...wrong, ...eventsOf(text).flatMap((data) => (event ? faults(event, data) : []))];
      }
      if (type === 'application/jsonl') {
        const lines = text.split('\n').filter((line) => line !== '');
        return [...wrong, ...lines.flatMap((line) => (event ? faults(event, JSON.parse(line)) : []))];
      }
      const body: unknown = type.endsWith('json') ? JSON.parse(text) : text;
      return [...wrong, ...faults(described.schema, body)];
    },
  };
}

/** The data of the events of a stream, but for the word with which some streams end. */
export function eventsOf(text: string): unknown[] {
  const messages: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => messages.push(message) });
  parser.feed(text);
  return messages.filter(({ data }) => data !== '[DONE]').map(({ data }): unknown => JSON.parse(data));
}

/** The same with every object closed that does not say otherwise. */
function closed(schema: JsonObject): JsonObject {
  return toJsonObject(close(schema));
}

function close(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(close);
  if (typeof node !== 'object' || node === null) return node;
  const members = Object.fromEntries(Object.entries(node).map(([name, member]) => [name, close(member)]));
  const isOpen = 'properties' in node && !('additionalProperties' in node);
  return isOpen ? { ...members, additionalProperties: false } : members;
}
