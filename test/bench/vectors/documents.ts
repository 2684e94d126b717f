import { Document } from '@langchain/core/documents';
import { z } from 'zod';

const metadataSchema = z.object({ label: z.number() });

/** For stores that are given vectors and never texts. */
export const noEmbeddings = {
  embedDocuments: () => Promise.reject(new Error('Only vectors are stored here.')),
  embedQuery: () => Promise.reject(new Error('Only vectors are searched for here.')),
};

/** A document for the vector with this number. */
export function documentOf(label: number): Document {
  return new Document({ id: String(label), pageContent: `Passage ${label}.`, metadata: { label } });
}

/** The number of the vector that a document came with. */
export function labelOf(metadata: unknown): number {
  return metadataSchema.parse(metadata).label;
}
