/** Removes from a text that arrives in pieces what a reply must not hold. The result does not depend on the pieces. */
export interface TextFilter {
  /** Takes the next piece and returns what is to be kept of the text so far. */
  push(piece: string): string;
  /** Returns what was held back, now that the text is complete. */
  end(): string;
}

/** A `<` that no `>` follows within this many UTF-16 code units opens no tag; also bounds what is held back. */
const longestTag = 300;

// What nobody sees can break a marker or an offset, or turn the order of what is seen: lone surrogates, format
// characters (zero width, bidirectional controls), private use, and control characters but tab and line ends.
const unseen =
  /[\p{Cs}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]|[^\P{Cc}\t\n\v\f\r]/gu;

const attribute = String.raw`\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+)`;
// Attributes need a value, so that "a <b and c> d" is no tag.
const tag = new RegExp(String.raw`^<(?:/?([a-z][\w-]*)(?:${attribute})*\s*/?|!doctype[^<>]*)>$`, 'iu');
const breaksLine = /^(?:br|p|div|li|ul|ol|h[1-6]|tr|table|hr|blockquote|pre|section|article)$/iu;

/** A filter that removes unseen characters and HTML tags, not what is between them; tags of blocks become line breaks. */
export function createTextFilter(): TextFilter {
  let half = '';
  let held = '';

  function read(text: string): string {
    let kept = '';
    for (const character of text) {
      if (character === '<') {
        kept += held;
        held = character;
      } else if (held === '') {
        kept += character;
      } else {
        held += character;
        const found = character === '>' ? tag.exec(held) : null;
        if (found || held === '<!--') {
          kept += breaksLine.test(found?.[1] ?? '') ? '\n' : '';
          held = '';
        } else if (!mayBeTag(held)) {
          kept += held;
          held = '';
        }
      }
    }
    return kept;
  }

  return {
    push(piece) {
      const text = half + piece;
      half = /[\uD800-\uDBFF]$/u.exec(text)?.[0] ?? '';
      return read(text.slice(0, text.length - half.length).replace(unseen, ''));
    },
    end() {
      const rest = held;
      held = '';
      half = '';
      return rest;
    },
  };
}

function mayBeTag(text: string): boolean {
  if (text.length > longestTag) return false;
  return /^<(?:$|\/?[a-z][^<>]*$|\/$|!(?:$|-$|d[^<>]*$))/iu.test(text);
}

/** A complete text without HTML tags and unseen characters. */
export function filterText(text: string): string {
  const filter = createTextFilter();
  return filter.push(text) + filter.end();
}
