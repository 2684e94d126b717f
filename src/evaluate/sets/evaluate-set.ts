import { createAssistant } from '../../assistant.ts';
import type { Config } from '../../config.ts';
import type { Assistant } from '../../domain/assistant.ts';
import { askWatched } from '../ask-watched.ts';
import type { EvaluationOptions, EvaluationReport, Failure } from '../report.ts';
import { sampleEvenly } from '../sample.ts';
import { documentArticles } from './document-articles.ts';
import { judgeQuery, type QueryOutcome } from './judge-query.ts';
import { readQuestionSet } from './question-set.ts';
import { setIndex } from './set-index.ts';
import { setTables } from './set-tables.ts';

/** Passages searched for; a document has several, and ten documents are looked at. */
const searchedPassages = 30;

/** Documents that are looked at. */
const rankedDocuments = 10;

/** What {@link evaluateSet} works with. */
export interface SetOptions extends EvaluationOptions {
  /** The settings to evaluate; their corpus and index are left alone. */
  readonly config: Config;
  /** A folder with `corpus.jsonl` and `queries.jsonl`. */
  readonly dir: string;
  /** Where the indexes of sets are kept between runs; the system's folder for temporary files when absent. */
  readonly cacheDir?: string;
}

/**
 * Indexes the documents of a question set, or finds the index that an earlier run left, and asks its questions.
 *
 * @throws FootnoteError `configuration` when the set cannot be read; what an assistant throws.
 */
export async function evaluateSet(options: SetOptions): Promise<EvaluationReport> {
  const { config, dir, cacheDir, limit, onProgress, signal } = options;
  const set = await readQuestionSet(dir);
  const { articles, documentIds } = documentArticles(set.documents);
  const indexDir = await setIndex({
    name: set.name,
    articles,
    config,
    ...(cacheDir !== undefined && { cacheDir }),
    onProgress: (done, total) => onProgress?.(`${set.name}: embedding`, done, total),
    ...(signal && { signal }),
  });
  const queries = sampleEvenly(set.queries, limit);
  const assistant = await createAssistant({ ...config, indexDir, answerRetentionDays: 0 });
  try {
    // The first question opens the index and starts the model, which is not its fault.
    await assistant.search({ query: 'warm' });
    const outcomes: QueryOutcome[] = [];
    for (const query of queries) {
      const answer = await askWatched(assistant, { question: query.text }, signal);
      const documents = await findDocuments(assistant, query.text, documentIds, signal);
      outcomes.push(judgeQuery(query, documents, answer));
      onProgress?.(`${set.name}: asking`, outcomes.length, queries.length);
    }
    return { name: set.name, tables: setTables(outcomes), failures: outcomes.flatMap(failureOf) };
  } finally {
    await assistant.close();
  }
}

async function findDocuments(
  assistant: Assistant,
  query: string,
  documentIds: ReadonlyMap<string, string>,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const found = await assistant.search({ query, topK: searchedPassages }, signal ? { signal } : {});
  const ids = found.map(({ article }) => documentIds.get(article.id) ?? article.id);
  return Array.from(new Set(ids)).slice(0, rankedDocuments);
}

function failureOf({ query, ranking, abstained, belief, citations, hits }: QueryOutcome): Failure[] {
  const { id, type, text: question } = query;
  const cited = citations.map(({ articleId, quote }) => `${articleId}: ${quote}`);
  const fail = (problem: string) => [
    { id, type, question, problem: `${problem} (belief ${belief.toFixed(2)})`, cited },
  ];
  if (!query.answerable) return abstained ? [] : fail('answered, though the documents do not say');
  const rank = ranking.indexOf(true);
  const where = rank === -1 ? 'gold document not found' : `gold document ${rank + 1}`;
  const wanted = `wanted ${query.answers.map((answer) => `“${answer}”`).join(' or ')}; ${where}`;
  if (abstained) return fail(`declined; ${wanted}`);
  return hits === undefined || hits.includes(true) ? [] : fail(`the answer is not cited; ${wanted}`);
}
