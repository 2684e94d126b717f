import type { IndexedArticle } from '../domain/ports.ts';

/**
 * Checks that the parts of `entry` belong together.
 *
 * @throws RangeError when a passage or sentence lies outside of the text, belongs to another article, or has
 * no vector; or when the text has half a surrogate pair, which UTF-8 cannot store.
 */
export function checkIndexedArticle({ article, passages, ...vectors }: IndexedArticle): void {
  const wrong = (problem: string) => new RangeError(`Article ${article.id} cannot be indexed: ${problem}.`);
  // Without its partner a surrogate is matched alone in a Unicode pattern.
  if (/\p{Surrogate}/u.test(article.text)) throw wrong('its text has half a surrogate pair');
  if (passages.length !== vectors.passageVectors.length) {
    throw wrong(`it has ${vectors.passageVectors.length} vectors for ${passages.length} passages`);
  }
  for (const [index, passage] of passages.entries()) {
    if (passage.articleId !== article.id || passage.articleVersion !== article.version) {
      throw wrong(`passage ${passage.id} belongs to another article or version`);
    }
    for (const { start, end } of [passage, ...passage.sentences]) {
      if (!(start >= 0 && start <= end && end <= article.text.length)) {
        throw wrong(`passage ${passage.id} has the span ${start}-${end}, outside of the text`);
      }
    }
    const given = vectors.sentenceVectors[index]?.length ?? 0;
    if (given !== passage.sentences.length) {
      throw wrong(`passage ${passage.id} has ${given} vectors for ${passage.sentences.length} sentences`);
    }
  }
}
