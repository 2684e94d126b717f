import { html, type Html } from './html.ts';

/** A name with what is known of it; rows without a value are not shown. */
export type DescriptionRow = readonly [name: string, value: Html | undefined];

/** The rows of a `<dl>`, each in a `<div>`. */
export function descriptionRows(rows: readonly DescriptionRow[]): Html[] {
  return rows.flatMap(([name, value]) =>
    value
      ? [
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
        ]
      : [],
  );
}
