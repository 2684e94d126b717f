import type { Block } from '../extract/document.ts';
import { findDate } from '../metadata/dates.ts';

// `Agency (host or place) – Text`, `HANOI, November 17, 2023 (VNA) — Text`, `PORTAL – Text`, `(TTXVN) - Text`.
const dateline = /^([^–—]{0,110}?)\s+[–—-]{1,2}\s+(?=[\p{Lu}\p{N}"“])/u;
// A name in parentheses that ends the dateline, or words that only agencies and papers have in their names.
const inParentheses = /\(([^()]{2,60})\)\s*$/u;
const agencyWord =
  /(?:\b(?:news|portal|agency|press|times|herald|gazette|newspaper|VNA|TTXVN|VOV|AFP|AP|Reuters|Xinhua|PV)\b|\bbáo\b|cổng thông tin|thông tấn)/iu;
// `HANOI (VNS)`, `Hà Nội (TTXVN)`, `(HPĐT)`, but not `Vietnam Innovation Network (VIN)`.
const acronym = /^\p{Lu}{2,8}$/u;
const place = /^(?:[\p{Lu}\s.,]*|\p{Lu}\S*(?:\s\p{Lu}\S*)?),?$/u;
const host = /^(?:https?:\/\/)?(?:www\.)?[\w-]+(?:\.[\w-]+)+\/?$/iu;
const generic = /^(?:portal|news|press|cổng thông tin|PV)$/iu;
// Papers whose names are ordinary words, and the letters that papers sign their first paragraph with.
const paper =
  /^(?:dân trí|vietnamnet|vnexpress|vietnamplus|vietnam\+|tuổi trẻ|thanh niên|tiền phong|lao động|người lao động|nhân dân|quân đội nhân dân|sài gòn giải phóng|hà nội mới|công thương|pháp luật|chính phủ|bloomberg|AFP|PTI|dpa|EFE|ANI|TASS|bernama|kyodo|yonhap)$/iu;
const signature =
  /^(?:TTO|TNO|TPO|NLĐO|NLĐ|PLO|SGGPO?|VOV|VTV|VTC|TTXVN|VNA|VNS|HNM|QĐND|BBT|VGP|VNN|NDO|CAND|KTĐT|TBTCO)$/u;

/** Takes the dateline off the first paragraph. A place alone stays, because it is part of what the text says. */
export function stripDateline(blocks: readonly Block[]): {
  blocks: readonly Block[];
  publishedAt?: string;
  publisher?: string;
} {
  const index = blocks.findIndex((block) => block.kind === 'paragraph' && dateline.test(block.text));
  const block = blocks[index];
  if (!block || index > 3) return { blocks };
  const [whole = '', label = ''] = dateline.exec(block.text) ?? [];
  // `Eric Ambler (28 June 1909 – 22 October 1998)`, `1 May 1901 – 9 May 1901`: the dash is inside of what is said.
  const rest = block.text.slice(whole.length);
  if (label.lastIndexOf('(') > label.lastIndexOf(')') || findDate(rest)?.start === 0) return { blocks };
  const date = findDate(label);
  const parenthesis = inParentheses.exec(label)?.[1]?.trim();
  const before = label.replace(inParentheses, '').trim();
  if (!isDateline(before, parenthesis, date !== undefined)) return { blocks };
  const publisher = agencyName(before, parenthesis);
  return {
    blocks: blocks.with(index, { ...block, text: rest }),
    ...(date && { publishedAt: date.date }),
    ...(publisher !== undefined && { publisher }),
  };
}

function isDateline(before: string, parenthesis: string | undefined, dated: boolean): boolean {
  // Running text is no dateline, whatever words stand in it.
  if (/[.!?;]\s|\b(?:is|are|was|were|has|have|said|là|được|đã)\b/u.test(before)) return false;
  if (dated || (parenthesis !== undefined && (host.test(parenthesis) || agencyWord.test(parenthesis))))
    return true;
  if (parenthesis !== undefined) {
    return (acronym.test(parenthesis) || paper.test(parenthesis)) && place.test(before);
  }
  if (signature.test(before)) return true;
  return agencyWord.test(before) && before.length <= 60;
}

function agencyName(before: string, parenthesis: string | undefined): string | undefined {
  const names = [before, parenthesis ?? ''].map((part) => part.replace(/,?\s*(?:on\s+)?$/iu, ''));
  const agency = names.find((part) => agencyWord.test(part) && !generic.test(part) && !findDate(part));
  if (agency !== undefined) return agency;
  if (signature.test(before)) return before;
  if (parenthesis === undefined) return undefined;
  if ((acronym.test(parenthesis) || paper.test(parenthesis)) && place.test(before)) return parenthesis;
  return host.test(parenthesis) && before !== '' ? before : undefined;
}
