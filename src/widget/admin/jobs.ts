import type { IngestJob } from '../../protocol/ingest.ts';
import { element } from '../elements.ts';
import { instantText, numberText } from './format.ts';
import { part, showList } from './parts.ts';
import type { AdminContext } from './reports.ts';

/** Jobs that are shown before all are asked for. */
const shown = 8;

/** Files and articles that are named of one job. */
const named = 50;

/** Before a stream that broke is opened again. */
const pauseMs = 3_000;

/** The list of jobs, newest first. */
export function connectJobs(context: AdminContext, { onEnd }: { readonly onEnd: () => Promise<void> }) {
  const { api, say, announce, complain, run } = context;
  let jobs: readonly IngestJob[] = [];
  let isFollowing = false;
  let areAllShown = false;
  const list = part('jobs', HTMLElement);
  const all = part('all-jobs', HTMLButtonElement);

  const show = () => {
    showList(list, areAllShown ? jobs : jobs.slice(0, shown), (job) => jobItem(job, context));
    if (jobs.length === 0) list.replaceChildren(element('li', {}, say.noJobs));
    all.hidden = areAllShown || jobs.length <= shown;
  };
  const put = (job: IngestJob) => {
    const isKnown = jobs.some(({ id }) => id === job.id);
    jobs = isKnown ? jobs.map((known) => (known.id === job.id ? job : known)) : [job, ...jobs];
    show();
  };

  // They are carried out one after the other: only the oldest that is not over can change.
  const follow = async () => {
    if (isFollowing) return;
    isFollowing = true;
    try {
      for (let job = jobs.findLast(isOpen); job; job = jobs.findLast(isOpen)) {
        for await (const state of api.follow(job.id)) put(state);
        const state = jobs.find(({ id }) => id === job?.id) ?? job;
        if (isOpen(state)) await new Promise((resolve) => setTimeout(resolve, pauseMs));
        else {
          announce(`${say.kinds[state.kind]}: ${say.states[state.state]}. ${outcomeOf(state, context)}`);
          await onEnd();
        }
      }
    } finally {
      isFollowing = false;
    }
  };

  all.addEventListener('click', () => {
    areAllShown = true;
    show();
    const next = list.children[shown];
    if (!(next instanceof HTMLElement)) return;
    next.tabIndex = -1;
    next.focus();
  });
  const add = (job: IngestJob) => {
    complain('');
    put(job);
    announce(say.sent);
    run(follow);
  };
  part('update', HTMLButtonElement).addEventListener('click', () => run(async () => add(await api.update())));

  return {
    /** Puts a job that was begun into the list, and follows it. */
    add,
    async load() {
      jobs = await api.jobs();
      show();
      run(follow);
    },
  };
}

function isOpen({ state }: IngestJob): boolean {
  return state === 'queued' || state === 'running';
}

function jobItem(job: IngestJob, context: AdminContext): HTMLElement {
  const { say, language } = context;
  const { kind, state, subject, createdAt, progress, result, error } = job;
  const heading = element(
    'h3',
    {},
    `${say.kinds[kind]} `,
    element('bdi', {}, subject.slice(0, 3).join(', ') + (subject.length > 3 ? ', …' : '')),
  );
  const facts = element(
    'p',
    { class: 'facts' },
    element('strong', { class: `state ${state}` }, say.states[state]),
    ` · ${instantText(createdAt, language)}`,
  );
  const outcome = outcomeOf(job, context);
  const item = element('li', {}, heading, facts);
  if (progress && state === 'running') {
    const words = `${say.phases[progress.phase]}: ${say.progress(
      numberText(progress.done, language),
      numberText(progress.total, language),
    )}`;
    const bar = element('progress', { max: String(Math.max(1, progress.total)), 'aria-label': words });
    bar.value = progress.done;
    item.append(element('p', { class: 'hint' }, words), bar);
  }
  if (outcome !== '') item.append(element('p', {}, outcome));
  if (error !== undefined) item.append(element('p', { class: 'reason' }, error));
  if (result && result.failed.length > 0) {
    const reasons = result.failed
      .slice(0, named)
      .map(({ file, reason }) => element('li', {}, element('bdi', { class: 'path' }, file), `: ${reason}`));
    item.append(element('ul', { class: 'reasons' }, ...reasons));
  }
  return item;
}

function outcomeOf({ result }: IngestJob, { say }: AdminContext): string {
  if (!result) return '';
  const parts = (['added', 'changed', 'removed', 'unchanged', 'failed'] as const).flatMap((name) =>
    result[name].length > 0 ? [say.outcome[name](result[name].length)] : [],
  );
  return parts.length > 0 ? parts.join(', ') : say.nothing;
}
