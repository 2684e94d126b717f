import { button } from '../elements.ts';

/** The element of the page with this id. @throws Error when it is not there, or is another kind of element. */
export function part<T extends Element>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${id}.`);
  return found;
}

/** A button that does `label` to what is called `title`: one of many that would else have the same name. */
export function actionButton(label: string, title: string, onClick: () => void): HTMLButtonElement {
  return button({ class: 'quiet', 'aria-label': `${label}: ${title}` }, label, onClick);
}

/**
 * Shows `items` in `list`. What has not changed keeps its element, so that whoever is in it stays there; where an element had
 * to go that held the focus, the one in its place takes it.
 */
export function showList<T>(list: Element, items: readonly T[], build: (item: T) => HTMLElement): void {
  const kept = new Map(Array.from(list.children, (child) => [keys.get(child), child]));
  const active = document.activeElement;
  const place = Array.from(list.children).findIndex((child) => child.contains(active));
  const wanted = items.map((item): Element => {
    const key = JSON.stringify(item);
    const known = kept.get(key);
    if (known) return known;
    const made = build(item);
    keys.set(made, key);
    return made;
  });
  const isWanted = new Set(wanted);
  for (const child of Array.from(list.children)) if (!isWanted.has(child)) child.remove();
  // Moved only where they have to be: what is moved loses the focus.
  wanted.forEach((child, index) => {
    if (list.children[index] !== child) list.insertBefore(child, list.children[index] ?? null);
  });
  if (place < 0) return;
  const stays = active instanceof HTMLElement && list.contains(active);
  const next = stays
    ? active
    : list.children[Math.min(place, list.children.length - 1)]?.querySelector('button');
  if (next instanceof HTMLElement) next.focus();
}

const keys = new WeakMap<Element, string>();
