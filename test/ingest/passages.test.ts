import { describe, expect, it } from 'vitest';

import type { Passage } from '../../src/domain/passage.ts';
import { sliceSpan } from '../../src/domain/span.ts';
import { passageInput } from '../../src/ingest/passage-input.ts';
import { estimateTokens } from '../../src/ingest/split/estimate-tokens.ts';
import { splitArticle } from '../../src/ingest/split/passages.ts';
import { articleOf } from './article-of.ts';

const sentence =
  'The workshop in the old harbour repairs nets, sails and small wooden boats for the village. ';

function paragraph(sentences: number): string {
  return sentence.repeat(sentences).trim();
}

function pathOf(passage: Passage): string {
  return passage.headingPath.join(' › ');
}

describe('splitArticle', () => {
  it('makes passages of a size that the embedding model reads whole', () => {
    const article = articleOf(
      'a.md',
      Array.from({ length: 12 }, (_, index) => paragraph(1 + (index % 7))).join('\n\n'),
    );
    const sizes = splitArticle(article).map((passage) => estimateTokens(sliceSpan(article.text, passage)));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(225);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(40);
  });

  it('ends passages with paragraphs where they fit', () => {
    const article = articleOf('a.md', Array.from({ length: 6 }, () => paragraph(4)).join('\n\n'));
    for (const passage of splitArticle(article)) {
      expect(article.text.slice(passage.end, passage.end + 2)).toMatch(/^(?:\n\n)?$/u);
    }
  });

  it('puts a heading into the passage that follows it and names all headings in force', () => {
    const article = articleOf(
      'a.md',
      `---\ntitle: T\n---\n${paragraph(6)}\n\n## Boats\n\n${paragraph(6)}\n\n### Sails\n\n${paragraph(6)}\n\n## Nets\n\n${paragraph(2)}`,
    );
    const passages = splitArticle(article);
    expect(passages.map(pathOf)).toEqual(['', 'Boats', 'Boats › Sails', 'Nets']);
    expect(passages.map((passage) => sliceSpan(article.text, passage).split('\n')[0])).toEqual([
      paragraph(6),
      'Boats',
      'Sails',
      'Nets',
    ]);
    expect(passages[1]?.sentences[0]).toMatchObject({ heading: true });
  });

  it('joins a short introduction with its first subsection, and headings that follow one another', () => {
    const article = articleOf(
      'a.md',
      `---\ntitle: T\n---\n${paragraph(6)}\n\n## Boats\n\nTwo kinds exist.\n\n### Sails\n\n${paragraph(2)}\n\n## Nets\n\n### Mending\n\n${paragraph(2)}`,
    );
    expect(splitArticle(article).map(pathOf)).toEqual(['', 'Boats', 'Nets › Mending']);
  });

  it('keeps "For example:" with its list', () => {
    const items = Array.from({ length: 6 }, () => `- ${sentence}`).join('\n');
    const article = articleOf('a.md', `${paragraph(8)}\n\nFor example:\n\n${items}`);
    const texts = splitArticle(article).map((passage) => sliceSpan(article.text, passage));
    expect(texts.some((text) => text.startsWith('For example:\n'))).toBe(true);
  });

  it('keeps a heading that nothing follows', () => {
    const article = articleOf('a.md', `---\ntitle: T\n---\n${paragraph(2)}\n\n## The end`);
    expect(splitArticle(article)).toHaveLength(1);
    expect(splitArticle(article)[0]?.sentences.at(-1)).toMatchObject({ heading: true });
  });
});

describe('passageInput', () => {
  it('gives the model the title and the headings once', () => {
    const article = articleOf(
      'a.md',
      `---\ntitle: The harbour\n---\n## Boats\n\n### Sails\n\nThey are brown.`,
    );
    const [passage] = splitArticle(article);
    if (!passage) throw new Error('no passage');
    expect(passageInput(article, passage)).toBe('The harbour\nBoats › Sails\nThey are brown.');
  });
});
