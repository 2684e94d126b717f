import { part } from './parts.ts';
import type { AdminContext } from './reports.ts';

/** Takes a key, and goes on with `start`. */
export function connectKeyForm({ api, complain, run }: AdminContext, start: () => Promise<void>): void {
  const form = part('key', HTMLFormElement);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const field = part('key-value', HTMLInputElement);
    api.useKey(field.value.trim());
    field.value = '';
    form.hidden = true;
    complain('');
    run(async () => {
      await start();
      part('files', HTMLInputElement).focus();
    });
  });
}
