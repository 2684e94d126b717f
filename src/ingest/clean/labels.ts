import { foldDiacritics } from '../../domain/text/fold.ts';

// Whole lines that are furniture of web pages, matched without diacritics, in lower case and trimmed. A line is
// dropped only when all of it is a label with at most a value, so that a sentence that mentions one stays.
const labels: readonly RegExp[] = [
  // Font size and reading aids.
  /^(?:co chu|font size|text size)\b[^.!?]*$/u,
  /^(?:giam|tang|mac dinh)? ?\(?a[+-]?\)?(?: ?\(?a[+-]?\)?)*$/u,
  /^(?:print|in bai(?: viet)?|print this (?:page|article)|doc bai|nghe doc bai|listen(?: to this article)?)$/u,
  // Counters and comments.
  /^(?:luot (?:nguoi )?xem|so luot (?:nguoi )?(?:xem|doc)|luot (?:doc|truy cap)|(?:page )?views|hits|readers)(?: ?(?:: ?)?(?:views?|luot|hits?))* ?(?:: ?)?[\d.,]*(?: (?:views?|luot(?: xem)?))?$/u,
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

// More of the same, of readers' tools, advertisements, archives and credits of pictures.
const more: readonly RegExp[] = [
  // Reading aloud and reading time.
  /^(?:nghe (?:bai viet|bai bao|tin|doc)|nghe|listen(?: to (?:this )?(?:article|story|page))?|audio)(?: ?[:·•|-])? ?\d{1,2}:\d{2}(?: ?\/ ?\d{1,2}:\d{2})?(?: (?:min(?:utes?|s)?|phut))?$/u,
  /^(?:nghe (?:bai viet|bai bao|tin)|doc bai viet|listen to (?:this )?(?:article|story)|play audio|your browser does not support the audio element)\.?$/u,
  /^\d{1,2}:\d{2} ?\/ ?\d{1,2}:\d{2}(?: ?\d(?:\.\d+)?x)?$|^\d(?:\.\d+)?x$/u,
  /^giong (?:nu|nam)(?: mien (?:bac|trung|nam))?$|^(?:nu|nam) mien (?:bac|trung|nam)$|^(?:toc do|speed)(?: doc)? ?:? ?\d?(?:\.\d+)?x?$/u,
  /^(?:\d{1,3} ?-? ?(?:min(?:ute)?s?|phut) (?:read|doc)|(?:thoi gian doc|reading time|estimated reading time|time to read) ?:? ?(?:khoang |about )?\d{1,3} ?(?:min(?:ute)?s?|phut)?)\.?$/u,
  // Advertisements.
  /^(?:advertisements?|advertising|ads?|quang cao|noi dung quang cao|sponsored(?: content)?|skip (?:ad|advertisement)|(?:story|article) continues below(?: (?:this )?(?:ad|advertisement))?)(?: ?[·•|-] ?scroll to continue)?$/u,
  // Breadcrumbs.
  /^(?:(?:you are here|ban dang o(?: day)?) ?:? ?)?(?:home|trang chu)(?: ?[»›>/|→·] ?[^\s.!?»›>/|→·][^.!?»›>/|→·]{0,60}){1,8}$/u,
  /^(?:breadcrumbs?|you are here|ban dang o day) ?:?$/u,
  // Printing, saving and contents of the page.
  /^(?:ban in|in trang|in bai viet nay|luu bai(?: viet)?|save(?: (?:article|for later))?|gui email|gui cho ban be|print(?:er)?[ -]friendly(?: version)?|printable version|download (?:as )?pdf|bao loi|gop y|copy link(?: thanh cong)?|link bai goc(?: lay link!?)?|lay link!?|hide this message|skip to (?:content|navigation|search)|on this page|table of contents|jump to|purchase licensing rights(?:, opens new tab)?|xem anh lon|phong to|thu nho)$/u,
  /^(?:dang nhap|dang ky|dang xuat|log ?in|sign in|sign up|log out|register|subscribe(?: now)?|my account|tim kiem|search|close)$/u,
  /^(?:accept|reject|allow|decline)(?: (?:all|additional|optional|necessary|non-essential|only necessary))?(?: cookies)?$|^(?:view|manage|change)(?: (?:my|your))? (?:cookies?|preferences|cookie (?:settings|preferences))$|^(?:cookie (?:settings|preferences|policy|notice|consent)|cookies on [\w.-]{2,40}|strictly necessary cookies|(?:cai dat|chinh sach|thong bao)(?: ve)? cookies?|(?:chap nhan|tu choi)(?: tat ca)?(?: cookies?)?|dong y|toi dong y)$/u,
  // Sharing, following and counting.
  /^(?:share|chia se)(?: (?:this (?:page|story|article|video)|on|via|to|qua|len|tren|bai viet))?(?: (?:facebook|twitter|x|zalo|linkedin|pinterest|whatsapp|telegram|email|reddit|threads|link))*(?: \(?opens in (?:a )?new (?:tab|window)\)?)?$/u,
  /^(?:follow|theo doi)(?: [^.!?]{1,40})? (?:on|tren)(?: (?:facebook|twitter|x|zalo|google news|google tin tuc|linkedin|instagram|youtube|tiktok|telegram|whatsapp|kenh))+$/u,
  /^(?:like this|share this|sharing) ?:(?: ?(?:like )?loading(?:\.{3}|…)?)?$|^(?:like )?loading(?:\.{3}|…)$/u,
  /^\d{1,6} (?:comments?|replies|responses|binh luan|y kien|thoughts on .{1,120})$|^(?:no comments?(?: yet)?|chua co binh luan(?: nao)?|add (?:a )?(?:new )?comment|be the first to comment)$/u,
  // Archives and tags.
  /^(?:filed under|posted in|categor(?:y|ies)|chuyen muc|danh muc|tagged(?: with)?) ?: ?[^.!?]{1,200}$|^(?:tagged|posted in) [^.!?, ]{1,40}(?:, [^.!?,]{1,40}){0,20}$/u,
  /^(?:#[\p{L}\p{N}_]+[ ,;]*){1,20}$/u,
  /^(?:previous|next|older|newer|bai truoc|bai sau|bai cu hon|bai moi hon)(?: (?:post|article|story|posts|entry))?(?: ?: ?.{1,160}| ?[»›>→])$|^[«‹←] ?.{1,160}$|^[^.!?]{1,160} [»→]$/u,
  /^(?:proudly )?powered by (?:wordpress|drupal|joomla|blogger|[\w.-]{2,30})\.?$|^theme ?: ?[^.!?]{1,60}(?: by [^.!?]{1,60})?\.?$/u,
  /^(?:[>»]{2,3} ?|[>»] ?(?:read more|read also|xem them|doc them|tim hieu them|xem)\b)[^.!]{1,200}$/u,
  /^\[? ?(?:read more|read also|also read|see also|related|more on this|xem them|doc them|doc tiep|xem ngay|bai lien quan|tin lien quan|moi (?:ban )?doc(?: them)?|don't miss|watch|editor's picks?) ?: ?[^.!]{1,200}$/u,
  // Pictures.
  /^(?:image (?:source|caption|credit)|photo (?:credit|caption|source)|media caption|figure caption|caption|nguon anh|chu thich anh|anh chup|anh do [^.!?]{1,40} cung cap)(?: ?[,:] ?.{0,200})?$/u,
  /^(?:photo(?:graph)?|image|picture|illustration|graphic) (?:by|courtesy of|courtesy|via) [^.!?]{1,60}$|^(?:getty images|afp|reuters|ap photo|shutterstock|istock|epa)(?: ?[/|,] ?[^.!?]{1,60})?$|^(?:reuters|afp|ap|vna|ttxvn)\/[^.!?]{1,60}$/u,
  /^(?:©|\(c\)) ?[^.!?]{1,80}$/u,
  // What stands beside dates.
  /^(?:(?:first |last )?(?:published|updated)(?: on| at)? ?:?|(?:cach day )?\d{1,2} (?:phut|gio|ngay) truoc|\d{1,2} (?:minutes?|mins?|hours?|days?) ago|tro lai chu de)$/u,
  // Running numbers of pages.
  /^(?:page|trang|tr\.?) ?\d{1,4}(?: ?(?:of|\/|tren) ?\d{1,4})?$|^[-–—] ?\d{1,4} ?[-–—]$/u,
  // Press offices.
  /^(?:available languages|languages available|ngon ngu) ?:? ?[^.!?]{0,80}$|^(?:is this page useful\?|(?:yes|no),? this page is (?:not )?useful|report a problem with this page|was this page helpful\?)$/u,
];

// What stands beside labels on one line: `Privacy policy | Terms of use | Contact`.
const linePart =
  /^(?:privacy(?: (?:policy|notice))?|terms(?: (?:of (?:use|service)|and conditions))?|contact(?: us)?|about(?: us)?|help|accessibility|sitemap|rss|news|english|tieng viet|en|vi|vn|lien he|gioi thieu|chinh sach bao mat|dieu khoan(?: su dung)?|so do (?:trang|website)|tin tuc|hotline|faqs?)$/u;

// Headers of lists of other articles; what follows them, up to the next sentence, is such a list.
const related =
  /^(?:(?:cac )?(?:tin|bai)(?: viet)? (?:lien quan|khac|cung chuyen muc|moi(?: nhat)?|noi bat)|xem them|co the ban quan tam|related (?:news|articles?|posts?|stories)|other (?:news|articles)|see also|read also|you may also like|you might also like|most read|latest news|related(?: (?:topics|content|links|internet links|coverage))?|more on this story|more from [^.!?]{1,40}|recommended(?: for you| stories)?|trending(?: now)?|top stories|doc nhieu(?: nhat)?|xem nhieu(?: nhat)?|tin doc nhieu|doc them|tin cung chuyen muc|cung chuyen muc|de xuat cho ban|su kien lien quan)(?: ?:)?$/u;

/** Longest line that can be a label, in UTF-16 code units. */
const maxLabelLength = 300;

/** Most labels that stand on one line. */
const maxRowLabels = 12;

/** Whether the whole of `line` is furniture of a page, not text of an article. */
export function isLabel(line: string): boolean {
  if (line.length > maxLabelLength) return false;
  const bare = line.replace(/^\(([^()]*)\)$/u, '$1');
  const folded = foldDiacritics(bare).replace(/\s+/gu, ' ').trim();
  return isFurniture(folded) || isDoubled(folded) || isRow(folded);
}

function isFurniture(folded: string): boolean {
  return labels.some((label) => label.test(folded)) || more.some((label) => label.test(folded));
}

/** `Chia sẻ | Bản in | Facebook`, `Share / Chia sẻ`: several labels on one line. */
function isRow(folded: string): boolean {
  const parts = folded.split(/\s*(?:[|•·/]|[-–—](?=\s))\s*/u).filter((part) => part !== '');
  return (
    parts.length > 1 &&
    parts.length <= maxRowLabels &&
    parts.every((part) => part.length <= 40 && (linePart.test(part) || isFurniture(part)))
  );
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
