import type { DocumentInterface } from '@langchain/core/documents';

/** Documents by the label of their vector. */
export interface DocumentTable {
  get(label: number): DocumentInterface | undefined;
  label(id: string): number | undefined;
  nextLabel(): number;
  put(label: number, document: DocumentInterface): void;
  remove(label: number): void;
  entries(): Iterable<[label: number, document: DocumentInterface]>;
}

/** Documents in memory. */
export function createDocumentTable(
  initial: Iterable<[label: number, document: DocumentInterface]> = [],
): DocumentTable {
  const documents = new Map<number, DocumentInterface>();
  const labels = new Map<string, number>();
  let next = 0;

  function put(label: number, document: DocumentInterface): void {
    documents.set(label, document);
    if (document.id !== undefined) labels.set(document.id, label);
    next = Math.max(next, label + 1);
  }

  for (const [label, document] of initial) put(label, document);
  return {
    get: (label) => documents.get(label),
    label: (id) => labels.get(id),
    nextLabel: () => next,
    put,
    remove(label) {
      const id = documents.get(label)?.id;
      if (id !== undefined) labels.delete(id);
      documents.delete(label);
    },
    entries: () => documents.entries(),
  };
}
