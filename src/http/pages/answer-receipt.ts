import type { Answer } from '../../domain/answer.ts';
import { answerStrings } from './answer-strings.ts';
import { type DescriptionRow, descriptionRows } from './description-list.ts';
import { html, type Html } from './html.ts';
import type { PageContext } from './page-context.ts';
import { instantText } from './show-date.ts';

/** The receipt of an answer, every value as it is stored. */
export function renderReceipt({ language, link }: PageContext, { id, receipt }: Answer): Html {
  const say = answerStrings[language];
  const { settings } = receipt;
  const filters = Object.entries(settings.filters).map(
    ([name, value]) => `${name}: ${[value].flat().join(', ')}`,
  );
  const chosen = [
    `${say.settings.topK}: ${settings.topK}`,
    `${say.settings.language}: ${settings.language}`,
    `${say.settings.strict}: ${settings.strict ? say.yes : say.no}`,
    ...(settings.temperature === undefined ? [] : [`${say.settings.temperature}: ${settings.temperature}`]),
    `${say.settings.filters}: ${filters.length === 0 ? say.none : filters.join('; ')}`,
  ];
  const versions = Object.entries(receipt.articleVersions).map(
    ([articleId, version]) =>
      html`<li>
        <a href="${link(`articles/${encodeURIComponent(articleId)}`)}">${articleId}</a>
        <code>${version}</code>
      </li>`,
  );
  const rows: DescriptionRow[] = [
    [say.terms.created, html`${instantText(receipt.createdAt, language)}`],
    [say.terms.writer, html`${say.writers[receipt.writer]}`],
    [say.terms.model, code(receipt.model)],
    [say.terms.embedding, code(receipt.embeddingModel)],
    [say.terms.settings, html`${chosen.join(' · ')}`],
    [say.terms.generation, code(receipt.indexGeneration)],
    [
      say.terms.versions,
      html`<ul>
        ${versions}
      </ul>`,
    ],
    [say.terms.prompts, code(receipt.promptHash)],
    [say.terms.hash, code(receipt.sha256)],
    [say.terms.id, code(id)],
  ];
  return html`<dl class="receipt">${descriptionRows(rows)}</dl>`;
}

function code(value: string | undefined): Html | undefined {
  return value === undefined ? undefined : html`<code>${value}</code>`;
}
