import type { IngestJob } from '../../protocol/ingest.ts';
import { bytesText } from './format.ts';
import { part } from './parts.ts';
import type { AdminContext } from './reports.ts';

/** Files that the server takes at a time. */
const maxFiles = 100;

/** What separates the files in a form takes bytes too. */
const margin = 1_000_000;

/** What the server accepts, in bytes. */
interface Bounds {
  readonly maxFileBytes: number;
  readonly maxBytes: number;
}

/** The ways to add articles: files that are dropped or chosen, an address, a text. */
export function connectAdding(context: AdminContext, begun: (job: IngestJob) => void, bounds: Bounds): void {
  const { api, run } = context;
  const send = (files: readonly File[]) => run(() => sendFiles(files, context, begun, bounds));
  connectFiles(send);

  onSubmit('address', (form) =>
    run(async () => {
      const url = part('url', HTMLInputElement).value;
      begun(await api.add({ url, kind: part('kind', HTMLSelectElement).value }));
      form.reset();
    }),
  );
  onSubmit('text', (form) =>
    run(async () => {
      const given = Array.from(new FormData(form)).flatMap(([name, value]) =>
        typeof value === 'string' && value.trim() !== '' ? [[name, value] as const] : [],
      );
      begun(await api.add(Object.fromEntries(given)));
      form.reset();
    }),
  );
}

function connectFiles(send: (files: readonly File[]) => void): void {
  const field = part('files', HTMLInputElement);
  field.addEventListener('change', () => {
    send([...(field.files ?? [])]);
    field.value = '';
  });
  const drop = part('drop', HTMLElement);
  const mark = (isOver: boolean) => drop.classList.toggle('over', isOver);
  // A file that misses the field must not replace the page.
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => event.preventDefault());
  drop.addEventListener('dragover', () => mark(true));
  drop.addEventListener('dragleave', () => mark(false));
  drop.addEventListener('drop', (event) => {
    mark(false);
    send([...(event.dataTransfer?.files ?? [])]);
  });
}

async function sendFiles(
  files: readonly File[],
  { api, say, language, announce, complain }: AdminContext,
  begun: (job: IngestJob) => void,
  { maxFileBytes, maxBytes }: Bounds,
): Promise<void> {
  const accepted = files.filter(({ size }) => size <= maxFileBytes);
  if (accepted.length > 0) announce(say.sending(accepted.length));
  for (const batch of batches(accepted, maxBytes - margin)) begun(await api.addFiles(batch));
  const limit = bytesText(maxFileBytes, language);
  const refused = files.filter(({ size }) => size > maxFileBytes);
  if (refused.length > 0) complain(refused.map(({ name }) => say.tooLarge(name, limit)).join(' '));
}

function batches(files: readonly File[], maxBytes: number): File[][] {
  const made: File[][] = [];
  let [last, bytes]: [File[] | undefined, number] = [undefined, 0];
  for (const file of files) {
    if (!last || last.length === maxFiles || bytes + file.size > maxBytes) {
      [last, bytes] = [[], 0];
      made.push(last);
    }
    last.push(file);
    bytes += file.size;
  }
  return made;
}

function onSubmit(id: string, submit: (form: HTMLFormElement) => void): void {
  const form = part(id, HTMLFormElement);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit(form);
  });
}
