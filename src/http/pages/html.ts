/** A piece of HTML that was made by {@link html}. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | Html | readonly Html[];

/** HTML from a template: strings are escaped, pieces of HTML are inserted as they are. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const markup = parts.map((part, index) => part + insert(values[index] ?? '')).join('');
  return { markup };
}

/** Pieces of HTML one after another. */
export function join(pieces: readonly Html[]): Html {
  return { markup: pieces.map(({ markup }) => markup).join('') };
}

function insert(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return 'markup' in value ? value.markup : join(value).markup;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}
