import { foldDiacritics } from '../../domain/text/fold.ts';

// Sentences that a page says to its visitors, matched without diacritics and in lower case, each as a whole. A line goes
// only when every sentence in it is one of these, so that an article about cookies or newspapers loses nothing.
const site = String.raw`(?:we|this (?:web)?site|our (?:web)?site|our partners|[\w-]+\.(?:com|org|net|vn|gov|uk|eu))`;
const prompts: readonly RegExp[] = [
  // Consent.
  new RegExp(
    String.raw`^${site}(?: and (?:our )?(?:selected )?(?:\d+ )?(?:third[- ]part(?:y|ies)|partners|vendors))? (?:also )?(?:uses?|sets?|stores?|places?|would like to (?:use|set)|(?:'|’)?d like to set)(?: (?:some|essential|necessary|additional|optional|functional|analytics|tracking|third[- ]party|our own|and|or|other|technologies such as))* cookies\b(?=.*(?:\bsites?\b|website|web page|experience|browsing|consent|you agree|traffic|advert|analytic|settings|preferences|how you use|work properly)).{0,350}$`,
    'u',
  ),
  /^we['’]d like to (?:set|use)(?: (?:additional|optional|analytics))? cookies to (?:understand|improve|remember).{0,250}$/u,
  /^(?:by (?:continuing|clicking|using|browsing|closing)|if you continue|continuing to use)\b(?=.*(?:\bsite|website|cookies?\b|privacy|terms of|this page|button)).{0,150}\b(?:agree|consent|accept).{0,200}$/u,
  /^you(?:['’]ve| have)? (?:accepted|rejected) (?:all|additional|optional|analytics) cookies\b.{0,100}$/u,
  /^you can (?:change|manage|update) your (?:cookie|privacy|consent) (?:settings|preferences|choices)\b.{0,100}$/u,
  /^(?:chung toi|(?:trang )?web(?:site)?(?: nay| cua chung toi)?|trang (?:tin |thong tin )?nay|bao dien tu nay) (?:co )?(?:su dung|dung) (?:cac )?(?:tep )?cookies?\b(?=.*(?:trang|website|trai nghiem|dong y|duyet|truy cap)).{0,300}$/u,
  /^(?:bang (?:cach|viec)|khi|neu|viec)(?: quy vi| ban)? tiep tuc (?:su dung|truy cap|duyet|xem)(?=.*(?:\btrang\b|website|cookie|dieu khoan)).{0,150}(?:dong y|chap nhan).{0,150}$/u,
  // Newsletters.
  /^(?:subscribe|sign up|register)(?: now| here| today)?(?: (?:to|for))(?: (?:our|the|a))?(?: [\w-]+){0,4} newsletters?\b.{0,150}$/u,
  /^(?:get|receive|have) (?:the |our )?(?:latest|top|best|breaking|daily|weekly|biggest)? ?(?:news|stories|headlines|updates|articles)\b.{0,80}(?:inbox|by e-?mail|newsletter).{0,60}$/u,
  /^(?:enter|type) your e-?mail(?: address)?\b.{0,120}$/u,
  /^(?:dang ky|hay dang ky)(?: de)? nhan (?:ban )?tin\b.{0,120}$/u,
  /^(?:follow|like|join|find|theo doi) (?:us|chung toi|our (?:channel|page|group))\b.{0,20}(?:on|tren|qua|facebook|whatsapp|telegram).{0,80}$/u,
  /^(?:moi|kinh moi)(?: quy)?(?: ban| vi)?(?: doc(?: gia)?| doc)? (?:theo doi|don doc|quan tam|tai|bam)\b.{0,60}(?:kenh|zalo|fanpage|google|facebook|youtube|ung dung|tren|tai day).{0,80}$/u,
  // Subscriptions.
  /^(?:subscribe|sign in|log in|register|create a free account|sign up)(?: (?:or|and) (?:subscribe|sign in|log in|register))? (?:now )?(?:to|for) (?:continue|keep|read|unlock|access|get (?:full|unlimited) access)\b.{0,120}$/u,
  /^to (?:continue|keep) reading\b.{0,30}(?:subscribe|sign in|log in|register|sign up).{0,80}$|^to read the (?:full|rest of (?:the|this))(?: story| article)?\b.{0,30}(?:subscribe|sign in|log in|register|sign up).{0,80}$/u,
  /^(?:already|not yet|not) a (?:subscriber|member)\?(?: (?:log|sign) in(?: here)?\.?| subscribe\.?)?$/u,
  /^(?:this (?:article|story|content) is (?:for|available (?:only )?to|exclusive to|only available to) (?:our )?(?:subscribers|members|registered users|paying)\b.{0,60}|you(?:['’]ve| have) (?:reached|used|read) (?:your|all(?: of)? your|the) .{0,30}free articles?\b.{0,80})$/u,
  /^(?:vui long |ban can |ban phai |hay )?(?:dang nhap|dang ky)(?: tai khoan| hoac dang ky| thanh vien)? de (?:doc (?:tiep|toan bo)|xem tiep|binh luan|gui (?:binh luan|y kien)|tiep tuc).{0,80}$/u,
  // Comments.
  /^(?:your e-?mail address will not be published|required fields are marked ?\*?|save my name, e-?mail,? and website in this browser.{0,60}|(?:log|sign) in or register to post comments|you must be (?:logged|signed) in to (?:post|leave) a (?:comment|reply)|comments are closed|logged in as .{1,60})[.! *]*$/u,
  /^(?:y kien|binh luan) cua (?:ban|quy doc gia) (?:se )?(?:duoc|se duoc) (?:bien tap|kiem duyet|xet duyet|duyet).{0,100}$|^(?:xin )?vui long (?:go|viet|nhap) tieng viet co dau.{0,40}$/u,
  // Notices of agencies and of public offices.
  /^our standards ?: ?the thomson reuters trust principles\.?(?:, opens new tab)?\.?$/u,
  /^the bbc is not responsible for the content of external sites\b.{0,80}$/u,
  /^(?:to (?:play|view) this video\b.{0,20}(?:enable javascript|update your browser|need).{0,80}|this video can ?not be played.{0,20}|your browser does not support .{1,60})$/u,
  /^(?:help us improve|to help us improve) (?:gov\.uk|this (?:web)?site|our (?:web)?site)\b.{0,120}$|^don['’]t include personal or financial information\b.{0,100}$/u,
  /^(?:please )?(?:enable|turn on) javascript\b.{0,100}$|^javascript (?:is|must be) (?:disabled|enabled|required)\b.{0,100}$/u,
];

/** Longest line that can be made of prompts, in UTF-16 code units. */
const maxLength = 900;

/** Whether every sentence of `line` is said to visitors of a page: consent, newsletters, subscriptions, comments. */
export function isPrompt(line: string): boolean {
  if (line.length > maxLength) return false;
  const sentences = foldDiacritics(line)
    .replace(/\s+/gu, ' ')
    .trim()
    .split(/(?<=[.!?])\s+(?!log|sign|subscribe)/u);
  return sentences.every((sentence) => prompts.some((prompt) => prompt.test(sentence)));
}
