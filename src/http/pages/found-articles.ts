import { type Evidence, sentenceText } from '../../domain/evidence.ts';
import type { Sentence } from '../../domain/passage.ts';
import type { Span } from '../../domain/span.ts';
import { searchTerms } from '../../domain/text/search-terms.ts';

/** An article that a search found, with its sentence that meets the search best. */
export interface FoundArticle {
  readonly article: Evidence['article'];
  readonly sentence: { readonly text: string; readonly source: Span };
}

/** Cosine from which a passage is related to a search of which it holds no word. Strangers reach about 0.2. */
const relatedCosine = 0.3;

/** Share of the best passage's score below which a passage is left out: any search ranks every article. */
const leastShare = 0.5;

/** The articles of `evidence`, each once, in the order of their best passages. */
export function foundArticles(evidence: readonly Evidence[], question: string): FoundArticle[] {
  const related = evidence.filter(
    ({ signals }) => signals.lexical !== undefined || (signals.dense ?? 0) >= relatedCosine,
  );
  const least = leastShare * (related[0]?.score ?? 0);
  const found = new Map<string, FoundArticle>();
  for (const passage of related) {
    const { article } = passage;
    if (passage.score < least || found.has(article.id)) continue;
    const best = bestSentence(passage, question);
    if (!best) continue;
    const { start, end } = best;
    found.set(article.id, {
      article,
      sentence: { text: sentenceText(passage, best), source: { start, end } },
    });
  }
  return [...found.values()];
}

/** The sentence with most of the search's terms; the first where none has any. Headings only where there is no other. */
function bestSentence(evidence: Evidence, question: string): Sentence | undefined {
  const { sentences } = evidence.passage;
  const { language } = evidence.article;
  const asked = new Set(searchTerms(question, language));
  const plain = sentences.filter(({ heading }) => heading !== true);
  let best: { sentence: Sentence; met: number } | undefined;
  for (const sentence of plain.length > 0 ? plain : sentences) {
    const terms = new Set(searchTerms(sentenceText(evidence, sentence), language));
    const met = [...asked].filter((term) => terms.has(term)).length;
    if (!best || met > best.met) best = { sentence, met };
  }
  return best?.sentence;
}
