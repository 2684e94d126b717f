import type { AnswerSentence, Citation } from '../protocol/answer.ts';
import { dateIn } from './dates.ts';
import { webAddress } from './links.ts';
import { paragraphsOf, type Piece, type Reply } from './reply.ts';
import type { Strings } from './strings.ts';

/** What a copy says besides the reply itself. */
export interface CopyOptions {
  readonly question: string;
  readonly reply: Reply;
  readonly strings: Pick<Strings, 'verdicts' | 'asOf'>;
  /** BCP 47 code for dates. */
  readonly locale: string;
}

/** The reply with its footnotes as plain text: `[1]` after a sentence, the quotations below. */
export function copyAsText(options: CopyOptions): string {
  const { question, reply } = options;
  const notes = reply.citations.map(
    (citation) => `[${citation.n}] “${citation.quote}” — ${sourceOf(citation, options, (text) => text)}`,
  );
  const body = bodyOf(
    options,
    (text) => text,
    (n) => `[${n}]`,
    (words) => `(${words})`,
  );
  return [question, ...body, notes.join('\n')].filter((part) => part !== '').join('\n\n');
}

/** The same as Markdown, with footnotes as GitHub and Pandoc write them. Words of articles stay words. */
export function copyAsMarkdown(options: CopyOptions): string {
  const { question, reply } = options;
  const notes = reply.citations.map(
    (citation) =>
      `[^${citation.n}]: “${escapeMarkdown(citation.quote)}” — ${sourceOf(citation, options, escapeMarkdown)}`,
  );
  const body = bodyOf(
    options,
    escapeMarkdown,
    (n) => `[^${n}]`,
    (words) => `*(${words})*`,
  );
  return [`**${escapeMarkdown(question)}**`, ...body, notes.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

function bodyOf(
  { reply, strings, locale }: CopyOptions,
  escape: (text: string) => string,
  marker: (n: number) => string,
  remark: (words: string) => string,
): string[] {
  const write = ({ words, sentence }: Piece) => {
    const markers = (sentence?.citations ?? []).map(marker).join('');
    const verdict = verdictOf(sentence, reply, strings);
    return [escape(words) + markers, ...(verdict === undefined ? [] : [remark(verdict)])].join(' ');
  };
  const paragraphs = paragraphsOf(reply).map((pieces) => pieces.map(write).join(' '));
  if (reply.asOf !== undefined) paragraphs.push(remark(strings.asOf(dateIn(locale, reply.asOf))));
  return paragraphs;
}

/** What is said after a sentence that its quotations do not bear in full; nothing of one that needs no source. */
export function verdictOf(
  sentence: AnswerSentence | undefined,
  { abstained }: Reply,
  { verdicts }: Pick<Strings, 'verdicts'>,
): string | undefined {
  if (sentence === undefined || sentence.verdict === 'supported') return undefined;
  return sentence.verdict === 'uncited' && abstained ? undefined : verdicts[sentence.verdict];
}

function sourceOf(
  { title, publisher, publishedAt, links }: Citation,
  { locale }: CopyOptions,
  escape: (text: string) => string,
): string {
  const address = webAddress(links.original);
  const isMarkdown = escape('*') !== '*';
  const named = isMarkdown && address !== undefined ? `[${escape(title)}](<${address}>)` : escape(title);
  const known = [publisher, publishedAt && dateIn(locale, publishedAt)].filter(
    (part) => part !== undefined && part !== '',
  );
  const line = [named, ...known.map((part) => escape(part ?? ''))].join(', ');
  return isMarkdown || address === undefined ? line : `${line}. ${address}`;
}

/** `text` so that a Markdown reader shows it as it stands, on one line. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s*\n\s*/gu, ' ')
    .replace(/[\\`*_[\]<>#|~&$]/gu, '\\$&')
    .replace(/^(\d+)([.)])/u, '$1\\$2')
    .replace(/^[-+=]/u, '\\$&');
}
