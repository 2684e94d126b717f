import type { Citation } from '../protocol/answer.ts';
import { element } from './elements.ts';
import { placeBeside } from './place.ts';
import { sourceLine } from './source-line.ts';
import type { Strings } from './strings.ts';

/** Milliseconds that the pointer rests on a marker before the popover opens, and may be off both before it closes. */
const openDelay = 120;
const closeDelay = 250;

/** What a footnote says, shown while its marker is pointed at or focused. One at a time. */
export interface FootnotePopover {
  readonly element: HTMLElement;
  /** Shows what `find` gives while `marker` is pointed at or focused. */
  attach(marker: HTMLElement, find: () => Citation | undefined): void;
  hide(): void;
}

/**
 * Content on hover or focus as WCAG 2.2, 1.4.13 asks for it: Esc dismisses it, the pointer can move onto it, and it
 * stays until neither is on it.
 *
 * @param signal - aborted when the popover is thrown away.
 */
export function createFootnotePopover(
  strings: Strings,
  locale: string,
  signal: AbortSignal,
): FootnotePopover {
  const id = 'footnote-popover';
  const root = element('div', { id, class: 'popover', part: 'popover', role: 'tooltip', popover: 'manual' });
  root.hidden = true;
  let shown: HTMLElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const later = (milliseconds: number, action: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // This Esc is for the popover, not for the window around it.
    event.preventDefault();
    event.stopPropagation();
    hide();
  };
  const hide = () => {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute('aria-describedby');
    shown = undefined;
    if ('hidePopover' in root && root.matches(':popover-open')) root.hidePopover();
    root.hidden = true;
    document.removeEventListener('keydown', onKeyDown, true);
  };
  const show = (marker: HTMLElement, citation: Citation | undefined) => {
    clearTimeout(timer);
    if (shown === marker) return;
    hide();
    if (!citation || !marker.isConnected) return;
    root.replaceChildren(...contentOf(citation, strings, locale));
    root.hidden = false;
    // In the top layer, where nothing around the widget cuts it off.
    if ('showPopover' in root) root.showPopover();
    const viewport = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const place = placeBeside(marker.getBoundingClientRect(), root.getBoundingClientRect(), viewport);
    root.style.left = `${place.left}px`;
    root.style.top = `${place.top}px`;
    marker.setAttribute('aria-describedby', id);
    shown = marker;
    document.addEventListener('keydown', onKeyDown, true);
  };
  root.addEventListener('pointerenter', () => clearTimeout(timer));
  root.addEventListener('pointerleave', () => later(closeDelay, hide));
  window.addEventListener('resize', hide, { signal });

  return {
    element: root,
    attach(marker, find) {
      marker.addEventListener('pointerenter', ({ pointerType }) => {
        if (pointerType !== 'touch') later(openDelay, () => show(marker, find()));
      });
      marker.addEventListener('pointerleave', () => later(closeDelay, hide));
      marker.addEventListener('focus', () => {
        if (marker.matches(':focus-visible')) show(marker, find());
      });
      marker.addEventListener('blur', hide);
      marker.addEventListener('click', hide);
    },
    hide,
  };
}

function contentOf(citation: Citation, strings: Strings, locale: string): Node[] {
  const { quote, title, translation, support } = citation;
  const verdict = strings.verdicts[support.verdict];
  const judged = support.judgedBy === 'chat' ? `${verdict} · ${strings.judged}` : verdict;
  const content = [
    element('blockquote', {}, quote),
    ...(translation
      ? [
          element('p', { class: 'small' }, strings.translation),
          element('p', { class: 'translation', lang: translation.language }, translation.text),
        ]
      : []),
    element('p', { class: 'title' }, title),
  ];
  const line = sourceLine(citation, locale);
  if (line.length > 0) content.push(element('p', { class: 'small' }, ...line));
  return [...content, element('p', { class: `small verdict is-${support.verdict}` }, judged)];
}
