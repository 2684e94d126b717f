import type { Span } from '../../domain/span.ts';

/** A span of an article to be highlighted. */
export interface Mark extends Span {
  /** Position among the passages that the address names, from 1; absent for those of an answer's footnotes. */
  readonly cite?: number;
  /** The number of the answer's footnote. */
  readonly footnote?: number;
}

/** A stretch of text with the marks that cover it, all of it. */
export interface Segment extends Span {
  readonly marks: readonly Mark[];
}

/** Cuts `span` where a mark begins or ends: overlapping marks become segments that several marks cover. */
export function segmentsOf(span: Span, marks: readonly Mark[]): Segment[] {
  const inside = marks.filter((mark) => mark.start < span.end && span.start < mark.end);
  const edges = new Set([span.start, span.end]);
  for (const { start, end } of inside) {
    edges.add(Math.max(start, span.start));
    edges.add(Math.min(end, span.end));
  }
  const sorted = [...edges].toSorted((a, b) => a - b);
  return sorted.slice(1).map((end, index) => {
    const start = sorted[index] ?? end;
    return { start, end, marks: inside.filter((mark) => mark.start <= start && end <= mark.end) };
  });
}
