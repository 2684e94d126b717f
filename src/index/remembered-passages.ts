import type { StoredPassage } from '../domain/ports.ts';
import { createRecentMap } from '../domain/recent-map.ts';

/** What all remembered passages weigh together, at most: some 4,000 of usual length, which take about 30 MB. */
const mostWeight = 8_000_000;

/** What a passage weighs beside the UTF-16 code units of its text: its spans, and what is told of its article. */
const ownWeight = 1_000;

/**
 * Reads passages, and keeps those that were read lately: questions about one subject find the same ones. For a generation
 * of the index, which does not change.
 *
 * @param read - returns passages in the order asked for, and leaves out those that do not exist.
 */
export function rememberPassages(
  read: (ids: readonly string[]) => StoredPassage[],
): (ids: readonly string[]) => StoredPassage[] {
  const remembered = createRecentMap<string, StoredPassage>(mostWeight);
  return (ids) => {
    const known = new Map(ids.map((id) => [id, remembered.get(id)]));
    const unknown = Array.from(known).flatMap(([id, passage]) => (passage ? [] : [id]));
    for (const stored of unknown.length > 0 ? read(unknown) : []) {
      const passage = { ...stored, text: apart(stored.text) };
      remembered.set(passage.passage.id, passage, ownWeight + passage.text.length);
      known.set(passage.passage.id, passage);
    }
    return ids.flatMap((id) => known.get(id) ?? []);
  };
}

/** The same text as a string of its own: V8 keeps the whole text of the article for a slice of it. */
const apart = (text: string): string => ` ${text}`.slice(1);
