import type { FoundBy } from '../../domain/article.ts';
import type { FoundMetadata } from './document.ts';

type Values = {
  readonly [Key in keyof Omit<FoundMetadata, 'found' | 'sources'>]?: FoundMetadata[Key] | undefined;
};

/** Joins what was found in several ways and notes which way each member was found. The first way wins. */
export function withFound(ways: Readonly<Partial<Record<FoundBy, Values>>>): FoundMetadata {
  const metadata: Record<string, unknown> = {};
  const found: Record<string, string> = {};
  for (const [way, values] of Object.entries(ways)) {
    for (const [field, value] of Object.entries(values)) {
      if (value === undefined || value === '' || field in metadata) continue;
      metadata[field] = value;
      if (field !== 'id') found[field] = way;
    }
  }
  return { ...metadata, found };
}
