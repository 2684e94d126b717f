import { z } from 'zod';

import { FootnoteError } from '../../domain/errors.ts';
import { type Language, languages } from '../../domain/language.ts';
import type { GenerationInfo } from '../../domain/ports.ts';
import type { Sql } from '../../postgres/database.ts';
import { whole } from '../../postgres/rows.ts';
import { indexFormat } from '../manifest.ts';
import { type Snapshot, snapshotRow } from './snapshot.ts';

/** Counts of a generation: see the column `content` of `index_state`. */
export type IndexContent = z.infer<typeof contentSchema>;

/** The current generation. Its number is 0 as long as nothing has ever been committed. */
export interface IndexState {
  readonly number: number;
  readonly id: string;
  readonly createdAt: string;
  readonly embeddingModel: string;
  readonly dimensions: number;
  readonly format: number;
  readonly content: IndexContent;
  readonly snapshot: Snapshot;
}

/** The model whose vectors an index holds. */
export interface IndexModel {
  readonly id: string;
  readonly dimensions: number;
}

const count = z.int().min(0);
const contentSchema = z.object({
  articles: count,
  languages: z.partialRecord(z.enum(languages), z.object({ passages: count, tokens: count })),
});
const contentColumn = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(contentSchema);

const stateRow = z
  .object({
    generation: whole,
    generation_id: z.string(),
    created_at: z.string(),
    embedding_model: z.string(),
    dimensions: z.int(),
    format: z.int(),
    content: contentColumn,
  })
  .and(snapshotRow);

const columns = `generation, generation_id, created_at, embedding_model, dimensions, format, content,
  next_batch, pending`;

const emptyContent = JSON.stringify({ articles: 0, languages: {} });

/** The current generation; undefined where no writer has ever begun. */
export async function readState(sql: Sql): Promise<IndexState | undefined> {
  const [row] = await sql.query(`SELECT ${columns} FROM index_state WHERE shard = 0`);
  return row === undefined ? undefined : toState(row);
}

/**
 * The same, locked until the transaction ends: whoever begins or commits a batch does so first of all, and alone. Where there is
 * none, or none was ever committed, it becomes one of `model`.
 *
 * @throws FootnoteError `configuration` when the index is of another model or format.
 */
export async function lockState(sql: Sql, model: IndexModel): Promise<IndexState> {
  await sql.query(
    `INSERT INTO index_state (shard, generation, generation_id, created_at, next_batch, pending, format,
       embedding_model, dimensions, content)
     VALUES (0, 0, '', '', 1, '{}', $1, $2, $3, $4) ON CONFLICT (shard) DO NOTHING`,
    [indexFormat, model.id, model.dimensions, emptyContent],
  );
  const [row] = await sql.query(`SELECT ${columns} FROM index_state WHERE shard = 0 FOR UPDATE`);
  const state = toState(row);
  if (state.number > 0) {
    checkModel(state, model);
    return state;
  }
  await sql.query(
    'UPDATE index_state SET embedding_model = $1, dimensions = $2, format = $3 WHERE shard = 0 AND generation = 0',
    [model.id, model.dimensions, indexFormat],
  );
  return { ...state, embeddingModel: model.id, dimensions: model.dimensions, format: indexFormat };
}

/** @throws FootnoteError `configuration` when the index is of another model or format. */
export function checkModel({ embeddingModel, format, dimensions }: IndexState, model: IndexModel): void {
  if (format !== indexFormat) {
    throw new FootnoteError(
      'configuration',
      `The index in the database has format ${format}, but this version of Footnote writes format ${indexFormat}.`,
      {
        remedy:
          'Name another schema with STORE_SCHEMA and run npm run -s ingest, or start the version that made it.',
      },
    );
  }
  if (embeddingModel === model.id && dimensions === model.dimensions) return;
  throw new FootnoteError(
    'configuration',
    `The index in the database was built with the embedding model ${embeddingModel} (${dimensions} dimensions), ` +
      `but ${model.id} (${model.dimensions} dimensions) is configured.`,
    { remedy: 'Name another schema with STORE_SCHEMA and run npm run -s ingest, or set EMBEDDINGS back.' },
  );
}

/** What callers are told of a generation. */
export function generationInfo(state: IndexState): GenerationInfo {
  const { id, createdAt, embeddingModel, dimensions, content } = state;
  const passages: Partial<Record<Language, number>> = {};
  let total = 0;
  for (const language of languages) {
    const counts = content.languages[language];
    if (!counts || counts.passages === 0) continue;
    passages[language] = counts.passages;
    total += counts.passages;
  }
  return {
    id,
    createdAt,
    embeddingModel,
    dimensions,
    articles: content.articles,
    passages: total,
    languages: passages,
  };
}

function toState(row: unknown): IndexState {
  const parsed = stateRow.parse(row);
  return {
    number: parsed.generation,
    id: parsed.generation_id,
    createdAt: parsed.created_at,
    embeddingModel: parsed.embedding_model,
    dimensions: parsed.dimensions,
    format: parsed.format,
    content: parsed.content,
    snapshot: { next: parsed.next, pending: parsed.pending },
  };
}
