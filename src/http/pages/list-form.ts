import type { ArticleSummary } from '../../domain/article.ts';
import { languages } from '../../domain/language.ts';
import { html, type Html } from './html.ts';
import type { ListQuery } from './list-query.ts';
import type { PageContext } from './page-context.ts';
import { readingStrings } from './reading-strings.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Search and filters in one form, so that each keeps the other. */
export function renderListForm(
  { language, link }: PageContext,
  options: {
    readonly query: ListQuery;
    readonly all: readonly ArticleSummary[];
    readonly questionLength: number;
  },
): Html {
  const { query, all, questionLength } = options;
  const strings = readingStrings[language];
  const say = strings.list;
  const [action, parameters] = link('articles').split('?');
  const lang = new URLSearchParams(parameters).get('lang');
  const inLanguages = languages.flatMap((value): Choice[] => {
    const count = all.filter((article) => article.language === value).length;
    return count > 0 ? [{ value, label: `${strings.languages[value]} (${count})` }] : [];
  });
  const { page: _page, question, ...filters } = query;
  const isFiltered = Object.values(filters).some((value) => value !== '');
  return html`<form class="finder" method="get" action="${action ?? ''}" role="search">
    ${lang === null ? '' : html`<input type="hidden" name="lang" value="${lang}" />`}
    <div class="search">
      <label for="q">${say.search}</label>
      <div class="field">
        <input
          type="search"
          id="q"
          name="q"
          value="${question}"
          maxlength="${questionLength}"
          aria-describedby="q-hint"
          autocomplete="off"
        />
        <button type="submit">${say.find}</button>
      </div>
      <p class="hint" id="q-hint">${say.searchHint}</p>
    </div>
    <details ${isFiltered ? html`open` : ''}>
      <summary>${say.filters}</summary>
      <div class="filters">
        <label>${say.from} <input type="date" name="from" value="${query.from}" /></label>
        <label>${say.to} <input type="date" name="to" value="${query.to}" /></label>
        ${select({ name: 'language', label: say.language, any: say.any, chosen: query.language, choices: inLanguages })}
        ${select({
          name: 'publisher',
          label: say.publisher,
          any: say.any,
          chosen: query.publisher,
          choices: publishersOf(all),
        })}
        <div class="actions">
          <button type="submit" class="quiet">${say.apply}</button>
          ${isFiltered || question !== '' ? html`<a class="button plain" href="${link('articles')}">${say.clear}</a>` : ''}
        </div>
      </div>
    </details>
  </form>`;
}

function publishersOf(all: readonly ArticleSummary[]): Choice[] {
  const counts = new Map<string, number>();
  for (const { publisher } of all) {
    if (publisher !== undefined) counts.set(publisher, (counts.get(publisher) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([a], [b]) => a.localeCompare(b, 'vi'))
    .map(([value, count]) => ({ value, label: `${value} (${count})` }));
}

function select(options: {
  readonly name: string;
  readonly label: string;
  readonly any: string;
  readonly chosen: string;
  readonly choices: readonly Choice[];
}): Html {
  const { name, label, any, chosen, choices } = options;
  // What the address asks for stays visible, also where no article has it.
  const isKnown = chosen === '' || choices.some(({ value }) => value === chosen);
  const all = [{ value: '', label: any }, ...choices, ...(isKnown ? [] : [{ value: chosen, label: chosen }])];
  const items = all.map(({ value, label: text }) =>
    value === chosen
      ? html`<option value="${value}" selected>${text}</option>`
      : html`<option value="${value}">${text}</option>`,
  );
  return html`<label
    >${label}
    <select name="${name}">
      ${items}
    </select></label
  >`;
}
