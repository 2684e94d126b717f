import type { Language } from '../language.ts';
import { foldDiacritics } from './fold.ts';
import { words } from './words.ts';

/** Beyond this many UTF-16 code units a text is judged by its first, middle and last third of as many. */
const sampleLength = 30_000;

/** Frequent English words that are not also Vietnamese syllables once the diacritics are gone. */
const english = new Set(
  `about according after also and any are been before between both but by could did does each every for from had
   has have how if into is it its may more most much of or other our should since some such than that their them
   there these they this those under until was we were what when where which while who whom whose why will with
   would you your tell explain list show describe`.split(/\s+/u),
);

/** English words that unaccented Vietnamese also has (`thế`, `tỏ`, `ở … on`): half a sign each. */
const ambiguous = new Set([
  'the',
  'to',
  'in',
  'on',
  'an',
  'a',
  'as',
  'at',
  'be',
  'do',
  'so',
  'no',
  'he',
  'me',
  'can',
]);

/** Frequent Vietnamese syllables without diacritics that are not English words and not parts of place names. */
const foldedVietnamese = new Set(
  `bao biet boi buoi cac cach chuc chung chuong cua cung dau dai diem dieu doanh duoc duoi gi giai giua hanh hien
   hieu hoc hoi huong khac khai khi khoa khong khu khuyen kinh ky la loai luat luong moi muc nao nay nghe nghi
   nghiep nghien ngay nguoi nguon nhan nhat nhieu nhu nhung nuoc pham phan phap phat phi qua quan quoc quyet sach
   sang sau soat sinh su ta tai tang thang thanh thao theo thi thong thu thuat thue thuoc tich tiep tieu tinh toan
   tren trien trieu trong truoc truong tu tuong tuyen ty uy va vao ve vien voi von vu vua xay xep xuat y`.split(
    /\s+/u,
  ),
);

/** Neighbours that together are all but certainly Vietnamese. */
const foldedPairs = new Set(
  `bao_nhieu khi_nao o_dau la_gi the_nao nhu_the tai_sao vi_sao la_ai ai_la gom_nhung so_luong ban_hanh nghi_quyet
   quyet_dinh doanh_nghiep khoa_hoc cong_nghe lam_gi la_bao ngay_nao nam_nao noi_nao cho_biet hoi_nghi doi_moi
   ra_sao co_may may_gio co_phai dung_thu den_nay tai_dau do_ai duoc_to to_chuc dan_so hang_thu bo_truong`.split(
    /\s+/u,
  ),
);

// Initials and rimes that Vietnamese spelling has and English practically has not.
const vietnameseShape =
  /^(?:ngh?|nh)[aeiouy]|^[bcdghklmnpqrstvx]{0,3}(?:uong|ieu|iep|uyet|uyen|iet|oanh|uoc|uoi)$/u;

// What a Vietnamese syllable can look like without its diacritics; a longer word that does not is English.
const syllable =
  /^(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$/u;

/**
 * The language of an article or of a short question.
 *
 * Counts signs of both: function words of English, diacritics of Vietnamese, and, for Vietnamese typed without
 * them, frequent bare syllables and the shapes that English lacks. Capitalised words count little, because
 * English texts are full of Vietnamese names. English when nothing speaks for either.
 */
export function detectLanguage(text: string): Language {
  let scores = { en: 0, vi: 0 };
  for (const part of sample(text.normalize('NFC'))) scores = addSigns(part, scores);
  return scores.vi > scores.en ? 'vi' : 'en';
}

function addSigns(text: string, scores: { en: number; vi: number }): { en: number; vi: number } {
  let { en, vi } = scores;
  const shouting = !/\p{Ll}/u.test(text);
  let previous = '';
  for (const { text: word } of words(text)) {
    if (/^\p{N}/u.test(word)) {
      previous = '';
      continue;
    }
    const lower = word.toLowerCase();
    const folded = foldDiacritics(word);
    const name = !shouting && lower !== word;
    if (lower === folded && foldedPairs.has(`${previous}_${folded}`)) vi += 2;
    if (english.has(lower)) en += 1.5;
    else if (ambiguous.has(lower)) en += 0.5;
    else if (isAccented(lower, folded)) vi += name ? 0.25 : 1.5;
    else if (!name && (foldedVietnamese.has(lower) || vietnameseShape.test(lower))) vi += 1;
    else if (!name && folded.length > 3 && !syllable.test(folded)) en += 0.5;
    previous = folded;
  }
  return { en, vi };
}

/** Whether `lower` carries a diacritic and is, without it, a possible Vietnamese syllable (`café` is too; rare). */
function isAccented(lower: string, folded: string): boolean {
  return lower !== folded && !/['’]/u.test(lower) && syllable.test(folded);
}

function sample(text: string): string[] {
  if (text.length <= sampleLength) return [text];
  const part = sampleLength / 3;
  const middle = Math.floor((text.length - part) / 2);
  return [text.slice(0, part), text.slice(middle, middle + part), text.slice(-part)];
}
