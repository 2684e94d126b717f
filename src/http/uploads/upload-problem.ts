import multer from 'multer';

import { errorMessage } from '../../domain/errors.ts';
import type { Problem } from '../../domain/problem.ts';
import { httpProblem } from '../problems.ts';
import { maxFiles } from '../schemas-ingest.ts';

interface UploadBounds {
  readonly maxFileBytes: number;
  readonly maxFieldLength: number;
}

/** What is wrong with a form that could not be received; undefined where the fault is the server's. */
export function uploadProblem(error: unknown, bounds: UploadBounds): Problem | undefined {
  if (error instanceof multer.MulterError) return limitProblem(error, bounds);
  // What reads forms says so of forms that are cut off or are none.
  const isMalformed = /^(?:Multipart:|Malformed|Unexpected end of|Unsupported|Request (?:aborted|closed))/iu;
  return isMalformed.test(errorMessage(error))
    ? httpProblem(400, 'The form is malformed or was cut off.')
    : undefined;
}

function limitProblem({ code, field }: multer.MulterError, bounds: UploadBounds): Problem {
  switch (code) {
    case 'LIMIT_FILE_SIZE':
      return httpProblem(
        413,
        `A file has more than ${bounds.maxFileBytes} bytes, the most that is accepted.`,
      );
    case 'LIMIT_FIELD_VALUE':
      return httpProblem(413, `A field has more than ${bounds.maxFieldLength} bytes.`);
    case 'LIMIT_PART_COUNT':
    case 'LIMIT_FILE_COUNT':
    case 'LIMIT_FIELD_COUNT':
      return httpProblem(413, `Send at most ${maxFiles} files at a time, and a field of metadata for each.`);
    case 'LIMIT_UNEXPECTED_FILE':
      // More files in the right field than are allowed end here too.
      return field === 'files'
        ? httpProblem(413, `Send at most ${maxFiles} files at a time.`)
        : httpProblem(400, 'Send files in the field "files".');
    case 'LIMIT_FIELD_KEY':
    case 'MISSING_FIELD_NAME':
    default:
      return httpProblem(
        400,
        'The form has a field whose name cannot be read. Its fields are "files" and "metadata".',
      );
  }
}
