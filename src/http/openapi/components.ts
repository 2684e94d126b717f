import { z } from 'zod';

import { type JsonObject, toJsonObject } from './json.ts';
import type { NamedSchema } from './operation.ts';

const draft = { target: 'draft-2020-12', io: 'input', override: tidy } as const;

/** Formats that say all that their patterns say. */
const plainFormats: ReadonlySet<unknown> = new Set(['date', 'date-time', 'uuid']);

function tidy({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (plainFormats.has(jsonSchema.format)) delete jsonSchema.pattern;
  // A bound that every whole number of JSON has.
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

const componentsSchema = z.record(z.string(), z.record(z.string(), z.json()));
const sharedSchema = z.object({ $defs: componentsSchema }).default({ $defs: {} });

/** The address of a named schema inside the document. */
export function schemaReference({ name }: Pick<NamedSchema, 'name'>): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

/**
 * JSON Schemas (2020-12) by name, which refer to one another. Objects stay open: a client that refuses members which it
 * does not know breaks with the next version.
 *
 * @throws Error when two schemas have the same name.
 */
export function componentSchemas(named: readonly NamedSchema[]): Readonly<Record<string, JsonObject>> {
  const registry = z.registry<{ id: string }>();
  const taken = new Map<string, z.ZodType>();
  for (const { name, schema } of named) {
    const known = taken.get(name);
    if (known !== undefined && known !== schema) throw new Error(`Two schemas have the name "${name}".`);
    if (known === undefined) registry.add(schema, { id: name });
    taken.set(name, schema);
  }
  const { schemas } = z.toJSONSchema(registry, { ...draft, uri: (name) => schemaReference({ name }).$ref });
  // What is named by its own `meta` rather than by an operation comes apart, under this name.
  const { __shared: shared, ...rest } = toJsonObject(schemas);
  const all = { ...rest, ...sharedSchema.parse(shared).$defs };
  const text = JSON.stringify(all).replaceAll('__shared#/$defs/', '');
  return Object.fromEntries(
    Object.entries(componentsSchema.parse(JSON.parse(text))).map(([name, schema]) => [name, plain(schema)]),
  );
}

/** A query parameter as its schema has it. */
export interface QueryParameter {
  readonly name: string;
  readonly required: boolean;
  readonly description: string | undefined;
  readonly schema: JsonObject;
}

const objectOfParameters = z.object({
  properties: z.record(z.string(), z.looseObject({ description: z.string().exactOptional() })),
  required: z.array(z.string()).default([]),
});

// One that has a name of its own comes as a reference to it.
const parametersSchema = z.union([
  objectOfParameters,
  z.object({ $defs: z.record(z.string(), objectOfParameters) }).transform(({ $defs }) => {
    const [parameters] = Object.values($defs);
    return parameters ?? { properties: {}, required: [] };
  }),
]);

/** The members of an object of query parameters. */
export function queryParameters(schema: z.ZodType): QueryParameter[] {
  const { properties, required } = parametersSchema.parse(z.toJSONSchema(schema, draft));
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    required: required.includes(name),
    description,
    schema: toJsonObject(rest),
  }));
}

// The document says once which dialect its schemas are in, and names them itself.
function plain({ $schema: _dialect, $id: _id, id: _name, ...schema }: JsonObject): JsonObject {
  return schema;
}
