import type { IngestJob } from '../../protocol/ingest.ts';
import { element } from '../elements.ts';
import { bytesText, instantText, numberText } from './format.ts';
import { actionButton, part, showList } from './parts.ts';
import type { AdminContext } from './reports.ts';

/** What there is, the disk, and what was deleted. */
export function connectOverview({ api, say, language, run }: AdminContext) {
  return {
    async load(begun: (job: IngestJob) => void) {
      const [{ articles, sources, disk }, withdrawn] = await Promise.all([api.overview(), api.withdrawn()]);
      const rows = [
        [say.disk.articles, numberText(articles, language)],
        [say.disk.sources, numberText(sources, language)],
        [say.disk.index, bytesText(disk.index, language)],
        [say.disk.corpus, bytesText(disk.corpus, language)],
        ...(disk.free === undefined ? [] : [[say.disk.free, bytesText(disk.free, language)] as const]),
      ] as const;
      part('disk', HTMLElement).replaceChildren(
        ...rows.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
      );
      part('withdrawn-section', HTMLElement).hidden = withdrawn.length === 0;
      showList(part('withdrawn', HTMLElement), withdrawn, ({ id, title = id, withdrawnAt, restorable }) => {
        const restore = actionButton(say.restores, title, () =>
          run(async () => begun(await api.restore(id))),
        );
        return element(
          'li',
          {},
          element('h3', {}, element('bdi', {}, title)),
          element('p', { class: 'facts' }, instantText(withdrawnAt, language)),
          ...(restorable ? [element('p', { class: 'actions' }, restore)] : []),
        );
      });
    },
  };
}
