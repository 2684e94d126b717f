import type { FoundBy } from '../../domain/article.ts';
import { FootnoteError } from '../../domain/errors.ts';
import { type Language, languages } from '../../domain/language.ts';
import { words } from '../../domain/text/words.ts';
import type { KnownMetadata } from './found-metadata.ts';
import { identifyLanguage } from './identify-language.ts';

/** Below this many words the page's own `lang` is a better sign than its words. */
const fewWords = 20;

/** What only somebody who knows the article says: it is believed. */
const believed: ReadonlySet<FoundBy | undefined> = new Set(['given', 'front-matter']);

/**
 * The language of an article. Pages are often served with their template's language, so the words count for more than what
 * a page says of itself, unless there are few of them.
 *
 * @throws FootnoteError `unreadable-article` when the text is in neither English nor Vietnamese.
 */
export function chooseLanguage(
  text: string,
  known: KnownMetadata,
): { readonly language: Language; readonly by: FoundBy } {
  const primary = known.language?.toLowerCase().split(/[-_]/u)[0];
  const declared = languages.find((language) => language === primary);
  const by = known.found.language ?? 'detected';
  if (declared !== undefined && (believed.has(by) || words(text).length < fewWords)) {
    return { language: declared, by };
  }
  const identified = identifyLanguage(text);
  if ('language' in identified) return { language: identified.language, by: 'detected' };
  throw new FootnoteError(
    'unreadable-article',
    `It is in ${identified.foreign}; English and Vietnamese articles can be indexed.`,
    {
      remedy:
        'If that is wrong, declare its language in its front matter, as `language: en` or `language: vi`.',
    },
  );
}
