import type { Span } from '../../domain/span.ts';

/** Most spans that one address may name. */
const mostSpans = 50;

/**
 * The spans that `?cite=start-end` names in `text`, and how many of its values name none. A span is in UTF-16 code
 * units, end exclusive; it holds more than white space and cuts no character in two.
 */
export function citedSpans(values: readonly string[], text: string): { spans: Span[]; invalid: number } {
  const spans = new Map<string, Span>();
  let invalid = Math.max(0, values.length - mostSpans);
  for (const value of values.slice(0, mostSpans)) {
    const span = spanOf(value, text);
    if (span) spans.set(value, span);
    else invalid += 1;
  }
  return { spans: [...spans.values()], invalid };
}

function spanOf(value: string, text: string): Span | undefined {
  const [, from, to] = /^(0|[1-9]\d{0,8})-([1-9]\d{0,8})$/u.exec(value) ?? [];
  const [start, end] = [Number(from), Number(to)];
  const isInside = from !== undefined && start < end && end <= text.length;
  if (!isInside || text.slice(start, end).trim() === '') return undefined;
  return cutsCharacter(text, start) || cutsCharacter(text, end) ? undefined : { start, end };
}

/** Whether `offset` lies between the two halves of a surrogate pair. */
function cutsCharacter(text: string, offset: number): boolean {
  const pair = text.slice(Math.max(0, offset - 1), offset + 1);
  return offset > 0 && pair.length === 2 && (pair.codePointAt(0) ?? 0) > 0xffff;
}
