import type { AnswerEvent } from '../domain/answer-event.ts';
import { inStage } from '../domain/answer-stage.ts';
import type { AnswerSentence, Usage } from '../domain/answer.ts';
import { FootnoteError } from '../domain/errors.ts';
import type { Glossary } from '../retrieve/glossary.ts';
import type { RetrievedJob } from './answer-job.ts';
import { checkDraft } from './check-draft.ts';
import { createCitationList } from './citation-list.ts';
import { conclude } from './conclude.ts';
import { toAnswerEvidence, finishAnswer } from './finish-answer.ts';
import type { SentenceJudge } from './sentence-judge.ts';
import { type QuoteTranslator, translateCitations } from './translate-citations.ts';
import type { DraftSentence, Writer } from './writer.ts';

/** Most sentences of one reply. */
const maximumSentences = 40;

/** What {@link composeAnswer} works with. */
export interface ComposeOptions {
  readonly job: RetrievedJob;
  /** The first one writes; each next one takes over where the one before it fails. At least one. */
  readonly writers: readonly Writer[];
  /** Compares replies with quotations in the other language. */
  readonly glossary: Glossary;
  /** Puts translations beside quotations that are not in the language of the reply. */
  readonly quoteTranslator?: QuoteTranslator | undefined;
  readonly signal?: AbortSignal;
}

/**
 * Turns drafts into the answer's events: resolves each sentence's sources into footnotes, verifies it, and
 * streams it as soon as it stands. Sentences that a failed writer finished are kept: each has been verified.
 *
 * @throws the signal's reason when it is aborted, and what the last writer throws.
 */
export async function* composeAnswer({
  job,
  writers,
  glossary,
  quoteTranslator: translator,
  signal,
}: ComposeOptions): AsyncGenerator<AnswerEvent> {
  yield {
    type: 'answer-start',
    id: job.id,
    question: job.request.question,
    standaloneQuestion: job.standaloneQuestion,
    language: job.language,
  };
  const evidence = job.evidence.map(toAnswerEvidence);
  yield { type: 'evidence', evidence };

  const citations = createCitationList();
  const sentences: AnswerSentence[] = [];
  const said = new Set<string>();
  let text = '';
  let usage: Usage | undefined;
  let droppedCitations = 0;
  let removedSentences = 0;
  let author: Writer | undefined;
  let degraded = false;

  async function* add(draft: DraftSentence, judge?: SentenceJudge): AsyncGenerator<AnswerEvent> {
    // The writer that takes over need not repeat what the failed one had already cited.
    if (degraded && sentences.length > 0 && citations.hasAll(draft.sources)) return;
    // A model that loops says nothing new.
    if (said.has(draft.text) || sentences.length >= maximumSentences) return;
    said.add(draft.text);
    const { language } = job;
    const checked = await inStage(job.onStage, 'verify', () =>
      checkDraft({ draft, language, glossary, judge, signal }),
    );
    const { sources, verification, idleSources } = checked;
    droppedCitations += draft.droppedCitations + idleSources;
    const isBorne = verification.verdict === 'supported' || verification.verdict === 'partial';
    if (job.request.strict && !isBorne) {
      removedSentences += 1;
      return;
    }
    const numbers = citations.number(sources);
    const gap = text === '' ? '' : draft.startsParagraph ? '\n\n' : ' ';
    const start = text.length + gap.length;
    const span = { start, end: start + draft.text.length };
    const markers = numbers.length > 0 ? ` ${numbers.map((n) => `[${n}]`).join('')}` : '';
    const delta = `${gap}${draft.text}${markers}`;
    text += delta;
    yield { type: 'text-delta', delta };

    for (const citation of citations.resolve(sources, span, verification)) {
      yield { type: 'citation', citation };
    }
    const { verdict, judgedBy } = verification;
    const sentence = { ...span, verdict, ...(judgedBy && { judgedBy }), citations: numbers };
    sentences.push(sentence);
    yield { type: 'sentence-verdict', sentence };
  }

  for (const [attempt, writer] of writers.entries()) {
    const judge = writer.startJudge?.();
    try {
      for await (const draft of writer.write({
        question: job.standaloneQuestion,
        history: job.request.history ?? [],
        language: job.language,
        evidence: job.evidence,
        candidates: job.candidates,
        parts: job.parts,
        questions: job.questions,
        questionLanguage: job.questionLanguage,
        ...(signal && { signal }),
      })) {
        signal?.throwIfAborted();
        if (draft.type === 'sentence') {
          // Who wrote the first sentence answers for the whole; `degraded` tells that another had to finish.
          author ??= writer;
          yield* add(draft, judge);
        } else if (draft.type === 'usage') usage = draft.usage;
      }
      // A reply that points at nothing is the model's own knowledge, and one that was removed whole is none:
      // then the articles' own sentences answer.
      const points = sentences.some(({ verdict }) => verdict !== 'uncited');
      if (points || (sentences.length === 0 && removedSentences === 0)) break;
      degraded = true;
    } catch (error) {
      signal?.throwIfAborted();
      const isLast = attempt === writers.length - 1;
      if (isLast || !(error instanceof FootnoteError)) throw error;
      degraded = true;
    }
  }

  const conclusion = conclude({
    job,
    citations: citations.all,
    isWritten: sentences.length > 0,
    writer: author?.name ?? 'extractive',
  });
  if (conclusion.remark !== undefined) {
    const delta = `${text === '' ? '' : '\n\n'}${conclusion.remark}`;
    text += delta;
    yield { type: 'text-delta', delta };
  }
  const { language } = job;
  const cited = { citations: citations.all, evidence, language, signal };
  const answer = finishAnswer({
    job,
    evidence,
    text,
    conclusion,
    degraded,
    sentences,
    citations: translator ? await translateCitations({ ...cited, translator }) : citations.all,
    droppedCitations,
    removedSentences,
    author: author ?? writers.at(degraded ? -1 : 0),
  });
  yield { type: 'answer-end', answer, ...(usage && { usage }) };
}
