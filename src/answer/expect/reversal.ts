import type { Language } from '../../domain/language.ts';

/**
 * Words that tell that something was undone, refused or lost. A question that presumes such an event (`Why did
 * … withdraw …?`) is not answered by a sentence that tells of none.
 */
const reversals: Readonly<Record<Language, RegExp>> = {
  en: /(?<!\p{L})(?:withdr[ae]w\w*|revok\w*|cancel\w*|call(?:ed)? off|scrap(?:s|ped)|abolish\w*|repeal\w*|annul\w*|overturn\w*|los[et]s?|losing|refus\w*|reject\w*|den(?:y|ied|ies)|fail\w*|ban|bans|banned|forb\w+|prohibit\w*|clos(?:ed|es|ure)|shut|resign\w*|dismiss\w*|sack(?:ed)?|quit|suspend\w*|postpon\w*|delay\w*|stop\w*|terminat\w*|collaps\w*|bankrupt\w*)(?!\p{L})/iu,
  vi: /(?<!\p{L})(?:thu hồi|rút (?:khỏi|lại|danh hiệu|giấy phép|tên|đơn|quân|vốn)|tước|bị rút|bị hủy|bị huỷ|hủy bỏ|huỷ bỏ|bãi bỏ|đánh mất|bị mất|bị tước|từ chối|thất bại|bị cấm|đóng cửa|từ chức|bãi nhiệm|cách chức|bị hoãn|trì hoãn|tạm dừng|chấm dứt|phá sản|sụp đổ)(?!\p{L})/iu,
};

/** Whether `text` tells, or presumes, that something was undone, refused or lost. */
export function tellsReversal(text: string, language: Language): boolean {
  return reversals[language].test(text);
}
