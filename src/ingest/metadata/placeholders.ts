import { authorName } from '../clean/names.ts';
import { fromFindings, type KnownMetadata } from './found-metadata.ts';

// Titles that programs write into the properties of a file when nobody has set one.
const programTitle =
  /^(?:microsoft (?:word|powerpoint|excel) - .*|untitled(?:[ -]?\d+)?|document ?\d*|presentation ?\d*|(?:new )?microsoft word document|title|no title|powerpoint presentation|slide \d+|tài liệu ?\d*|.*\.(?:docx?|pdf|indd|rtf|odt|tmp|pptx?|qxd|html?))$/iu;

/** Without the titles and authors of file properties that nobody has chosen. */
export function withoutPlaceholders(metadata: KnownMetadata): KnownMetadata {
  const { found, title, author, sources } = metadata;
  const findings = Object.fromEntries(
    (['language', 'publishedAt', 'sourceUrl', 'publisher', 'title', 'author'] as const).map((field) => {
      const value = metadata[field];
      const by = found[field];
      return [field, value === undefined || by === undefined ? undefined : { value, by }];
    }),
  );
  const isProgramTitle = found.title === 'properties' && title !== undefined && programTitle.test(title);
  const isNobody = found.author === 'properties' && authorName(author) === undefined;
  return {
    ...fromFindings({
      ...findings,
      ...(isProgramTitle && { title: undefined }),
      ...(isNobody && { author: undefined }),
    }),
    ...(sources !== undefined && { sources }),
  };
}
