// Each list holds abbreviations without their last full stop. Case matters in Vietnamese (`TS.` is a doctor,
// `ts.` is nothing), and not in English.

/** Stand before a name or go on after the full stop, so that a sentence never ends with them. */
const binding = new Set(
  `mr mrs ms dr prof rev gen col lt capt sgt hon gov sen rep st mt ft messrs vs e.g i.e cf viz approx
   đ/c tp th.s pgs.ts gs.ts gs.tskh ts.kh`.split(/\s+/u),
);
const bindingVietnamese = new Set(
  'TP Tp TX Tx TT Tt ThS Ths TS GS PGS TSKH BS Bs KS Ks CN Cn LS Ls NCS NSND NSƯT'.split(' '),
);

/** Stand before a number. */
const beforeNumber = new Set(
  `no nos art arts fig figs sec ch vol pp p para paras ref eq ed jan feb mar apr jun jul aug sep sept oct nov dec
   max min ca tel fax sect chap đ k kh tr`.split(/\s+/u),
);

/** Can end a sentence and can go on. */
const either = new Set('inc co ltd corp bros dept univ assn jr sr ph.d m.sc b.a m.a b.sc'.split(' '));

// Words that begin a sentence far more often than they go on after an abbreviation.
const starters = new Set(
  `the it he she they this that these those in on at we i but and however a an for there as if when by with after
   its his her their our from since while although moreover trong theo tại ông bà đây các những ngoài tuy việc sau
   từ với khi nhưng và đến để do vì nếu hiện`.split(/\s+/u),
);

/**
 * Whether a full stop between `left` and `right` belongs to an abbreviation and not to the end of a sentence.
 * `left` ends with the full stop; `right` begins with what follows it, after white space.
 */
export function isAbbreviation(left: string, right: string): boolean {
  const token = /([\p{L}\p{M}./]+)\.$/u.exec(left)?.[1];
  if (token === undefined) return false;
  const lower = token.toLowerCase();
  if (binding.has(lower) || bindingVietnamese.has(token)) return true;
  if (/^\p{N}/u.test(right)) return beforeNumber.has(lower) || isInitial(token);
  if (isInitial(token) || isAcronym(token) || either.has(lower)) return !startsSentence(right);
  return false;
}

/** `J.` in `J. R. Smith`. */
function isInitial(token: string): boolean {
  return /^(?:\p{Lu}\.)*\p{Lu}\p{M}*$/u.test(token);
}

/** `U.S.`, `a.m.` */
function isAcronym(token: string): boolean {
  return /^(?:\p{Lu}\.)+\p{Lu}$/u.test(token);
}

function startsSentence(right: string): boolean {
  const word = /^["“'‘(]*([\p{L}\p{M}]+)/u.exec(right)?.[1];
  return word === undefined || starters.has(word.toLowerCase());
}
