import { sha256 } from '#footnote/domain/fingerprint.js';
import type { Language } from '#footnote/domain/language.js';
import { type Passage, passageId } from '#footnote/domain/passage.js';
import type { IndexedArticle } from '#footnote/domain/ports.js';
import { permutations } from '#footnote/domain/text/min-hash.js';

import { createClusteredVectors } from './clustered-vectors.ts';
import { createGeneratedText, type GeneratedText } from './generated-text.ts';
import { randomNumbers } from './random.ts';

/** Of each article, so that sizes can be given in passages. */
export const passagesPerArticle = 4;

const sentencesPerPassage = 5;
const publishers = 40;

/** Settings of {@link generatedArticles} and {@link generatedQuestions}. */
export interface GeneratedOptions {
  /** Folder of real articles with subfolders `en` and `vi`, whose sentences are the patterns. */
  readonly corpus: string;
  /** Rounded down to whole articles of {@link passagesPerArticle}. */
  readonly passages: number;
  readonly seed?: number;
}

/** An article without its vectors. */
type Written = Pick<IndexedArticle, 'article' | 'passages'>;

/**
 * Articles ready to be put into an index: texts that read like the corpus, three of five in English, with dates of
 * sixteen years and forty publishers, a few of which have most; and vectors of a thousand topics. The same for the same
 * options. None is a copy of another.
 */
export function* generatedArticles({
  dimensions,
  ...options
}: GeneratedOptions & { readonly dimensions: number }): Generator<IndexedArticle> {
  const { corpus, passages, seed = 1 } = options;
  const text = createGeneratedText(corpus);
  const vectors = createClusteredVectors({ dimensions, seed });
  const random = randomNumbers(seed);
  for (let number = 0; number < Math.floor(passages / passagesPerArticle); number += 1) {
    const written = writeArticle(text, number, seed);
    const passageVectors = written.passages.map(() => vectors.near(number));
    yield {
      ...written,
      passageVectors,
      sentenceVectors: written.passages.map(({ sentences }, index) =>
        sentences.map(() => vectors.beside(passageVectors[index] ?? [])),
      ),
      signature: Uint32Array.from({ length: permutations }, () => random() * 2 ** 32),
    };
  }
}

/** Questions about generated articles, in the language of each; each about another place in the articles. */
export function generatedQuestions({
  corpus,
  passages,
  seed = 1,
  count,
}: GeneratedOptions & { readonly count: number }): string[] {
  const text = createGeneratedText(corpus);
  const random = randomNumbers(seed + 7_919);
  const articles = Math.max(1, Math.floor(passages / passagesPerArticle));
  return Array.from({ length: count }, () => {
    const { article, passages: written } = writeArticle(text, Math.floor(random() * articles), seed);
    const sentences = written.flatMap((passage) => passage.sentences);
    const { start, end } = sentences[Math.floor(random() * sentences.length)] ?? { start: 0, end: 0 };
    const excerpt = text.excerpt(article.text.slice(start, end), random);
    return article.language === 'en' ? `What is said about ${excerpt}?` : `${excerpt} như thế nào?`;
  });
}

/** Article `number`, which depends on nothing else. */
function writeArticle(generated: GeneratedText, number: number, seed: number): Written {
  const random = randomNumbers(seed * 1_000_003 + number);
  const language: Language = number % 5 < 3 ? 'en' : 'vi';
  const paragraphs = Array.from({ length: passagesPerArticle }, () =>
    Array.from({ length: sentencesPerPassage }, () => generated.sentence(language, random)),
  );
  const text = paragraphs.map((sentences) => sentences.join(' ')).join('\n\n');
  const version = sha256(text);
  const id = `generated-${number}`;
  const article = {
    id,
    version,
    title: generated.excerpt(paragraphs[0]?.[0] ?? '', random),
    language,
    text,
    headings: [],
    publishedAt: new Date(Date.UTC(2010, 0, 1 + Math.floor(random() * 16 * 365))).toISOString().slice(0, 10),
    publisher: `Gazette ${Math.floor(publishers * random() ** 2)}`,
  };
  let start = 0;
  const passages = paragraphs.map((sentences): Passage => {
    const spans = sentences.map((sentence) => {
      const span = { start, end: start + sentence.length };
      start = span.end + 1;
      return span;
    });
    start += 1;
    const span = { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 };
    return {
      ...span,
      id: passageId(article, span),
      articleId: id,
      articleVersion: version,
      sentences: spans,
      headingPath: [],
    };
  });
  return { article, passages };
}
