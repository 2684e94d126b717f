import type { Run } from './page.ts';

/** Groups runs whose baselines are at most `tolerance` sizes of the larger type apart; each from left to right. */
export function baselines(runs: readonly Run[], tolerance: number): Run[][] {
  const groups: { y: number; size: number; runs: Run[] }[] = [];
  for (const run of runs.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const last = groups.at(-1);
    if (!last || run.y - last.y > Math.max(last.size, run.size) * tolerance) {
      groups.push({ y: run.y, size: run.size, runs: [run] });
      continue;
    }
    last.runs.push(run);
    // Raised numbers come first; the line is where its largest type stands.
    if (run.size > last.size) Object.assign(last, { y: run.y, size: run.size });
  }
  return groups.map((group) => group.runs.toSorted((a, b) => a.x - b.x));
}
