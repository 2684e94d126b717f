/** The wire format of answers is the domain's own shape, serialised as JSON; the widget sees types only. */
export type { Answer, AnswerRequest, AnswerSentence, NearestArticle } from '../domain/answer.ts';
export type { AnswerEvent } from '../domain/answer-event.ts';
export type { Citation, Verdict } from '../domain/citation.ts';
export type { Article } from '../domain/article.ts';
export type { Turn } from '../domain/conversation.ts';
export type { Feedback } from '../domain/feedback.ts';
export type { Language } from '../domain/language.ts';
export type { Problem } from '../domain/problem.ts';
