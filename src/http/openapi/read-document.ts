import { z } from 'zod';

import type { JsonObject } from './json.ts';

const json = z.json();
const reference = z.object({ $ref: z.string() });

const contentSchema = z.record(
  z.string(),
  z.object({
    schema: z.record(z.string(), json),
    example: json.optional(),
    'x-itemSchema': reference.optional(),
  }),
);

const headersSchema = z.record(z.string(), z.object({ description: z.string() }));

const responseSchema = z.object({
  description: z.string(),
  headers: headersSchema.optional(),
  content: contentSchema.optional(),
});

const parameterSchema = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean(),
  description: z.string().optional(),
  schema: z.record(z.string(), json),
  example: z.string().optional(),
});

const operationSchema = z.object({
  operationId: z.string(),
  tags: z.tuple([z.string()]),
  summary: z.string(),
  description: z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(parameterSchema),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.union([reference, responseSchema])),
});

const documentSchema = z.object({
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({
    schemas: z.record(z.string(), z.record(z.string(), json)),
    responses: z.record(z.string(), responseSchema),
  }),
});

/** What of an OpenAPI document its readers look at. */
export type ReadDocument = z.infer<typeof documentSchema>;
export type ReadOperation = z.infer<typeof operationSchema>;
export type ReadResponse = z.infer<typeof responseSchema>;
export type ReadContent = z.infer<typeof contentSchema>;
export type ReadParameter = z.infer<typeof parameterSchema>;

/** An OpenAPI document as {@link createDocument} makes it. @throws z.ZodError */
export function readDocument(document: JsonObject): ReadDocument {
  return documentSchema.parse(document);
}

/** A response of an operation, with what it refers to in place of a reference. */
export function resolveResponse(
  { components }: ReadDocument,
  response: ReadOperation['responses'][string],
): ReadResponse {
  if (!('$ref' in response)) return response;
  const name = response.$ref.slice(response.$ref.lastIndexOf('/') + 1);
  const found = components.responses[name];
  if (!found) throw new Error(`The document has no response "${name}".`);
  return found;
}
