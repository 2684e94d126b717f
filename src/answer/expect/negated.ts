import type { Language } from '../../domain/language.ts';
import type { Asking, Doubt } from './reading.ts';

/** Words by which a question asks what is not so. */
const asksForNot: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:not|never|no longer|cannot|without|neither|nor|nobody|none)\b|\p{L}n['’]t\b|\bnon[- ]/iu,
  vi: /(?<!\p{L})(?:chưa(?! (?:đến|tới))|chẳng|không(?= \p{L})(?! (?:gian|khí|quân|phận|lưu|những|chỉ)(?!\p{L})))(?!\p{L})/iu,
};

/** Signs, generously read, that a sentence leaves out, refuses or denies something. */
const denies: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:not|never|no|cannot|without|nobody|nothing|none|neither|nor|unable|fail\w*|lack\w*|refus\w*|except\w*|un\p{L}{4,}|in\p{L}{4,}|dis\p{L}{4,}|non|rarely|hardly|only|exclud\w*|prevent\w*|prohibit\w*|ban\w*|avoid\w*|instead|rather|reject\w*|den(?:y|ied|ies)|stop\w*|yet)\b|n['’]t\b/iu,
  vi: /(?<!\p{L})(?:không|chưa|chẳng|thiếu|từ chối|cấm|ngoại trừ|trừ|thay vì|chỉ)(?!\p{L})/iu,
};

const yesOrNo = /(?:hay|có [^?]*) không|chưa\s*\?|^có (?:phải|đúng)/iu;

/** Whether the question asks for what is not so, and the sentence says only what is. */
export function affirmsWhatIsDenied({ question, questionLanguage }: Asking): Doubt | undefined {
  if (questionLanguage === 'vi' && yesOrNo.test(question)) return undefined;
  if (!asksForNot[questionLanguage].test(question)) return undefined;
  return ({ sentence, language }) => !denies[language].test(sentence);
}
