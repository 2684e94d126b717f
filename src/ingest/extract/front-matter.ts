import { parse } from 'yaml';
import { z } from 'zod';

import { FootnoteError, errorMessage } from '../../domain/errors.ts';
import { languages } from '../../domain/language.ts';
import { normaliseLine } from '../clean/characters.ts';
import { maxSlugLength, maxTitleLength } from '../limits.ts';
import { isoDate } from '../metadata/dates.ts';
import { knownMetadata } from '../metadata/found-metadata.ts';
import { isSlug } from '../metadata/slug.ts';
import { httpUrl } from '../metadata/urls.ts';
import type { FoundMetadata } from './document.ts';

const line = z
  .string()
  .transform(normaliseLine)
  .pipe(z.string().min(1, 'must not be empty').max(maxTitleLength));

const url = z.string().transform((value, context) => {
  const valid = httpUrl(value);
  if (valid === undefined) context.addIssue({ code: 'custom', message: 'must be an http(s) URL' });
  return valid ?? z.NEVER;
});

const date = z.string('must be a date such as 2024-04-05').transform((value, context) => {
  const valid = isoDate(value);
  if (valid === undefined) context.addIssue({ code: 'custom', message: 'must be a date such as 2024-04-05' });
  return valid ?? z.NEVER;
});

const language = z
  .string()
  .transform((tag) => tag.toLowerCase().split(/[-_]/u)[0])
  .pipe(z.enum(languages, `must be ${languages.join(' or ')}`));

const schema = z.object({
  id: z
    .string()
    .refine(isSlug, `must be 1–${maxSlugLength} characters of a-z, 0-9 and single hyphens`)
    .optional(),
  title: line.optional(),
  language: language.optional(),
  publishedAt: date.optional(),
  publisher: line.optional(),
  author: line.optional(),
  sourceUrl: url.optional(),
  sources: z.array(line).max(100).optional(),
});

// `---` on the first line, up to the next line that is `---` or `...`.
const fence = /^\ufeff?---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/u;

/**
 * Splits Markdown into its front matter and the rest. Keys that Footnote does not know are ignored, and a key
 * without a value counts as absent.
 *
 * @throws FootnoteError `unreadable-article` that names each bad key.
 */
export function readFrontMatter(raw: string): { metadata: FoundMetadata; body: string } {
  const found = fence.exec(raw);
  if (!found) return { metadata: {}, body: raw };
  const parsed = schema.safeParse(withoutNulls(parseYaml(found[1] ?? '')));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`);
    throw badFrontMatter(`${problems.join('; ')}.`);
  }
  const metadata = withoutUndefined(parsed.data);
  const { found: by } = knownMetadata(metadata, 'front-matter');
  return {
    metadata: Object.keys(by).length > 0 ? { ...metadata, found: by } : metadata,
    body: raw.slice(found[0].length),
  };
}

/** YAML's core schema: a date stays the text that it is, so that 2024-13-01 is refused and not rolled over. */
function parseYaml(yaml: string): unknown {
  try {
    // Its warnings would go to the log with whatever an article says.
    return parse(yaml, { logLevel: 'error' }) ?? {};
  } catch (error) {
    throw badFrontMatter(yamlProblem(error));
  }
}

/** The parser's own words name the line and the column; how it ran out of memory or stack is no concern of the reader. */
function yamlProblem(error: unknown): string {
  const message = errorMessage(error).split('\n', 1)[0] ?? '';
  if (/alias/iu.test(message) && /exhaustion/iu.test(message)) {
    return 'Its aliases (*name) repeat so much that it would fill the memory.';
  }
  if (/call stack/iu.test(message)) return 'Its lists or objects stand in one another too deeply.';
  return `${message.replace(/[\s:.]+$/u, '')}.`;
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

function withoutUndefined(data: z.infer<typeof schema>): FoundMetadata {
  const { id, title, publishedAt, publisher, author, sourceUrl, sources } = data;
  return {
    ...(id !== undefined && { id }),
    ...(title !== undefined && { title }),
    ...(data.language !== undefined && { language: data.language }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(publisher !== undefined && { publisher }),
    ...(author !== undefined && { author }),
    ...(sourceUrl !== undefined && { sourceUrl }),
    ...(sources !== undefined && sources.length > 0 && { sources }),
  };
}

function badFrontMatter(problem: string): FootnoteError {
  return new FootnoteError('unreadable-article', `The front matter is not valid. ${problem}`, {
    remedy: 'Mend the lines between the --- marks at the top of the file.',
  });
}
