import { z } from 'zod';

import type { Filters } from '../../domain/filters.ts';
import { languages } from '../../domain/language.ts';

/** What the list of articles can be asked for, as it stands in the address. */
export interface ListQuery {
  readonly question: string;
  readonly from: string;
  readonly to: string;
  readonly language: string;
  readonly publisher: string;
  /** From 1. */
  readonly page: number;
}

/** Parts of the address that say nothing that can be followed. */
export type Ignored = 'from' | 'to' | 'order' | 'language' | 'question';

/** Reads the query of `GET /articles`. A person may have typed it, so what is wrong is left out and named. */
export function readListQuery(
  query: Readonly<Record<string, unknown>>,
  maxQuestionLength: number,
): { query: ListQuery; filters: Filters; ignored: Ignored[] } {
  const asked = {
    question: word(query['q']),
    from: word(query['from']),
    to: word(query['to']),
    language: word(query['language']),
    publisher: word(query['publisher']),
  };
  const ignored: Ignored[] = [];
  const from = z.iso.date().safeParse(asked.from);
  const to = z.iso.date().safeParse(asked.to);
  const language = z.enum(languages).safeParse(asked.language);
  if (asked.from !== '' && !from.success) ignored.push('from');
  if (asked.to !== '' && !to.success) ignored.push('to');
  if (from.success && to.success && from.data > to.data) ignored.push('order');
  if (asked.language !== '' && !language.success) ignored.push('language');
  const isTooLong = asked.question.length > maxQuestionLength;
  if (isTooLong) ignored.push('question');
  return {
    query: {
      question: isTooLong ? '' : asked.question,
      from: from.data ?? '',
      to: to.data ?? '',
      language: language.data ?? '',
      publisher: asked.publisher,
      page: z.coerce.number().int().min(1).catch(1).parse(word(query['page']).slice(0, 9)),
    },
    filters: {
      ...(from.success && { publishedFrom: from.data }),
      ...(to.success && { publishedTo: to.data }),
      ...(language.success && { languages: [language.data] }),
      ...(asked.publisher !== '' && { publishers: [asked.publisher] }),
    },
    ignored,
  };
}

/** The first value of a parameter. A lone surrogate can neither be searched for nor sent as UTF-8. */
function word(value: unknown): string {
  const first: unknown = [value].flat()[0];
  return typeof first === 'string' ? first.toWellFormed().trim() : '';
}
