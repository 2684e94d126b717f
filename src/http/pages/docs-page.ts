import type { ReadDocument } from '../openapi/read-document.ts';
import { renderMarkdown } from './docs-markdown.ts';
import { renderOperation } from './docs-operation.ts';
import { renderSchema, renderType, schemaAnchor } from './docs-schema.ts';
import { html, type Html } from './html.ts';
import { renderLayout } from './layout.ts';
import type { PageContext } from './page-context.ts';

/** What {@link renderDocsPage} shows, apart from the frame around it. Takes a tenth of a second, so it is worth keeping. */
export function renderDocsContent({ link }: Pick<PageContext, 'link'>, document: ReadDocument): Html {
  const { info, components } = document;
  // In English whatever the language of the page around it is.
  return html`<link rel="stylesheet" href="${link('assets/docs.css').split('?', 1)[0] ?? ''}" />
    <article class="docs" lang="en">
      <h1>The API of ${info.title}</h1>
      <p class="hint">
        Version ${info.version}. For programs: <a href="${link('openapi.json')}">openapi.json</a>, OpenAPI
        3.1.
      </p>
      ${renderMarkdown(info.description)}
      <p>The examples expect the address of the server, without a slash at its end:</p>
      <pre><code>FOOTNOTE=http://127.0.0.1:3000</code></pre>
      ${renderContents(document)}
      ${document.tags.map(({ name, description }) => renderGroup(document, name, description))}
      <h2 id="schemas">Schemas</h2>
      ${Object.entries(components.schemas).map(
        ([name, schema]) =>
          html`<section class="schema" aria-labelledby="${schemaAnchor(name)}">
            <h3 id="${schemaAnchor(name)}"><code>${name}</code></h3>
            ${typeof schema['description'] === 'string' ? renderMarkdown(schema['description']) : ''}
            ${hasMembers(schema) ? renderSchema(schema) : html`<p>${renderType(schema)}</p>`}
          </section>`,
      )}
    </article>`;
}

/** The API, described for people: whole without scripts and without a network. */
export function renderDocsPage(context: PageContext, content: Html): string {
  return renderLayout(context, { title: 'API', content });
}

interface Placed {
  readonly method: string;
  readonly path: string;
  readonly operation: ReadDocument['paths'][string][string];
}

function operationsOf({ paths }: ReadDocument, tag: string): Placed[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { tags }]) => tags[0] === tag)
      .map(([method, operation]) => ({ method, path, operation })),
  );
}

function renderContents(document: ReadDocument): Html {
  const groups = document.tags.map(({ name }) => ({ name, operations: operationsOf(document, name) }));
  return html`<nav class="contents" aria-label="Operations">
    ${groups
      .filter(({ operations }) => operations.length > 0)
      .map(
        ({ name, operations }) =>
          html`<h2>${name}</h2>
            <ul>
              ${operations.map(
                ({ method, path, operation }) =>
                  html`<li>
                    <a href="#${operation.operationId}"><code>${method.toUpperCase()} ${path}</code></a>
                    ${operation.summary}
                  </li>`,
              )}
            </ul>`,
      )}
    <p><a href="#schemas">Schemas</a></p>
  </nav>`;
}

function renderGroup(document: ReadDocument, name: string, description: string): Html {
  const operations = operationsOf(document, name);
  if (operations.length === 0) return html``;
  return html`<h2>${name}</h2>
    <p>${description}</p>
    ${operations.map(({ operation, ...place }) => renderOperation(document, operation, place))}`;
}

function hasMembers(schema: Readonly<Record<string, unknown>>): boolean {
  return schema['properties'] !== undefined || schema['oneOf'] !== undefined;
}
