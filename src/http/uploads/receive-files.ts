import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Request, Response } from 'express';
import multer from 'multer';

import { FootnoteError } from '../../domain/errors.ts';
import type { GivenMetadata, SentFile } from '../../domain/ingest-admin.ts';
import type { Problem } from '../../domain/problem.ts';
import { httpProblem } from '../problems.ts';
import { articleFieldsSchema, maxFiles } from '../schemas-ingest.ts';
import { distinctNames, safeFileName } from './file-name.ts';
import { uploadProblem } from './upload-problem.ts';

export interface UploadOptions {
  /** Folder for files while they arrive; made where it is not there. */
  readonly dir: string;
  /** Bytes of one file. */
  readonly maxFileBytes: number;
  /** Bytes of all that is sent at a time. */
  readonly maxBytes: number;
}

/** Characters of what is said of the files, in one field. */
const maxFieldLength = 20_000;

/**
 * Receives the files of a form (`multipart/form-data`, in `files`), gives them to `use`, and removes them when that is over,
 * whatever happens. What cannot be received is a problem.
 *
 * @throws z.ZodError when what is said of the files is not valid; what `use` throws
 */
export async function receiveFiles(
  {
    request,
    response,
    dir,
    maxFileBytes,
    maxBytes,
  }: UploadOptions & { request: Request; response: Response },
  use: (files: readonly SentFile[]) => Promise<void>,
): Promise<Problem | undefined> {
  const announced = request.get('content-length');
  if (announced === undefined) return httpProblem(411, 'Say with Content-Length how many bytes are sent.');
  if (Number(announced) > maxBytes) {
    return httpProblem(413, `More than ${maxBytes} bytes are not accepted at a time.`);
  }
  await mkdir(dir, { recursive: true });
  const folder = await mkdtemp(join(dir, 'upload-'));
  try {
    const problem = await receive(request, response, { folder, maxFileBytes });
    if (problem) return problem;
    await use(sentFiles(request));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function receive(
  request: Request,
  response: Response,
  { folder, maxFileBytes }: { folder: string; maxFileBytes: number },
): Promise<Problem | undefined> {
  const handle = multer({
    storage: multer.diskStorage({ destination: folder }),
    defParamCharset: 'utf8',
    limits: {
      fileSize: maxFileBytes,
      files: maxFiles,
      fields: maxFiles,
      parts: 2 * maxFiles,
      fieldNameSize: 100,
      fieldSize: maxFieldLength,
      fieldNestingDepth: 1,
      fieldArrayIndexLimit: maxFiles - 1,
      headerPairs: 20,
    },
  }).array('files', maxFiles);
  return new Promise((resolve, reject) => {
    // It is given nothing to tell a failure by but what it calls with.
    Promise.resolve(
      handle(request, response, (error?: unknown) => {
        if (error === undefined || error === null) return resolve(undefined);
        const problem = uploadProblem(error, { maxFileBytes, maxFieldLength });
        if (problem) resolve(problem);
        else reject(error);
      }),
    ).catch(reject);
  });
}

/** @throws z.ZodError; FootnoteError `invalid-request` */
function sentFiles(request: Request): SentFile[] {
  const files = Array.isArray(request.files) ? request.files : [];
  if (files.length === 0)
    throw new FootnoteError('invalid-request', 'Send at least one file, in the field "files".');
  const { metadata } = articleFieldsSchema.parse({ ...request.body });
  if (Array.isArray(metadata) && metadata.length > files.length) {
    throw new FootnoteError('invalid-request', 'There is metadata for more files than were sent.');
  }
  const names = distinctNames(files.map(({ originalname }) => safeFileName(originalname)));
  return files.map(({ path, size }, index) => {
    const given: GivenMetadata | undefined = Array.isArray(metadata) ? metadata[index] : metadata;
    return { name: names[index] ?? '', path, size, ...(given && { given }) };
  });
}
