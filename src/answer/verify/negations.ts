import type { Language } from '../../domain/language.ts';
import type { Token } from './tokens.ts';

/** A word that denies, with the words that it denies. Indexes of tokens. */
export interface Negation {
  readonly at: number;
  /** The next few words of topic in the same clause. */
  readonly scope: readonly number[];
}

const scopeLength = 3;

const english =
  /^(?:not|no|never|none|neither|nor|without|cannot|nobody|nothing|fail|fails|failed|refus\w+|den(?:y|ies|ied)|lack|lacks|lacked|lacking|unable|cancel\w*|suspend\w*|terminat\w*|abolish\w*|ceas\w+|halt\w*|scrap\w*|withdr\w+|\w+n['’]t)$/u;
const vietnamese = /^(?:không|chưa|chẳng|chả|đừng|thiếu)$/u;

/** Words that leave something out without denying: they bear a negation of the claim and ask for none. */
const weak =
  /\b(?:outside|beyond|apart from|except|hardly|weak|empty|still|unlike|avoid\w*|prevent\w*|shelve\w*|abandon\w*|un(?!der|it|ion|iv|iq|til)\w{4,}|non-\w+|in(?:capable|complete|sufficient|adequate|effective|visible))\b|nằm ngoài|ngoài phạm vi|còn yếu/u;

/** Whether the text leaves something out in other words than a negation. */
export const leavesOut = (text: string): boolean => weak.test(text);

/** The negations of a statement. `not only`, `No. 57` and `no more than` are none. */
export function readNegations(tokens: readonly Token[], language: Language): Negation[] {
  return tokens.flatMap((token, at) => {
    const next = tokens[at + 1]?.lower ?? '';
    const after = tokens[at + 2]?.lower ?? '';
    if (!(language === 'en' ? isEnglish(token.lower, next, after) : isVietnamese(tokens, at, next)))
      return [];
    const scope: number[] = [];
    for (let index = at + 1; index < tokens.length && scope.length < scopeLength; index += 1) {
      const item = tokens[index];
      if (!item || (scope.length > 0 && /[,;:.()]/u.test(item.gap))) break;
      if (!item.stop && !/^\d/u.test(item.text)) scope.push(index);
    }
    return [{ at, scope }];
  });
}

function isEnglish(word: string, next: string, after: string): boolean {
  if (/^declin(?:e|es|ed)$/u.test(word)) return next === 'to';
  if (!english.test(word)) return false;
  if (/^(?:not|no)$/u.test(word) && /^(?:more|fewer|less|later|earlier)$/u.test(next) && after === 'than') {
    return false;
  }
  return !(word === 'not' && /^(?:only|just|quite|merely)$/u.test(next));
}

function isVietnamese(tokens: readonly Token[], at: number, next: string): boolean {
  const word = tokens[at]?.lower ?? '';
  const before = tokens[at - 1]?.lower ?? '';
  if (word === 'từ') return next === 'chối';
  if (word === 'bác') return next === 'bỏ';
  if (word === 'phủ') return next === 'nhận';
  if (word === 'chấm') return next === 'dứt';
  if (word === 'đình') return next === 'chỉ';
  if (word === 'hủy' || word === 'bãi') return next === 'bỏ';
  if (!vietnamese.test(word)) return false;
  if (word === 'không') {
    return (
      !/^(?:hàng|hay)$/u.test(before) &&
      !/^(?:gian|khí|chỉ|những|quá|dưới|đến|tới|lưu|quân|phận)$/u.test(next)
    );
  }
  if (word === 'chưa') return !(/^(?:đến|tới|đầy)$/u.test(next) && /^\d/u.test(tokens[at + 2]?.text ?? ''));
  return true;
}
