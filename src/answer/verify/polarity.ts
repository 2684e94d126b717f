import { type Negation, leavesOut } from './negations.ts';
import { type Notion, holds } from './notions.ts';
import type { Statement } from './statement.ts';

/** Whether the claim denies what no quotation denies, or affirms what they deny. */
export function flipsPolarity(options: {
  readonly claim: Statement;
  readonly evidence: readonly Statement[];
  readonly notionsFor: (target: Statement) => readonly Notion[];
  /** Notions of a quotation, to be looked for in the claim. */
  readonly notionsOf: (source: Statement) => readonly Notion[];
}): boolean {
  const { claim, evidence, notionsFor, notionsOf } = options;
  const denied = evidence.filter(({ negations }) => negations.length > 0);
  if (claim.negations.length > 0) {
    if (denied.length === 0) return !evidence.some(({ text }) => leavesOut(text));
    return claim.negations.every((negation) => !isShared(claim, negation, denied, notionsFor));
  }
  return (
    denied.some((statement) => {
      const notions = notionsOf(statement);
      return statement.negations.some(({ scope }) => {
        const scoped = notions.filter(({ first, last, judged }) =>
          judged ? scope.some((index) => first <= index && index <= last) : false,
        );
        const affirmed = scoped.filter((notion) => holds(claim.notions, notion)).length;
        return scoped.length > 0 && affirmed >= Math.ceil(scoped.length / 2);
      });
    }) ||
    (denied.length === evidence.length &&
      !leavesOut(claim.text) &&
      evidence.every((item) => item.language !== claim.language))
  );
}

/** Whether a quotation that denies something speaks of what the claim denies. */
function isShared(
  claim: Statement,
  negation: Negation,
  denied: readonly Statement[],
  notionsFor: (target: Statement) => readonly Notion[],
): boolean {
  return denied.some((statement) => {
    const scoped = notionsFor(statement).filter(({ first, last }) =>
      negation.scope.some((index) => first <= index && index <= last),
    );
    const judged = scoped.filter((notion) => notion.judged);
    return (
      judged.length === 0 ||
      claim.language !== statement.language ||
      judged.some((notion) => holds(statement.notions, notion))
    );
  });
}
