import type { Block } from '../extract/document.ts';

const endMark = /\s*(?:\((?:end|hết|the end)\)|-\s*30\s*-|(?:^|\s)#{3,}|\/\.)\s*$/iu;

/** Takes the marks off that only say "the article ends here": `./.` (its full stop stays), `(End)`, `###`. */
export function stripEndMarks(blocks: readonly Block[]): readonly Block[] {
  return blocks
    .map((block) => {
      const text = block.text.replace(endMark, '');
      return text === block.text ? block : { ...block, text };
    })
    .filter((block) => block.text !== '');
}
