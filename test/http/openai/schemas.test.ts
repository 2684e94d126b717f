import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import * as results from '../../../src/http/openai/result-schemas.ts';
import { createOpenAiSchemas } from '../../../src/http/openai/schemas.ts';

const requests = createOpenAiSchemas({ questionLength: 200, historyTurns: 4 });

describe('the schemas of the OpenAI interfaces', () => {
  it.each(Object.entries({ ...requests, ...results }))('can be told as JSON Schema: %s', (_name, schema) => {
    const io = Object.values<z.ZodType>(requests).includes(schema) ? 'input' : 'output';
    const id = schema.meta()?.id ?? 'none';
    const definition = z.toJSONSchema(schema, { io }).$defs?.[id];
    expect(definition).toMatchObject({ type: 'object', description: expect.stringMatching(/./u) });
  });
});
