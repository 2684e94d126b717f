import { createHash } from 'node:crypto';

import type { Article } from './article.ts';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256 of `text` in UTF-8, 64 hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * SHA-256 over an article with its metadata: equal exactly when nothing of it changed.
 *
 * @param splitter - version of the rules that split articles into passages; raising it re-indexes everything.
 */
export function articleFingerprint(article: Article, splitter: string): string {
  return sha256(canonicalJson({ splitter, article }));
}
