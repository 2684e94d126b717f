import type { Language } from '../../domain/language.ts';
import { foldDiacritics } from '../../domain/text/fold.ts';
import { isHeadingLike } from '../clean/lines.ts';
import type { Block } from '../extract/document.ts';
import { maxMadeTitleLength, maxTitleLength } from '../limits.ts';
import { segmentSentences } from '../split/sentences.ts';

/** How many blocks can stand before the title of a page. */
const reach = 5;

/** A Vietnamese document is headed by its kind; the line below says what it is about. */
const documentKind =
  /^(?:nghị quyết|nghị định|quyết định|thông tư|thông báo|chỉ thị|kế hoạch|công văn|công điện|tờ trình|báo cáo|hướng dẫn)$/iu;
const matterLine = /^(?:về việc|v\/v)\s/iu;

/** How a title is found that is not known already. */
type TitleBy = 'heading' | 'first-line' | 'feed' | 'file-name';

/**
 * The title, and the blocks without the one that it was. In this order: `known` (what was given, what the file says), the
 * first heading before any paragraph, the first line before any paragraph that looks like a title, what the feed called
 * it, the name of the file, and at last the first sentence, shortened. `by` is absent where it was known.
 */
export function takeTitle(
  blocks: readonly Block[],
  options: {
    known: string | undefined;
    feed?: string | undefined;
    fileName?: string | undefined;
    language: Language;
    guessHeadings: boolean;
  },
): { title: string; blocks: readonly Block[]; by?: TitleBy } {
  const { known, feed, fileName, language } = options;
  if (known !== undefined) return namedTitle(blocks, known);
  const found = blocks.findIndex(
    (block) => block.kind === 'heading' || (options.guessHeadings && isHeadingLike(block.text)),
  );
  const candidate = blocks[found];
  const before = blocks.slice(0, Math.max(found, 0));
  if (candidate && candidate.kind !== 'item' && found < blocks.length - 1 && !before.some(isParagraph)) {
    const by = candidate.kind === 'heading' ? 'heading' : 'first-line';
    const matter = documentKind.test(candidate.text) ? blocks[found + 1] : undefined;
    if (matter && matterLine.test(matter.text) && found < blocks.length - 2) {
      const title = shorten(`${candidate.text} ${matter.text.replace(/^V/u, 'v')}`, maxTitleLength);
      return { title, blocks: blocks.toSpliced(found, 2), by };
    }
    return { title: shorten(candidate.text, maxTitleLength), blocks: without(blocks, found), by };
  }
  if (feed !== undefined) return { ...namedTitle(blocks, feed), by: 'feed' };
  if (fileName !== undefined) return { ...namedTitle(blocks, fileName), by: 'file-name' };
  const text = (blocks.find(isParagraph) ?? blocks[0])?.text ?? '';
  const [sentence] = segmentSentences(text, language);
  const title = shorten(text.slice(sentence?.start, sentence?.end), maxMadeTitleLength);
  return { title, blocks, by: 'first-line' };
}

function namedTitle(blocks: readonly Block[], name: string): { title: string; blocks: readonly Block[] } {
  const same = blocks.findIndex((block, index) => index < reach && sameLine(block.text, name));
  return { title: shorten(name, maxTitleLength), blocks: without(blocks, same) };
}

function isParagraph(block: Block): boolean {
  return block.kind === 'paragraph' && !isHeadingLike(block.text);
}

function without(blocks: readonly Block[], index: number): readonly Block[] {
  return index === -1 || blocks.length === 1 ? blocks : blocks.toSpliced(index, 1);
}

function sameLine(a: string, b: string): boolean {
  const key = (line: string) => foldDiacritics(line).replace(/[^\p{L}\p{N}]+/gu, '');
  return key(a) === key(b);
}

/** `text` in at most `limit` UTF-16 code units, cut at a word, with `…` where something was cut. */
function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit);
  const space = head.lastIndexOf(' ');
  const cut = space > limit / 2 ? head.slice(0, space) : text.slice(0, limit - 1).replace(/\p{Cs}$/u, '');
  return `${cut.replace(/[\s.,;:–—-]+$/u, '')}…`;
}
