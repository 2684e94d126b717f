import type { IngestJob, SourceArticle } from '../../protocol/ingest.ts';
import { part } from './parts.ts';
import type { AdminContext } from './reports.ts';

/** Asks before an article is deleted. The result opens the dialog. */
export function connectDeletion(
  { api, run }: AdminContext,
  begun: (job: IngestJob) => void,
): (article: SourceArticle) => void {
  const dialog = part('deletion', HTMLDialogElement);
  const purge = part('purge', HTMLInputElement);
  let chosen: SourceArticle | undefined;
  dialog.addEventListener('close', () => {
    const article = chosen;
    chosen = undefined;
    if (!article || dialog.returnValue !== 'delete') return;
    run(async () => begun(await api.remove(article.id, purge.checked)));
  });
  return (article) => {
    chosen = article;
    purge.checked = false;
    part('deletion-title', HTMLElement).textContent = article.title;
    dialog.returnValue = '';
    dialog.showModal();
  };
}
