import type { Block } from '../extract/document.ts';

const endMark = /\s*(?:\((?:end|hết|the end)\)|-\s*30\s*-|(?:^|\s)#{3,}|\/\.)\s*$/iu;

// The credit of a picture behind the sentence that says what it shows.
const pictureCredit =
  /(?:(?<=[.!?…]["”’]?)\s+(?:ảnh|hình|photo|image|đồ họa|graphic)\s*:\s*[^.!?]{2,60}\.?|\s*\((?:ảnh|hình|photo|image)\s*:\s*[^().!?]{2,60}\))$/iu;

/**
 * Takes the marks off that only say "the article ends here", `./.` (its full stop stays), `(End)`, `###`, and the credits
 * of pictures off their captions.
 */
export function stripEndMarks(blocks: readonly Block[]): readonly Block[] {
  return blocks
    .map((block) => {
      const text = block.text.replace(endMark, '').replace(pictureCredit, '');
      return text === block.text ? block : { ...block, text };
    })
    .filter((block) => block.text !== '');
}
