import { accessRule } from '../auth/access-table.ts';
import { componentSchemas, queryParameters, schemaReference } from './components.ts';
import { apiDescription } from './description.ts';
import { type JsonObject, toJsonObject } from './json.ts';
import {
  type BodyDescription,
  type NamedSchema,
  type Operation,
  type ResponseDescription,
  tags,
} from './operation.ts';
import {
  commonProblems,
  failureSchemas,
  guardedProblems,
  problemName,
  problemResponses,
} from './problem-responses.ts';

/** The operations as an OpenAPI 3.1 document. `version` is that of Footnote. */
export function createDocument(operations: readonly Operation[], version: string): JsonObject {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    (paths[operation.path] ??= {})[operation.method] = describeOperation(operation);
  }
  return toJsonObject({
    openapi: '3.1.0',
    info: {
      title: 'Footnote',
      version,
      summary: 'Answers with exact quotations',
      description: apiDescription,
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    // Relative to this document, so that it is right behind any proxy.
    servers: [{ url: '.' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: componentSchemas([...failureSchemas, ...operations.flatMap(schemasOf)]),
      responses: problemResponses(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: '`Authorization: Bearer KEY`' },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key', description: '`X-API-Key: KEY`' },
      },
    },
  });
}

function schemasOf({ body, responses }: Operation): NamedSchema[] {
  const answered = Object.values(responses).flatMap(({ json, stream, text }) => [
    json,
    stream?.event,
    text?.line,
  ]);
  return [body, body?.form, ...answered].filter((schema) => schema !== undefined);
}

function describeOperation(operation: Operation): unknown {
  const { id, tag, summary, description, parameters = [], queries = [], body, responses } = operation;
  const { scopes } = accessRule(operation.method.toUpperCase(), operation.path);
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    // Either scheme will do; where no keys are configured, nothing is asked for.
    security: scopes.length === 0 ? [] : [{ bearer: scopes }, { apiKey: scopes }, {}],
    parameters: [
      ...parameters.map(({ example, isRequired, ...parameter }) => ({
        ...parameter,
        required: isRequired ?? parameter.in === 'path',
        schema: { type: 'string', ...(parameter.in === 'path' && { minLength: 1, maxLength: 200 }) },
        example,
      })),
      ...queries.flatMap(queryParameters).map((parameter) => ({ ...parameter, in: 'query' })),
    ],
    requestBody: body && {
      required: body.isOptional !== true,
      content: {
        'application/json': content(body),
        ...(body.form && { 'multipart/form-data': { schema: schemaReference(body.form) } }),
      },
    },
    responses: {
      ...Object.fromEntries(
        Object.entries(responses).map(([status, response]) => [status, describeResponse(response)]),
      ),
      ...problemsOf(operation, scopes.length > 0),
    },
  };
}

function describeResponse(response: ResponseDescription): unknown {
  const { description, headers, json, stream, text, isProblemToo } = response;
  const types = {
    ...(json && { 'application/json': content(json) }),
    // OpenAPI 3.1 has no word for the items of a stream; 3.2 calls it itemSchema.
    ...(stream && {
      'text/event-stream': {
        schema: { type: 'string', description: stream.description },
        ...(stream.event && { 'x-itemSchema': schemaReference(stream.event) }),
        example: stream.example,
      },
    }),
    ...(isProblemToo && { 'application/problem+json': { schema: schemaReference({ name: 'Problem' }) } }),
    ...(text && {
      [text.type]: {
        schema: { type: 'string' },
        ...(text.line && { 'x-itemSchema': schemaReference(text.line) }),
        example: text.example,
      },
    }),
  };
  return {
    description,
    headers:
      headers &&
      Object.fromEntries(
        Object.entries(headers).map(([name, tells]) => [
          name,
          { description: tells, schema: { type: 'string' } },
        ]),
      ),
    content: Object.keys(types).length > 0 ? types : undefined,
  };
}

function content({ example, name }: BodyDescription): unknown {
  return { schema: schemaReference({ name }), example };
}

function problemsOf({ problems, failures }: Operation, isGuarded: boolean): Record<string, unknown> {
  const statuses = [...problems, ...commonProblems, ...(isGuarded ? guardedProblems : [])];
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${problemName(status, failures)}` }]),
  );
}
