import {
  type ReadContent,
  type ReadDocument,
  type ReadOperation,
  type ReadParameter,
  type ReadResponse,
  resolveResponse,
} from '../openapi/read-document.ts';
import { curlCommand } from './docs-curl.ts';
import { renderMarkdown } from './docs-markdown.ts';
import { renderType } from './docs-schema.ts';
import { html, type Html } from './html.ts';

/** Where an operation is. */
export interface OperationPlace {
  readonly method: string;
  readonly path: string;
}

/** One operation: what it does, what it takes, what it answers with, and a command to try it. */
export function renderOperation(
  document: ReadDocument,
  operation: ReadOperation,
  place: OperationPlace,
): Html {
  const { operationId, summary, description, parameters, requestBody, security } = operation;
  const scopes = security.flatMap((requirement) => requirement['bearer'] ?? []);
  const types = Object.keys(requestBody?.content ?? {});
  return html`<section class="operation" aria-labelledby="${operationId}">
    <h3 id="${operationId}"><code>${place.method.toUpperCase()} ${place.path}</code> ${summary}</h3>
    ${description === undefined ? '' : renderMarkdown(description)}
    <p class="hint">
      ${
        scopes.length === 0
          ? 'Needs no key.'
          : html`Needs, where keys are configured: ${scopes.map((scope) => html`<code>${scope}</code> `)}`
      }
    </p>
    ${
      parameters.length === 0
        ? ''
        : html`<h4>Parameters</h4>
            <dl class="members">${parameters.map(renderParameter)}</dl>`
    }
    ${
      types.length === 0
        ? ''
        : html`<h4>Body</h4>
            ${renderContent(requestBody?.content ?? {})}`
    }
    <h4>Try it</h4>
    ${commands(document, operation, place).map((command) => html`<pre><code>${command}</code></pre>`)}
    <h4>Responses</h4>
    <dl class="members responses">
      ${Object.entries(operation.responses).map(([status, response]) =>
        renderResponse(status, resolveResponse(document, response)),
      )}
    </dl>
  </section>`;
}

function renderParameter({ name, required, description, schema, ...parameter }: ReadParameter): Html {
  return html`<dt>
      <code>${name}</code>
      <span class="type">in the ${parameter.in}: ${renderType(schema)}${required ? '' : ', optional'}</span>
    </dt>
    <dd>${description === undefined ? '' : renderMarkdown(description)}</dd>`;
}

function renderResponse(status: string, { description, headers = {}, content = {} }: ReadResponse): Html {
  return html`<dt><code>${status}</code></dt>
    <dd>
      ${renderMarkdown(description)}
      ${Object.entries(headers).map(
        ([name, header]) => html`<p><code>${name}</code>: ${header.description}</p>`,
      )}
      ${renderContent(content)}
    </dd>`;
}

function renderContent(content: ReadContent): Html {
  const types = Object.entries(content).map(([type, { schema, example, ...described }]) => {
    const shown = typeof example === 'string' ? example : JSON.stringify(example, null, 2);
    const item = described['x-itemSchema'];
    return html`<p>
        <code>${type}</code>: ${item ? html`events whose data are ${renderType(item)}` : renderType(schema)}
      </p>
      ${
        example === undefined
          ? ''
          : html`<details>
              <summary>Example</summary>
              <pre><code>${shown}</code></pre>
            </details>`
      }`;
  });
  return html`${types}`;
}

function commands(document: ReadDocument, operation: ReadOperation, place: OperationPlace): string[] {
  const response = operation.responses['200'];
  const accepted = response ? Object.keys(resolveResponse(document, response).content ?? {}) : [];
  if (accepted.length < 2) return [curlCommand(operation, place)];
  return accepted.map((accept) => curlCommand(operation, { ...place, accept }));
}
