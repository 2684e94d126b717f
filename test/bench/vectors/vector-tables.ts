import { megabytes, milliseconds } from '../../load/support/figures.ts';
import type { BenchTable } from '../bench-part.ts';
import { ratio } from '../support/ratio.ts';
import type { StoreFigures } from './store-figures.ts';
import { comparedStores, storeNames } from './stores.ts';

const none = '–';

/** One table for each size, with what was measured as ratios to Footnote's store. */
export function vectorTables(figures: readonly StoreFigures[], dimensions: number): BenchTable[] {
  const sizes = [...new Set(figures.map(({ size }) => size))];
  return sizes.map((size, index) => {
    const ofSize = figures.filter((one) => one.size === size);
    const own = ofSize.find(({ store }) => store === 'footnote');
    return {
      title: `${size.toLocaleString('en')} vectors of ${dimensions} dimensions`,
      columns: [
        'Store',
        'Build (s)',
        'Searches/s',
        'p50 (ms)',
        'p99 (ms)',
        'Recall@10',
        'Memory (MB)',
        'File (MB)',
        'Load (ms)',
        'Memory after load (MB)',
      ],
      rows: ofSize.map((one) => rowOf(one, own)),
      notes: [...failures(ofSize), ...fewSearches(ofSize), ...(index === 0 ? settings() : [])],
    };
  });
}

function rowOf({ store, built, loaded, failure }: StoreFigures, own: StoreFigures | undefined): string[] {
  const { label } = comparedStores[store];
  if (!built)
    return [
      label,
      failure?.startsWith('not installed') ? 'not installed' : 'failed',
      ...Array<string>(8).fill(none),
    ];
  const against = (value: number, ownValue: number | undefined, text: string) =>
    store === 'footnote' || ownValue === undefined ? text : `${text} (${ratio(value, ownValue)})`;
  return [
    label,
    against(built.buildMs, own?.built?.buildMs, (built.buildMs / 1_000).toFixed(2)),
    against(built.perSecond, own?.built?.perSecond, built.perSecond.toFixed(0)),
    against(built.p50, own?.built?.p50, built.p50.toFixed(2)),
    built.p99.toFixed(2),
    built.recall.toFixed(3),
    megabytes(built.memory),
    built.fileBytes === undefined ? 'none' : megabytes(built.fileBytes),
    loaded ? against(loaded.loadMs, own?.loaded?.loadMs, milliseconds(loaded.loadMs)) : none,
    loaded ? megabytes(loaded.loadedMemory) : none,
  ];
}

function failures(figures: readonly StoreFigures[]): string[] {
  return figures.flatMap(({ store, failure, built }) => {
    const { label } = comparedStores[store];
    if (failure !== undefined) return [`${label}: ${failure}`];
    return built?.saveError === undefined ? [] : [`${label} could not be stored: ${built.saveError}`];
  });
}

/** Fewer searches than of the first store: each takes long. */
function fewSearches(figures: readonly StoreFigures[]): string[] {
  const most = Math.max(0, ...figures.map(({ built }) => built?.queries ?? 0));
  const few = figures.filter(({ built }) => built !== undefined && built.queries < most);
  if (few.length === 0) return [];
  const counts = few.map(({ store, built }) => `${comparedStores[store].label} ${built?.queries}`);
  return [`Of the ${most} searches, as many as there was time for: ${counts.join(', ')}.`];
}

function settings(): string[] {
  return [
    ...storeNames.map((name) => `${comparedStores[name].label}: ${comparedStores[name].settings}.`),
    'In brackets: the figure divided by Footnote’s of the same run. One search at a time, ten neighbours each.',
    'Memory: what the process holds more after building (after loading) than before, garbage collected.',
    'Load: from opening to the first result, in a new process; the file is in the system’s cache.',
  ];
}
