import type { Language } from '../domain/language.ts';

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/u));

/** English function words and question words, folded, unstemmed. They carry grammar, not a topic. */
const english = list(`
  a about above after again against all also am an and any are as at be because been before being below
  between both but by can could did do does doing done down during each else ever every few for from further
  get give given gives had has have having he her here hers him his how however i if in into is it its itself
  just kind let like made make makes many may me might more most much must my name named no nor not of off on
  once one only or other our out over own please same say says shall she should so some such tell than that
  the their them then there these they this those through to too type under until up upon us use used very
  was we were what when where which while who whom whose why will with would you your
`);

/** Vietnamese function words and question words, with diacritics. */
const vietnamese = list(`
  ai à ạ anh cách bao bởi bị bằng biết cả các cái cần cho chỉ chiếc chính cho chứ chưa có còn cũng của cùng do dù dưới
  đã đang đâu để đến đều đi điều đó được em gì giữa gồm hay hãy hơn không khi kể là làm lại loại lên lúc mà mình
  một mỗi mọi nên nếu này nào nó nhất nhiều nhiêu những như nhưng ở phải qua ra rằng rất sau sao sẽ sự tại thì theo
  thế trên trong trước từ từng tới và vào vậy về vì việc với xin
`);

const foldedVietnamese: ReadonlySet<string> = list(`
  ai bao boi bi bang cac cai cho chi co cua da dang dau de den deu dieu do duoc gi giua hay khi khong la lam
  ma mot moi nao nay neu nhieu nhung nhu o phai ra rang sau sao se su tai the thi theo tren trong truoc tu va vao
  ve vi viec voi
`);

/**
 * Whether `word` (as typed, in any case) carries no topic of its own.
 *
 * Vietnamese typed with diacritics is compared with diacritics, so that `đâu` (where) is a stop word and
 * `dầu` (oil) is not; a word without any is compared with the folded list.
 */
export function isStopWord(word: string, language: Language): boolean {
  const lower = word.toLowerCase().normalize('NFC');
  if (language === 'en') return english.has(lower.replace(/['’].*$/u, ''));
  return vietnamese.has(lower) || foldedVietnamese.has(lower);
}
