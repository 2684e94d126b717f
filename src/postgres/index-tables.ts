/** Tables that the index consists of; the others hold the corpus, jobs, and what is kept of those who ask. */
export const indexTables = [
  'articles',
  'passages',
  'passage_vectors',
  'passage_terms',
  'terms',
  'sources',
  'copy_texts',
  'copy_bands',
  'copy_pairs',
  'copy_groups',
] as const;
