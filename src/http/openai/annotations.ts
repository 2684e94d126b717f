import type { Request } from 'express';
import type { z } from 'zod';

import type { Answer, AnswerSentence } from '../../domain/answer.ts';
import type { Citation } from '../../domain/citation.ts';
import { safeUrl } from '../pages/safe-url.ts';
import type { responseAnnotationSchema } from './result-schemas.ts';

/** A footnote of one sentence, flat as in the responses interface. */
export type Annotation = z.infer<typeof responseAnnotationSchema>;

/** Makes the address of a page of this server absolute. */
export type ToAbsolute = (path: string) => string;

/** Addresses of this server as whoever sent `request` reaches it, below the `basePath` that a proxy adds. */
export function absoluteFor(request: Pick<Request, 'protocol' | 'host'>, basePath = ''): ToAbsolute {
  const base = `${request.protocol}://${request.host}`;
  // A client of HTTP/1.0 may name no host, and one may name nonsense: then a path must do.
  const isKnown = Boolean(request.host) && URL.canParse(base);
  return (path) => (isKnown ? new URL(basePath + path, base).href : basePath + path);
}

/** One annotation for each footnote of a sentence, in the order of its markers. */
export function annotationsOf(
  { start, end, citations: numbers }: AnswerSentence,
  citations: ReadonlyMap<number, Citation>,
  toAbsolute: ToAbsolute,
): Annotation[] {
  return numbers.flatMap((n) => {
    const citation = citations.get(n);
    if (!citation) return [];
    const { title, links } = citation;
    const url = safeUrl(links.original) ?? toAbsolute(links.reader);
    return {
      type: 'url_citation' as const,
      start_index: start,
      end_index: end,
      url,
      title,
      footnote: { citation },
    };
  });
}

/** The annotations of a whole answer, in the order of its markers. */
export function allAnnotations({ sentences, citations }: Answer, toAbsolute: ToAbsolute): Annotation[] {
  const byNumber = new Map(citations.map((citation) => [citation.n, citation]));
  return sentences.flatMap((sentence) => annotationsOf(sentence, byNumber, toAbsolute));
}
