import type { Figure } from './figures.ts';

/** Figures farther apart than this are of different things, or a part and its whole, more often than not. */
const largestRatio = 4;

/** The same where one of the two takes its subject from its article's title. */
const largestRatioByTitle = 2;

/** Relative difference within which a rounded figure and another one say the same. */
const rounding = 0.05;

/** How far above "more than N" a figure may lie and still be what was meant. */
const lowerBoundReach = 0.1;

/** A country stands in many names ("Binh Duong, Viet Nam"); alone it is no proof of the same subject. */
const countries = new Set(['viet nam']);

/** Whether the two figures, of sentences in the same language, are of the same thing. Errs towards no. */
export function areOfTheSameThing(a: Figure, b: Figure): boolean {
  if (a.counted !== b.counted || !yearsAgree(a, b)) return false;
  const byTitle = a.subject === undefined || b.subject === undefined;
  if (ratio(a.value, b.value) > (byTitle ? largestRatioByTitle : largestRatio)) return false;
  if (a.subject !== undefined && b.subject !== undefined) {
    return a.subject === b.subject && (!countries.has(a.subject) || sameSet(a.names, b.names));
  }
  const named = a.subject === undefined ? b : a;
  const unnamed = a.subject === undefined ? a : b;
  if (named.subject === undefined || countries.has(named.subject)) return false;
  return unnamed.titleNames.has(named.subject);
}

/** Whether the two figures contradict each other, roundings and bounds allowed for. */
export function differ(a: Figure, b: Figure): boolean {
  const [low, high] = a.value <= b.value ? [a, b] : [b, a];
  const gap = (high.value - low.value) / high.value;
  if (gap === 0) return false;
  if ((a.exactness !== 'exact' || b.exactness !== 'exact') && gap <= rounding) return false;
  return !(low.exactness === 'atLeast' && gap <= lowerBoundReach);
}

/** Another year is another thing: Techfest 2022 and Techfest 2023, the projects of 2022 and of 2023. */
function yearsAgree(a: Figure, b: Figure): boolean {
  if (a.years.size === 0 || b.years.size === 0) return true;
  return Array.from(a.years).some((year) => b.years.has(year));
}

function ratio(a: number, b: number): number {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  return low > 0 ? high / low : Infinity;
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && Array.from(a).every((item) => b.has(item));
}
