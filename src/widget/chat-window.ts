import { button, element, icon } from './elements.ts';
import type { Strings } from './strings.ts';

/** Pixels of the viewport's width under which the window takes all of it. */
const phoneWidth = 560;

/** The launcher in the corner of a page, and the window that it opens. */
export interface ChatWindow {
  /** The launcher and the window. */
  readonly elements: readonly HTMLElement[];
  readonly window: HTMLDialogElement;
  open(): void;
  close(): void;
}

/** A closed window around `content`. When it closes, the focus goes back to the launcher. */
export function createChatWindow(options: {
  readonly strings: Strings;
  readonly heading: string;
  readonly content: readonly Node[];
  readonly onOpen: () => void;
}): ChatWindow {
  const { strings, heading, content, onOpen } = options;
  const dialog = element('dialog', { class: 'window', part: 'panel', 'aria-label': heading }, ...content);
  const open = () => {
    if (dialog.open) return;
    // Beside the window, the page stays usable; where the window covers it, nothing else can be reached.
    if (window.innerWidth < phoneWidth) dialog.showModal();
    else dialog.show();
    launcher.setAttribute('aria-expanded', 'true');
    onOpen();
  };
  const toggle = () => (dialog.open ? dialog.close() : open());
  const launcher = button(
    { class: 'launcher', part: 'launcher', 'aria-label': strings.open, 'aria-expanded': 'false' },
    icon('chat'),
    toggle,
  );
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener('close', () => {
    if (dialog.open) return;
    launcher.setAttribute('aria-expanded', 'false');
    launcher.focus({ preventScroll: true });
  });
  return { elements: [dialog, launcher], window: dialog, open, close: () => dialog.close() };
}
