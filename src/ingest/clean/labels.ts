import { foldDiacritics } from '../../domain/text/fold.ts';

// Whole lines that are furniture of web pages, matched without diacritics, in lower case and trimmed. A line is
// dropped only when all of it is a label with at most a value, so that a sentence that mentions one stays.
const labels: readonly RegExp[] = [
  // Font size and reading aids.
  /^(?:co chu|font size|text size)\b(?:[^.!?]|\(a[+-]?\))*$/u,
  /^(?:giam|tang|mac dinh)? ?\(?a[+-]?\)?(?: ?\(?a[+-]?\)?)*$/u,
  /^(?:print|in bai(?: viet)?|print this (?:page|article)|doc bai|nghe doc bai|listen(?: to this article)?)$/u,
  // Counters and comments.
  /^(?:luot (?:nguoi )?xem|so luot (?:nguoi )?(?:xem|doc)|luot (?:doc|truy cap)|(?:page )?views|hits|readers)(?: ?:? ?(?:views?|luot|hits?))* ?:? ?[\d.,]*(?: (?:views?|luot(?: xem)?))?$/u,
  /^[\d.,]+[km]? (?:views?|luot xem|comments?|shares?|likes?|binh luan)$/u,
  /^(?:comments?|binh luan|y kien(?: ban doc)?)(?: ?\(\d*\)| ?: ?\d*)?$/u,
  /^(?:leave a (?:comment|reply)|post a comment|gui (?:binh luan|y kien)|viet binh luan)$/u,
  // Sharing.
  /^(?:chia se|share|share this(?: article| post| page)?|share on)(?: ?:.{0,80})?$/u,
  /^(?:(?:facebook|twitter|x|zalo|linkedin|pinterest|whatsapp|telegram|messenger|email|e-mail|copy link|sao chep lien ket|tweet|like|thich|follow us|theo doi)(?: ?[|•·,/] ?| |$)){1,12}$/u,
  // Related articles and tags.
  /^(?:tags?|tu khoa|keywords?) ?:.{0,300}$/u,
  /^(?:quay lai|back(?: to top)?|ve dau trang|len dau trang|trang chu|home|read more|xem them|see more|next|previous|bai truoc|bai sau|bai tiep theo|skip to (?:main )?content|toggle navigation|menu)(?: ?[»›>…]+)?$/u,
  /^(?:read more|read also|see also|xem them|doc them|doc tiep) ?:.{0,200}$/u,
  // Newsletters and copyright.
  /^(?:(?:subscribe|sign up)(?: (?:to|for))?(?: (?:our|the))? newsletters?|dang ky nhan (?:ban )?tin)[.!]?$/u,
  /^(?:(?:copyright )?(?:©|\(c\))|copyright (?:19|20)\d\d|ban quyen(?: ©)? thuoc).{0,120}$/u,
  /^all rights reserved\.?$/u,
  // Fields of content management systems.
  /^(?:tieu de|hinh anh(?: mo ta)?|tom tat|noi dung|link thay the noi dung|ngay xuat ban|tin noi bat|tac gia|so trang|so anh|so tien|trang thai|lich su|loai bai viet|phan loai(?: tin)?|tu khoa|he so (?:anh|tin|luong co so)|tien nhuan but|approval status|(?:content|article) type|attachments|manage permissions|version history) ?:?$/u,
  /^content type ?: ?.{0,60}$/u,
  /^(?:created|last modified) (?:at|by|on)\b(?: by)?[^.!?]{0,80}$/u,
  // Captions that only name what kind of picture stands there.
  /^(?:file |illustrative |illustration )?(?:photos?|images?|pictures?|illustration)(?: (?:collection|gallery|source|credit)| ?: ?.{0,60})?\.?$/u,
  /^(?:anh|hinh anh|hinh)(?: (?:minh hoa|tu lieu|suu tam))?(?: ?: ?.{0,60})?\.?$/u,
  /^(?:conference|seminar|workshop|event|meeting|ceremony|forum|session) (?:overview|scene|view)\.?$/u,
  /^(?:overview|scene|view|panorama) of the (?:conference|seminar|workshop|event|meeting|ceremony|forum|session)\.?$/u,
  /^(?:quang canh|toan canh|khung canh) (?:hoi nghi|hoi thao|buoi le|le ky ket|su kien|dien dan|buoi lam viec|cuoc hop|phien hop)\.?$/u,
];

// Headers of lists of other articles; what follows them, up to the next sentence, is such a list.
const related =
  /^(?:(?:cac )?(?:tin|bai)(?: viet)? (?:lien quan|khac|cung chuyen muc|moi(?: nhat)?|noi bat)|xem them|co the ban quan tam|related (?:news|articles?|posts?|stories)|other (?:news|articles)|see also|read also|you may also like|most read|latest news)(?: ?:)?$/u;

/** Longest line that can be a label, in UTF-16 code units. */
const maxLabelLength = 300;

/** Whether the whole of `line` is furniture of a page, not text of an article. */
export function isLabel(line: string): boolean {
  if (line.length > maxLabelLength) return false;
  const bare = line.replace(/^\(([^()]*)\)$/u, '$1');
  const folded = foldDiacritics(bare).replace(/\s+/gu, ' ').trim();
  return labels.some((label) => label.test(folded)) || isDoubled(folded);
}

/** Whether `line` announces a list of other articles. */
export function isRelatedHeader(line: string): boolean {
  return line.length <= 60 && related.test(foldDiacritics(line).trim());
}

/** `Version HistoryVersion History`: the hidden and the visible text of one button. */
function isDoubled(line: string): boolean {
  const half = line.length / 2;
  return (
    Number.isInteger(half) &&
    half >= 4 &&
    half <= 40 &&
    /\p{L}/u.test(line) &&
    line.slice(0, half) === line.slice(half)
  );
}
