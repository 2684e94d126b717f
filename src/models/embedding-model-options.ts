import type { Language } from '../domain/language.ts';

/** Where embeddings come from. */
export type EmbeddingModelOptions = {
  /** Put before every question, e.g. `query: ` for E5 models; may be empty. */
  readonly queryPrefix: string;
  /** Put before every passage, e.g. `passage: `; may be empty. */
  readonly passagePrefix: string;
  /** Languages in which similarity is trusted; absent means what the model is known for. */
  readonly languages?: readonly Language[] | undefined;
  /** Worker threads of a local model; absent means one per core. */
  readonly workers?: number;
} & (
  | { readonly kind: 'bundled' }
  | { readonly kind: 'onnx'; readonly folder: string }
  | { readonly kind: 'openai'; readonly model: string; readonly apiKey?: string; readonly baseUrl?: string }
);

/** The member of {@link EmbeddingModelOptions} of one kind. */
export type OptionsOf<Kind extends EmbeddingModelOptions['kind']> = Extract<
  EmbeddingModelOptions,
  { readonly kind: Kind }
>;
