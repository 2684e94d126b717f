import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { describe, expect, it } from 'vitest';

import { copyAsMarkdown, copyAsText, escapeMarkdown } from '../../src/widget/copy-formats.ts';
import { advance, emptyReply } from '../../src/widget/reply.ts';
import { stringsOf } from '../../src/widget/strings.ts';
import { eventsOf, sampleAnswer } from '../http/support/sample-answer.ts';

const reply = eventsOf({ ...sampleAnswer(), asOf: '2024-05-14' }).reduce(advance, emptyReply);
const options = { question: 'How many *came*?', reply, strings: stringsOf.en, locale: 'en-GB' };

describe('a copied answer', () => {
  it('is readable as plain text, with its quotations below', () => {
    expect(copyAsText(options)).toBe(
      `How many *came*?

The fair drew 5,400 visitors over three days.[1] Children paid nothing.[2][1] (partly supported)

It will return next year. (not verified)

(As of 14 May 2024. Later changes are not in the articles.)

[1] “The fair drew 5,400 visitors over three days.” — The tide-mill fair, counted, Harbour Gazette, 14 May 2024. https://gazette.example/fair#:~:text=The%20fair%20drew
[2] “Entry was free for children.” — What the fair costs, 30 April 2024`,
    );
  });

  it('has footnotes in Markdown', () => {
    expect(copyAsMarkdown(options)).toBe(
      `**How many \\*came\\*?**

The fair drew 5,400 visitors over three days.[^1] Children paid nothing.[^2][^1] *(partly supported)*

It will return next year. *(not verified)*

*(As of 14 May 2024. Later changes are not in the articles.)*

[^1]: “The fair drew 5,400 visitors over three days.” — [The tide-mill fair, counted](<https://gazette.example/fair#:~:text=The%20fair%20drew>), Harbour Gazette, 14 May 2024
[^2]: “Entry was free for children.” — What the fair costs, 30 April 2024`,
    );
  });

  it.each([
    '<script>alert(1)</script> & &lt; [l](javascript:alert(1)) **b** _i_ `c` # h | t ~s~ \\',
    '1. not a list',
    '- not a list',
    '+ nor this',
    '=== nor a heading',
  ])('shows %s in Markdown as it stands', (text) => {
    const tree = fromMarkdown(escapeMarkdown(text));
    expect(tree.children.map(({ type }) => type)).toEqual(['paragraph']);
    expect(toString(tree)).toBe(text);
  });

  it('does not mark what a reply that declines says itself', () => {
    const declined = eventsOf(
      sampleAnswer({
        abstained: true,
        quotes: [],
        sentences: [{ text: 'They do not say.', verdict: 'uncited' }],
      }),
    ).reduce(advance, emptyReply);
    expect(copyAsText({ ...options, question: 'Q?', reply: declined })).toBe('Q?\n\nThey do not say.');
  });
});
