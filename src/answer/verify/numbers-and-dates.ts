import { countsOtherThings, isMisattached } from './binding.ts';
import { type DateMention, datesAgree } from './dates.ts';
import { nameWords } from './names.ts';
import type { Notion } from './notions.ts';
import type { Quantity } from './quantities.ts';
import type { Statement } from './statement.ts';
import { boundsAgree } from './units.ts';

/** What is wrong with a number or a date of the claim. */
export type FigureFault = 'missing' | 'unit' | 'counted' | 'bound' | 'misattached' | 'other-source';

/** Checks each number and date of the claim; the faults, and how many were asked for. */
export function checkFigures(
  claim: Statement,
  evidence: readonly Statement[],
  frames: readonly Statement[],
  notionsFor: (target: Statement) => readonly Notion[],
): { readonly asked: number; readonly faults: readonly FigureFault[] } {
  const quantities = claim.quantities.filter(({ soft }) => !soft);
  const faults: FigureFault[] = [];
  for (const quantity of quantities) {
    const fault = quantityFault(quantity, evidence, frames);
    if (fault) faults.push(fault);
    else if (isMisattached({ claim, quantity, evidence, notionsFor })) faults.push('misattached');
    else if (countsOtherThings(claim, quantity, evidence, notionsFor)) faults.push('counted');
  }
  for (const date of claim.dates) {
    if (!isDateMet(date, evidence, frames)) faults.push('missing');
    else if (datesOtherThing(claim, date, evidence)) faults.push('misattached');
  }
  if (faults.length === 0 && evidence.length > 1 && mixesSources(claim, evidence, frames)) {
    faults.push('other-source');
  }
  return { asked: quantities.length + claim.dates.length, faults };
}

function quantityFault(
  quantity: Quantity,
  evidence: readonly Statement[],
  frames: readonly Statement[],
): FigureFault | undefined {
  const same = (item: Quantity) => item.key === quantity.key;
  const found = evidence.flatMap((statement) => statement.quantities.filter(same));
  if (found.length === 0) {
    // Only what a number names may come from the title: `Decision 1131`.
    const named = frames.some(({ quantities }) => quantities.some((item) => same(item) && item.label));
    return named && quantity.label ? undefined : 'missing';
  }
  const inUnit = found.filter(
    (item) =>
      (quantity.unit === undefined || item.unit === undefined || item.unit === quantity.unit) &&
      (quantity.rate === undefined || item.rate === undefined || item.rate === quantity.rate) &&
      // A share is not a count.
      (quantity.unit === '%') === (item.unit === '%'),
  );
  if (inUnit.length === 0) return 'unit';
  return inUnit.some(({ bound }) => boundsAgree(quantity.bound, bound)) ? undefined : 'bound';
}

function isDateMet(date: DateMention, evidence: readonly Statement[], frames: readonly Statement[]): boolean {
  const known = [...evidence, ...frames];
  if (known.some(({ dates }) => dates.some((item) => datesAgree(date, item)))) return true;
  // `26 November` in the quotation and its year in the heading.
  const { year, month, day } = date;
  if (year === undefined || month === undefined) return false;
  const partial = evidence.some(({ dates }) =>
    dates.some((item) => item.year === undefined && item.month === month && item.day === day),
  );
  return partial && frames.some(({ dates }) => dates.some((item) => item.year === year));
}

/** Whether a number is not in any quotation that, with its title, knows all the names of the claim. */
function mixesSources(
  claim: Statement,
  evidence: readonly Statement[],
  frames: readonly Statement[],
): boolean {
  const names = nameWords(claim).flatMap((index) => claim.tokens[index]?.folded ?? []);
  const known = evidence.map((statement, index) => {
    const frame = frames[index];
    const tokens = [...statement.tokens, ...(frame?.tokens ?? [])];
    return new Set(tokens.map(({ folded }) => folded));
  });
  const anywhere = names.filter((name) => known.some((words) => words.has(name)));
  // Names that no single quotation holds together cannot tell which one a number belongs to.
  const whole = known.map((words) => anywhere.every((name) => words.has(name)));
  if (!whole.some(Boolean)) return false;
  return claim.quantities.some(({ key, soft }) => {
    const holders = evidence.flatMap(({ quantities }, index) =>
      quantities.some((item) => item.key === key) ? [index] : [],
    );
    return (
      !soft &&
      holders.length > 0 &&
      holders.every((index) => !whole[index]) &&
      clashes(holders, known, anywhere)
    );
  });
}

/** A quotation that knows none of the names is about something else; one that knows some may go on about it. */
function clashes(
  holders: readonly number[],
  known: readonly ReadonlySet<string>[],
  names: readonly string[],
): boolean {
  return holders.every((index) => names.every((name) => known[index]?.has(name) !== true));
}

/** Characters between a document's number and its date: `Resolution No. 57-NQ/TW of 22 December 2024`. */
const dateReach = 16;

/** Whether the claim writes the date right after another document's number than the evidence does. */
function datesOtherThing(claim: Statement, date: DateMention, evidence: readonly Statement[]): boolean {
  const own = labelBefore(claim, date);
  if (own === undefined) return false;
  const theirs = evidence.flatMap((statement) =>
    statement.dates
      .filter((item) => datesAgree(date, item))
      .flatMap((item) => labelBefore(statement, item) ?? []),
  );
  return theirs.length > 0 && !theirs.includes(own);
}

function labelBefore(statement: Statement, date: DateMention): string | undefined {
  return statement.quantities.findLast(({ label, last }) => {
    const end = statement.tokens[last]?.end ?? 0;
    return label && end <= date.start && date.start - end <= dateReach;
  })?.key;
}
