import { normaliseLine } from '../../clean/characters.ts';
import { maxTitleLength } from '../../limits.ts';
import { isoDate } from '../../metadata/dates.ts';
import type { FoundMetadata } from '../document.ts';
import { withFound } from '../found.ts';
import { isWorkingName, isWorkingTitle } from '../working-title.ts';
import { elementsNamed, parseXml } from '../xml.ts';

/** What the properties of a Word document say: `docProps/core.xml`. */
export function docxMetadata(core: Uint8Array | undefined): {
  readonly metadata: FoundMetadata;
  readonly createdAt?: string;
} {
  if (!core) return { metadata: {} };
  const root = parseXml(core, 'docProps/core.xml');
  const value = (name: string): string | undefined => {
    const text = normaliseLine(elementsNamed(root, name)[0]?.textContent ?? '');
    return text === '' || text.length > maxTitleLength ? undefined : text;
  };
  const title = value('title');
  const creator = value('creator');
  const createdAt = isoDate(value('created') ?? '') ?? isoDate(value('modified') ?? '');
  const metadata = withFound({
    properties: {
      title: title !== undefined && !isWorkingTitle(title) ? title : undefined,
      author: creator !== undefined && !isWorkingName(creator) ? creator : undefined,
      language: value('language')?.toLowerCase().split(/[-_]/u)[0],
    },
  });
  return { metadata, ...(createdAt !== undefined && { createdAt }) };
}
