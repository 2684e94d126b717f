import type { Evidence } from '../domain/evidence.ts';
import type { Passage } from '../domain/passage.ts';

type Read = Pick<Evidence, 'passage' | 'text' | 'article'>;

/**
 * A function that reads a passage once, and forgets what it made with the passage: the index gives the same object to
 * one question after another for as long as it remembers it. `make` must depend on nothing but the passage, its text,
 * and the title and language of its article.
 */
export function oncePerPassage<V>(make: (evidence: Read) => V): (evidence: Read) => V {
  const made = new WeakMap<Passage, { readonly of: Read; readonly value: V }>();
  return (evidence) => {
    const known = made.get(evidence.passage);
    if (known && isSame(known.of, evidence)) return known.value;
    const { passage, text, article } = evidence;
    const value = make(evidence);
    made.set(passage, { of: { passage, text, article }, value });
    return value;
  };
}

function isSame(a: Read, b: Read): boolean {
  const isSameArticle =
    a.article === b.article ||
    (a.article.title === b.article.title && a.article.language === b.article.language);
  return isSameArticle && a.text === b.text;
}
