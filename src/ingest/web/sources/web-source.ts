import { createHash } from 'node:crypto';

import { canonicalJson } from '../../../domain/canonical-json.ts';
import type { GivenMetadata } from '../../added/sidecar.ts';
import type { DocumentKind } from '../documents/document-kind.ts';
import type { Selection } from './pattern.ts';

/** What an operator may say of all pages of a source. */
export type GivenForPages = Pick<GivenMetadata, 'publisher' | 'language'>;

/** Something on the web that is looked at again and again. */
export interface WebSource extends Selection {
  readonly kind: DocumentKind;
  readonly url: string;
  /** Between two looks, in milliseconds; the usual time when absent. */
  readonly everyMs?: number;
  /** Most pages, the newest first. */
  readonly limit?: number;
  readonly given?: GivenForPages;
}

/**
 * Tells sources apart from one start to the next. A source of which other pages are wanted than before is another one: that its
 * list is as it was says nothing about those.
 */
export function sourceKey({ kind, url, include, exclude, limit, given }: WebSource): string {
  const wanted = canonicalJson({ include, exclude, limit, given });
  return `${kind} ${url} ${createHash('sha256').update(wanted).digest('hex').slice(0, 8)}`;
}
