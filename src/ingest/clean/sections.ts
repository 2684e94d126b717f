import { foldDiacritics } from '../../domain/text/fold.ts';
import type { Block } from '../extract/document.ts';
import { isCredit } from './credits.ts';
import { isHeadingLike, isSentence } from './lines.ts';

// Names of sections and kinds of articles that pages print above their titles.
const section =
  /^(?:home|news|world|business|politics|sports?|weather|health|science|technology|tech|culture|arts|travel|opinion|economy|education|environment|press release|news story|announcement|speech|statement|thoi su|the gioi|kinh doanh|kinh te|giao duc|phap luat|suc khoe|doi song|du lich|khoa hoc|cong nghe|the thao|giai tri|van hoa|xa hoi|chinh tri|giao thong|moi truong|bat dong san|trong nuoc|quoc te|trang nhat|tin tuc)$/u;

/**
 * Drops the names of sections that open a page. The only line that could be the title stays.
 *
 * @param hasTitle - whether the title is known without them.
 */
export function dropSections(blocks: readonly Block[], hasTitle: boolean): readonly Block[] {
  const opening = blocks.findIndex(({ kind, text }) => kind === 'heading' || isSentence(text));
  if (opening === -1) return blocks;
  const head = blocks.slice(0, opening);
  const others = head.findIndex(({ text }) => !isSection(text));
  const sections = others === -1 ? head.length : others;
  const titled =
    hasTitle ||
    blocks[opening]?.kind === 'heading' ||
    head.slice(sections).some(({ text }) => isHeadingLike(text) && !isCredit(text) && !isSection(text));
  return titled ? blocks.slice(sections) : blocks;
}

function isSection(line: string): boolean {
  return line.length <= 40 && section.test(foldDiacritics(line).trim());
}
