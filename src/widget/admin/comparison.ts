import type { Article, SourceArticle } from '../../protocol/ingest.ts';
import { element } from '../elements.ts';
import { refusalOf } from './api.ts';
import { dateText } from './format.ts';
import { part } from './parts.ts';
import type { AdminContext } from './reports.ts';

/** Characters of a text that are shown: more make browsers slow. */
const maxShown = 200_000;

const fields = ['title', 'publishedAt', 'language', 'publisher', 'author', 'sourceUrl'] as const;

/** Shows what was extracted beside the original. The result opens the dialog. */
export function connectComparison(context: AdminContext): (path: string, article?: SourceArticle) => void {
  const { api, say } = context;
  const dialog = part('beside', HTMLDialogElement);
  const extracted = part('extracted', HTMLElement);
  const original = part('original', HTMLElement);
  const save = part('save', HTMLAnchorElement);
  let address: string | undefined;
  let opened = 0;
  dialog.addEventListener('close', () => {
    opened += 1;
    extracted.replaceChildren();
    original.replaceChildren();
    if (address !== undefined) URL.revokeObjectURL(address);
    address = undefined;
  });

  return (path, article) => {
    opened += 1;
    const mine = opened;
    const show = async (pane: HTMLElement, content: Promise<readonly Node[]>) => {
      pane.replaceChildren(element('p', { class: 'hint' }, say.loading));
      const nodes = await content.catch((error: unknown) => [
        element('p', {}, refusalOf(error)?.detail ?? String(error)),
      ]);
      if (mine === opened) pane.replaceChildren(...nodes);
    };
    save.hidden = true;
    part('beside-heading', HTMLElement).replaceChildren(element('bdi', {}, article?.title ?? path));
    void show(
      extracted,
      article === undefined
        ? Promise.resolve([element('p', {}, say.notText)])
        : api.article(article.id).then(
            (full) => describe(full, article, context),
            (error: unknown) => {
              if (refusalOf(error)?.status !== 404) throw error;
              return [element('p', {}, say.gone)];
            },
          ),
    );
    void show(
      original,
      api.original(path).then(async (file) => {
        if (mine !== opened) return [];
        address = URL.createObjectURL(file);
        save.href = address;
        save.download = path.split('/').at(-1) ?? '';
        save.hidden = false;
        return view(file, address, context);
      }),
    );
    dialog.showModal();
  };
}

function describe(full: Article, { found }: SourceArticle, { say, language }: AdminContext): Node[] {
  const rows = fields.flatMap((field) => {
    const value = full[field];
    if (value === undefined) return [];
    const shown =
      field === 'publishedAt'
        ? dateText(value, language)
        : field === 'language'
          ? say.languages[full.language]
          : value;
    const by = (full.found ?? found)?.[field];
    const how = by === undefined ? [] : [' ', element('small', {}, say.foundBy[by])];
    return [
      element(
        'div',
        {},
        element('dt', {}, say.fields[field]),
        element('dd', {}, element('bdi', {}, shown), ...how),
      ),
    ];
  });
  return [
    element('dl', { class: 'receipt' }, ...rows),
    ...shortened(full.text, { class: 'text', lang: full.language }, say.cut),
  ];
}

async function view(file: Blob, address: string, { say }: AdminContext): Promise<Node[]> {
  const type = file.type.split(';', 1)[0] ?? '';
  const title = part('original-heading', HTMLElement).textContent ?? '';
  if (type === 'text/html' || type === 'application/xhtml+xml') {
    // Without a word in it, the sandbox allows nothing: no scripts, no forms, no way to this page.
    return [element('iframe', { sandbox: '', src: address, title })];
  }
  // The browser's own viewer, which does not work in a sandbox.
  if (type === 'application/pdf' && navigator.pdfViewerEnabled) {
    // Without its list of pages, which would take half of the width.
    return [element('iframe', { src: `${address}#navpanes=0`, title })];
  }
  if (type.startsWith('text/') || /[/+](?:json|jsonl|x-ndjson|xml)$/u.test(type)) {
    return shortened(await file.text(), { class: 'text plain', tabindex: '0' }, say.cut);
  }
  return [element('p', {}, say.noView)];
}

function shortened(text: string, attributes: Readonly<Record<string, string>>, cut: string): Node[] {
  const shown = element('pre', attributes, text.slice(0, maxShown));
  return text.length > maxShown ? [element('p', { class: 'hint' }, cut), shown] : [shown];
}
