import process from 'node:process';

/** How often a property is tried: `usual`, or as often as `FUZZ_RUNS` says. Failures print the seed that repeats them. */
export function runs(usual: number): { numRuns: number } {
  return { numRuns: Number(process.env['FUZZ_RUNS'] ?? usual) };
}

/** Longest time for a test with so many runs, in milliseconds. */
export const patience = 600_000;
