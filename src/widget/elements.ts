/** A new element. Children that are strings become text: nothing here is ever read as HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** A button that does `onClick`. */
export function button(
  attributes: Readonly<Record<string, string>>,
  label: Node | string,
  onClick: () => void,
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** A link to another page, which opens in a tab of its own. */
export function link(href: string, label: string): HTMLAnchorElement {
  return element('a', { href, target: '_blank', rel: 'noopener noreferrer' }, label);
}

/** The signs on buttons, as paths in a square of 24 units. */
const paths = {
  up: 'M7 21V10l4-8a2 2 0 0 1 2 2v5h6a2 2 0 0 1 2 2.3l-1.2 8A2 2 0 0 1 17.8 21zM7 10H3v11h4',
  down: 'M17 3v11l-4 8a2 2 0 0 1-2-2v-5H5a2 2 0 0 1-2-2.3l1.2-8A2 2 0 0 1 6.2 3zM17 14h4V3h-4',
  close: 'M5 5l14 14M19 5L5 19',
  chat: 'M4 4h16v12H10l-6 5zM8 9h8M8 12h5',
  check: 'M4 12.5l5 5L20 6.5',
  part: 'M5 12h14',
} as const;

/** A sign that says nothing to those who cannot see it: the button around it has a name. */
export function icon(name: keyof typeof paths): SVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  const path = document.createElementNS(namespace, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
