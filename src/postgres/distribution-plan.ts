/**
 * Tables by what their rows belong to, for Citus: all rows of one article, one answer and so on are on one server, so that
 * what joins them stays there. The first of a group comes before those that refer to it.
 */
export const distributionPlan: readonly (readonly [string, ...string[]])[] = [
  // By article. What is one row or one queue for all is shard 0 of the same.
  [
    'articles',
    'passages',
    'passage_vectors',
    'passage_terms',
    'copy_texts',
    'copy_groups',
    'copy_bands',
    'copy_pairs',
    'index_state',
    'batches',
    'batch_removals',
  ],
  // By language and term.
  ['terms'],
  // By path.
  ['sources', 'files'],
  // By answer.
  ['answers', 'answer_articles', 'quotes', 'feedback'],
  // By article, as answers quote it.
  ['quoted_articles'],
  // By conversation.
  ['conversations', 'exchanges'],
  // The queue, which is in one place.
  ['jobs', 'job_files', 'reading_rules'],
  // By article that stays away, by source, by key.
  ['withdrawals'],
  ['source_looks'],
  ['requests'],
  ['request_counts'],
  ['keys'],
];

/** A table to be distributed, with the SQL that does it. */
export interface Distribution {
  readonly table: string;
  /** One row when it does something; none when the table is distributed already. */
  readonly statement: string;
}

/**
 * What spreads the tables of a schema over the servers of a Citus cluster, in the order in which it has to be done.
 *
 * @param schema - a name that needs no quotes.
 */
export function distributions(schema: string): readonly Distribution[] {
  return distributionPlan.flatMap(([leader, ...others]) => [
    distribution(schema, leader, 'none'),
    ...others.map((table) => distribution(schema, table, `${schema}.${leader}`)),
  ]);
}

function distribution(schema: string, table: string, colocateWith: string): Distribution {
  const name = `${schema}.${table}`;
  const statement =
    `SELECT create_distributed_table('${name}', 'shard', colocate_with => '${colocateWith}')\n` +
    `WHERE NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = '${name}'::regclass)`;
  return { table, statement };
}
