import { z } from 'zod';

import { webSourceKinds } from '../../domain/ingest-admin.ts';
import { givenMetadataSchema } from './sidecar.ts';

/** Of the folder that a job is kept in; sorts by time. */
export const jobIdSchema = z.string().regex(/^\d{8}T\d{9}Z-[0-9a-z]{4}-[0-9a-f]{8}$/u);

const stagedFileSchema = z.object({
  /** Under which it will be kept. */
  name: z.string().min(1).max(200),
  /** In the folder of the job. */
  staged: z.string().regex(/^\d+$/u),
  given: givenMetadataSchema.exactOptional(),
});

/** What is to be done. */
export const jobTaskSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('add'), files: z.array(stagedFileSchema) }),
  z.object({ type: z.literal('fetch'), url: z.url().max(4_000), kind: z.enum(webSourceKinds) }),
  z.object({ type: z.literal('delete'), articleId: z.string().min(1), purge: z.boolean() }),
  z.object({ type: z.literal('restore'), articleId: z.string().min(1) }),
  z.object({ type: z.literal('update') }),
  /** Files of the corpus that are new, changed or gone. */
  z.object({ type: z.literal('read'), paths: z.array(z.string().min(1)).min(1) }),
]);

/** A job that was accepted, as kept in `.incoming/<id>/job.json` until it is done. */
export const stagedJobSchema = z.object({
  id: jobIdSchema,
  createdAt: z.iso.datetime(),
  subject: z.array(z.string()),
  task: jobTaskSchema,
});

/** See {@link stagedFileSchema}. */
export type StagedFile = z.infer<typeof stagedFileSchema>;
/** See {@link jobTaskSchema}. */
export type JobTask = z.infer<typeof jobTaskSchema>;
/** See {@link stagedJobSchema}. */
export type StagedJob = z.infer<typeof stagedJobSchema>;
