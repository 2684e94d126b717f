import { z } from 'zod';

import type { JsonObject } from '../openapi/json.ts';
import { renderMarkdown } from './docs-markdown.ts';
import { html, type Html, join } from './html.ts';

const schemas = z.array(z.record(z.string(), z.json()));

const nodeSchema = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  const: z.json().optional(),
  enum: z.array(z.json()).optional(),
  anyOf: schemas.optional(),
  oneOf: schemas.optional(),
  items: z.record(z.string(), z.json()).optional(),
  properties: z.record(z.string(), z.record(z.string(), z.json())).optional(),
  additionalProperties: z.union([z.boolean(), z.record(z.string(), z.json())]).optional(),
  required: z.array(z.string()).default([]),
  description: z.string().optional(),
});

const bounds = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'pattern'];

/** The id of a schema's section. */
export function schemaAnchor(reference: string): string {
  return `schema-${reference.slice(reference.lastIndexOf('/') + 1)}`;
}

/** A JSON Schema: its type, and a list of its members at any depth. */
export function renderSchema(schema: JsonObject): Html {
  const { properties, required, oneOf, items } = nodeSchema.parse(schema);
  if (oneOf)
    return html`<ol class="alternatives">
      ${oneOf.map((one) => html`<li>${renderSchema(one)}</li>`)}
    </ol>`;
  if (items && !properties) return renderSchema(items);
  if (!properties || Object.keys(properties).length === 0) return html``;
  return html`<dl class="members">
    ${Object.entries(properties).map(([name, member]) => renderMember(name, member, required.includes(name)))}
  </dl>`;
}

function renderMember(name: string, schema: JsonObject, isRequired: boolean): Html {
  const { description } = nodeSchema.parse(schema);
  return html`<dt>
      <code>${name}</code> <span class="type">${renderType(schema)}${isRequired ? '' : ', optional'}</span>
    </dt>
    <dd>${description === undefined ? '' : renderMarkdown(description)}${renderSchema(schema)}</dd>`;
}

/** The type of a schema in few words, with links to those that have names. */
export function renderType(schema: JsonObject): Html {
  const node = nodeSchema.parse(schema);
  if (node.$ref !== undefined) {
    return html`<a href="#${schemaAnchor(node.$ref)}">${node.$ref.slice(node.$ref.lastIndexOf('/') + 1)}</a>`;
  }
  if (node.const !== undefined) return html`<code>${JSON.stringify(node.const)}</code>`;
  if (node.enum) return separated(node.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`));
  const alternatives = node.anyOf ?? node.oneOf;
  if (alternatives) return separated(alternatives.map((one) => renderType(one)));
  if (node.items) return html`array of ${renderType(node.items)}${renderBounds(schema)}`;
  const { additionalProperties: others } = node;
  if (!node.properties && typeof others === 'object') return html`object of ${renderType(others)}`;
  const type = [node.type ?? 'anything'].flat().join(' or ');
  return html`${type}${node.format === undefined ? '' : ` (${node.format})`}${renderBounds(schema)}`;
}

function renderBounds(schema: JsonObject): Html {
  const said = bounds.flatMap((name) => {
    const value = schema[name];
    return value === undefined ? [] : [html`, ${name} <code>${JSON.stringify(value)}</code>`];
  });
  return join(said);
}

function separated(pieces: readonly Html[]): Html {
  return join(pieces.map((piece, index) => (index === 0 ? piece : html` or ${piece}`)));
}
