/** What surrounds a number: whether it is a year depends on its neighbours. */
export interface Surroundings {
  /** Folded, at most 40 characters, up to the number and from its end. */
  readonly before: string;
  readonly after: string;
  /** As `before`, with the case and the diacritics of the text. */
  readonly written: string;
}

const documents =
  /(?:^|[^\p{L}])(?:decisions?|resolutions?|decrees?|circulars?|directives?|articles?|clauses?|pages?|room|no\.?|vnd|usd|eur|nghi quyet|quyet dinh|nghi dinh|thong tu|chi thi|cong van|dieu|khoan|trang)(?: so)?\s{0,3}$/u;
const countBefore =
  /(?:^|[^\p{L}])(?:about|around|approximately|roughly|nearly|almost|over|than|least|most|only|some|total of|has|have|had|hon|gan|tren|duoi|khoang|it nhat|toi thieu|toi da)\s{1,3}$/u;
const unitAfter =
  /^\s{1,3}(?:hundred|thousand|million|billion|trillion|percent|per cent|people|persons|hectares|ha|km|kilomet(?:er|re)s|met(?:er|re)s|tonnes|tons|dong|vnd|usd|dollars|times|hours|days|years|trieu|nghin|ngan|ty dong|ty usd|phan tram|nguoi|luot|chuyen gia|nha khoa hoc|doanh nghiep|cong ty|san pham|du an|de tai|hoi thao|gian hang|sinh vien|hoc sinh|can bo|nam)(?![\p{L}\d])/u;
const pluralAfter =
  /^\s{1,3}(?!(?:is|was|has|as|its|this|vs|us|thus)(?![\p{L}]))\p{L}{2,30}[^s\P{L}]s(?!\p{L})/u;
const yearBefore =
  /(?:^|[^\p{L}])(?:in|since|until|till|by|during|before|after|from|circa|year|early|late|mid|end of|born|died)[\s-]{1,3}$/u;

/** Whether the four-digit `value` between these surroundings is a year; see `findDates` for the choices. */
export function isYear(value: number, around: Surroundings): boolean {
  const { before, after } = around;
  if (saysYear(around)) return true;
  if (documents.test(before) || isCount(value, around)) return false;
  if (value >= 1900) return true;
  const inBrackets = value >= 1500 && before.endsWith('(') && after.startsWith(')');
  return inBrackets || (yearBefore.test(before) && !pluralAfter.test(after));
}

/** Whether `value` counts something. */
export function isCount(value: number, { before, after }: Surroundings): boolean {
  if (countBefore.test(before)) return true;
  const namesTime = yearBefore.test(before);
  if (unitAfter.test(after)) return !namesTime || value % 100 === 0;
  return value % 100 === 0 && !namesTime && pluralAfter.test(after) && !/the\s{1,3}$/u.test(before);
}

/** `năm 2023`, but not the `Nam` of `Việt Nam 2022`. */
function saysYear({ before, written }: Surroundings): boolean {
  return /(?:^|[^\p{L}])nam\s{1,3}$/u.test(before) && !/(?:^|\P{L})N[aA][mM]\s{1,3}$/u.test(written);
}
