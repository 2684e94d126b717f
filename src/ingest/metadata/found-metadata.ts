import type { ArticleField, FoundBy, FoundFields } from '../../domain/article.ts';
import { normaliseLine } from '../clean/characters.ts';
import type { FoundMetadata } from '../extract/document.ts';
import { maxTitleLength } from '../limits.ts';

/** Most entries of what an article names as its sources. */
const maxSources = 100;

const fields = ['title', 'language', 'publishedAt', 'sourceUrl', 'publisher', 'author'] as const;

/** Metadata that say of each member how it was found. */
export type KnownMetadata = Pick<FoundMetadata, ArticleField | 'sources'> & { readonly found: FoundFields };

/** A value with the way in which it was found. */
export interface Finding {
  readonly value: string;
  readonly by: FoundBy;
}

/** The metadata that `findings` make; members without a value are left out. */
export function fromFindings(
  findings: Readonly<Partial<Record<ArticleField, Finding | undefined>>>,
): KnownMetadata {
  const members: Partial<Record<ArticleField, string>> = {};
  const found: Partial<Record<ArticleField, FoundBy>> = {};
  for (const field of fields) {
    const finding = findings[field];
    if (finding === undefined) continue;
    members[field] = finding.value;
    found[field] = finding.by;
  }
  return { ...members, found };
}

/** `metadata` with its lines normalised and bounded; members that do not say how they were found are found by `by`. */
export function knownMetadata(metadata: FoundMetadata | undefined, by: FoundBy): KnownMetadata {
  const findings: Partial<Record<ArticleField, Finding>> = {};
  for (const field of fields) {
    const value = boundedLine(metadata?.[field]);
    if (value !== undefined) findings[field] = { value, by: metadata?.found?.[field] ?? by };
  }
  const sources = (metadata?.sources ?? []).flatMap((source) => boundedLine(source) ?? []);
  return {
    ...fromFindings(findings),
    ...(sources.length > 0 && { sources: sources.slice(0, maxSources) }),
  };
}

/** Of each member, the first that is known. What an article names as its sources comes from one place. */
export function firstKnown(...all: readonly KnownMetadata[]): KnownMetadata {
  const findings: Partial<Record<ArticleField, Finding>> = {};
  for (const field of fields) {
    for (const metadata of all) {
      const value = metadata[field];
      const by = metadata.found[field];
      if (value !== undefined && by !== undefined) findings[field] ??= { value, by };
    }
  }
  const sources = all.find((metadata) => metadata.sources !== undefined)?.sources;
  return { ...fromFindings(findings), ...(sources !== undefined && { sources }) };
}

/** One line without control or invisible characters, in at most {@link maxTitleLength} code units unless an address. */
function boundedLine(value: string | undefined): string | undefined {
  const line = normaliseLine(value ?? '');
  if (line === '') return undefined;
  if (line.length <= maxTitleLength || /^https?:\/\//iu.test(line)) return line;
  return `${line
    .slice(0, maxTitleLength - 1)
    .replace(/\p{Cs}$/u, '')
    .trimEnd()}…`;
}
