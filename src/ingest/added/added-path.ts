import { FootnoteError } from '../../domain/errors.ts';
import { addedPrefix } from '../load/corpus-roots.ts';

/**
 * The parts of a path within the folder for what is added.
 *
 * @throws FootnoteError `invalid-request` when it leads elsewhere, or to something hidden.
 */
export function addedParts(path: string): readonly string[] {
  const parts = path.slice(addedPrefix.length).split(/[/\\]/u);
  if (!path.startsWith(addedPrefix) || parts.some((part) => part === '' || part.startsWith('.'))) {
    throw new FootnoteError('invalid-request', `"${path}" is not the path of an added file.`);
  }
  return parts;
}
