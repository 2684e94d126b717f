import type { FoundFields } from '../../domain/article.ts';

/** A piece of an article's body as a format yields it. `text` is one line. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'item'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string; readonly level: number };

/** What a format says of the article beside its body. Dates are `YYYY-MM-DD`, URLs absolute `http(s)`. */
export interface FoundMetadata {
  readonly id?: string;
  readonly title?: string;
  readonly language?: string;
  readonly publishedAt?: string;
  readonly sourceUrl?: string;
  readonly publisher?: string;
  readonly author?: string;
  readonly sources?: readonly string[];
  /** How the members above were found. */
  readonly found?: FoundFields;
}

/** An article in the shape common to all formats. Most files hold one; tables and lists hold many. */
export interface ExtractedDocument {
  /** Tells it from the other articles of its file, such as the number of its row; absent where it is the only one. */
  readonly key?: string;
  readonly blocks: readonly Block[];
  readonly metadata: FoundMetadata;
  /** True when the format has no headings of its own, so that they are guessed from the lines. */
  readonly guessHeadings: boolean;
  /** When the program that wrote the file says that it was made, `YYYY-MM-DD`: often later than its text. */
  readonly createdAt?: string;
}
