import type { Answer } from '../../domain/answer.ts';
import type { Article } from '../../domain/article.ts';
import { createBreather } from '../../domain/breather.ts';
import type { Language } from '../../domain/language.ts';
import type { PassageIndex } from '../../domain/ports.ts';
import { spansOverlap } from '../../domain/span.ts';
import { type QuestionIdea, questionIdeas } from './question-templates.ts';

/** How many questions are suggested, and how much work finding them may be. */
export const suggestionLimits = {
  questions: 6,
  /** Newest articles that are read. */
  articles: 80,
  /** Ideas of one article that are tried. */
  ideasPerArticle: 4,
  /** Ideas that are tried in all. */
  tries: 40,
} as const;

/** What {@link suggestQuestions} works with. */
export interface SuggestOptions {
  readonly index: PassageIndex;
  readonly language: Language;
  /** Answers from `index`, without a chat model and without a trace. */
  readonly ask: (question: string) => Promise<Answer>;
}

/**
 * Questions in `language` that the index surely answers, at most one of each article, the newest articles' first.
 * Each has been asked: its answer is supported throughout and quotes that article. The same index gives the same ones.
 *
 * @throws what `ask` throws.
 */
export async function suggestQuestions({ index, language, ask }: SuggestOptions): Promise<string[]> {
  const found: string[] = [];
  let tries = 0;
  // Nobody waits for these as whoever asks a question does.
  const breathe = createBreather();
  const summaries = await index.articles({ languages: [language] }, { limit: suggestionLimits.articles });
  for (const { id } of summaries) {
    const article = await index.article(id);
    const ideas = article ? questionIdeas(article).slice(0, suggestionLimits.ideasPerArticle) : [];
    for (const idea of ideas) {
      if (found.length === suggestionLimits.questions || tries === suggestionLimits.tries) return found;
      if (found.includes(idea.question)) continue;
      tries += 1;
      await breathe();
      if (article && isAnswered(await ask(idea.question), idea, article)) {
        found.push(idea.question);
        break;
      }
    }
  }
  return found;
}

function isAnswered(answer: Answer, { source }: QuestionIdea, article: Article): boolean {
  return (
    answer.outcome === 'answered' &&
    answer.sentences.every(({ verdict }) => verdict === 'supported') &&
    answer.citations.some(
      (citation) =>
        citation.articleId === article.id && (source === undefined || spansOverlap(citation.source, source)),
    )
  );
}
