// The script of the page for looking after the articles, `src/http/pages/admin-page.ts`.
import { connectAdding } from './admin/adding.ts';
import { createApi } from './admin/api.ts';
import { connectComparison } from './admin/comparison.ts';
import { connectDeletion } from './admin/deletion.ts';
import { connectJobs } from './admin/jobs.ts';
import { connectKeyForm } from './admin/key-form.ts';
import { connectOverview } from './admin/overview.ts';
import { part } from './admin/parts.ts';
import { type AdminContext, createReports } from './admin/reports.ts';
import { connectSources } from './admin/sources.ts';
import { stringsOf } from './admin/strings.ts';

const admin = part('admin', HTMLElement);
const language = document.documentElement.lang === 'vi' ? 'vi' : 'en';
const say = stringsOf[language];

const api = createApi(new URL(admin.dataset['root'] ?? './', location.href), say);
const context: AdminContext = { api, say, language, ...createReports(api, say) };
const overview = connectOverview(context);
const jobs = connectJobs(context, { onEnd: () => refresh() });
const sources = connectSources(context, {
  compare: connectComparison(context),
  confirmDeletion: connectDeletion(context, jobs.add),
});
connectAdding(context, jobs.add, {
  maxFileBytes: Number(admin.dataset['maxFileBytes']),
  maxBytes: Number(admin.dataset['maxBytes']),
});
connectKeyForm(context, () => start());

/** What jobs change. */
async function refresh(): Promise<void> {
  await Promise.all([sources.load(), overview.load(jobs.add)]);
}

async function start(): Promise<void> {
  await jobs.load();
  part('work', HTMLElement).hidden = false;
  await refresh();
}

admin.hidden = false;
context.run(start);
// Others begin jobs too: a watched folder, feeds, programs.
setInterval(() => {
  if (document.visibilityState !== 'visible' || part('work', HTMLElement).hidden) return;
  // What fails now is told with the next thing that somebody does.
  jobs.load().catch(() => undefined);
}, 20_000);
