import { extname } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Article } from '../../../src/domain/article.ts';
import type { EmbeddingModel } from '../../../src/domain/ports.ts';
import { sliceSpan } from '../../../src/domain/span.ts';
import { searchTerms } from '../../../src/domain/text/search-terms.ts';
import { createIndexWriter } from '../../../src/index/index-writer.ts';
import { openIndex } from '../../../src/index/open-index.ts';
import type { OpenIndex } from '../../../src/index/passage-index.ts';
import { sidecarEnding } from '../../../src/ingest/added/sidecar.ts';
import { articleExtensions } from '../../../src/ingest/extract/article-extensions.ts';
import { rootsOf } from '../../../src/ingest/load/corpus-roots.ts';
import { createDiskFiles } from '../../../src/ingest/load/disk-files.ts';
import { createFileParser } from '../../../src/ingest/parse/file-parser.ts';
import { type IngestReport, runIngest } from '../../../src/ingest/run-ingest.ts';
import { hnsw } from '../../index/fixtures.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../../support/folders.ts';
import { createLetterModel } from '../memory-index.ts';
import type { ExpectedArticle } from './sample.ts';
import { samples } from './samples.ts';

/** Files that are no articles. */
const others: Readonly<Record<string, string>> = {
  'reports/map.png': 'no picture',
  'reports/budget.xlsx': 'no workbook',
};

const expected: readonly ExpectedArticle[] = samples.flatMap(({ articles }) => articles);

/** Knows a letter in every text, because an index takes no vector of zeros. */
const letterModel = createLetterModel();
const letters: EmbeddingModel = {
  ...letterModel,
  embedDocuments: (texts, options) =>
    letterModel.embedDocuments(
      texts.map((text) => `a${text}`),
      options,
    ),
};

let folder: TemporaryFolder;
let corpus: string;
let report: IngestReport;
let index: OpenIndex | undefined;
const articles = new Map<string, Article>();

beforeAll(async () => {
  folder = await createFolder();
  corpus = `${folder.path}/corpus`;
  await writeFiles(corpus, others);
  for (const { file, content, sidecar } of samples) {
    await writeFiles(corpus, { [file]: content });
    if (sidecar) await writeFiles(corpus, { [file + sidecarEnding]: JSON.stringify(sidecar) });
  }
  ({ report } = await ingest());
  const opened = await openIndex(place());
  index = opened;
  for (const { id } of await opened.articles()) {
    const article = await opened.article(id);
    if (article) articles.set(id, article);
  }
});

afterAll(async () => {
  index?.close();
  await folder.remove();
});

function place() {
  return { dir: `${folder.path}/index`, embeddings: letters, hnsw };
}

/** With the threads and the index that the server has; also says which files were parsed. */
async function ingest(): Promise<{ report: IngestReport; parsed: string[] }> {
  const threads = createFileParser({ workers: 2, timeoutMs: 20_000, memoryMb: 512 });
  const parsed: string[] = [];
  try {
    const done = await runIngest({
      files: createDiskFiles(rootsOf(corpus)),
      writer: await createIndexWriter(place()),
      embeddings: letters,
      parser: {
        ...threads,
        parse(input, options) {
          parsed.push(input.file);
          return threads.parse(input, options);
        },
      },
      maxFileBytes: 1_000_000,
    });
    return { report: done, parsed };
  } finally {
    await threads.close();
  }
}

function indexed(id: string): Article {
  const article = articles.get(id);
  if (!article) throw new Error(`There is no article ${id}; there are ${[...articles.keys()].join(', ')}`);
  return article;
}

describe('a folder of files in all formats', () => {
  it('has sixty files and more, and every format', () => {
    expect(samples.length).toBeGreaterThanOrEqual(64);
    const formats = new Set(samples.map(({ file }) => extname(file)));
    expect([...formats].toSorted()).toEqual([...articleExtensions].toSorted());
  });

  it('is ingested whole: nothing fails, and only what is no article is skipped', () => {
    expect(report.failed).toEqual([]);
    expect(report.skipped.map(({ file }) => file)).toEqual(Object.keys(others).toSorted());
    expect(Object.fromEntries(report.files)).toEqual(
      Object.fromEntries(samples.map(({ file, articles: held }) => [file, held.map(({ id }) => id)])),
    );
    expect([...articles.keys()].toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
  });

  it('is not parsed again, and stays the same generation, when it is ingested again', async () => {
    const again = await ingest();
    expect(again.parsed).toEqual([]);
    expect(again.report).toMatchObject({ added: [], changed: [], removed: [], failed: [] });
    expect(again.report.unchanged).toHaveLength(expected.length);
    expect(again.report.generation.id).toBe(report.generation.id);
  });
});

describe.each(expected)('the article $id', ({ id, text, by, headings: _expected, ...metadata }) => {
  it('has its text and nothing else', () => {
    expect(indexed(id).text).toBe(text);
  });

  it('has its title, date, language and names, and says how it found them', () => {
    const { text: _text, version: _version, headings: _headings, found, ...known } = indexed(id);
    expect(known).toEqual({ id, ...metadata });
    expect(found).toMatchObject(by ?? {});
    expect(Object.keys(found ?? {}).toSorted()).toEqual(
      Object.keys(metadata)
        .filter((field) => field !== 'sources')
        .toSorted(),
    );
  });
});

it.each(expected.filter(({ headings }) => headings))('$id has its headings', ({ id, headings }) => {
  const article = indexed(id);
  expect(article.headings.map((heading) => `${heading.level} ${sliceSpan(article.text, heading)}`)).toEqual(
    headings,
  );
});

describe('full-text search', () => {
  it.each([
    ['phà Cát Lái', 'news-gia-ve-pha', 'vi'],
    ['cam bien gieng khoan', 'portal-hoi-nghi-quan-trac-nuoc-ngam', 'vi'],
    ['rau cu cho dau moi', 'khong-dau-cho-dau-moi', 'vi'],
    ['mật ong hoa tràm', 'encodings-mat-ong', 'vi'],
    ['giá tôm thẻ Ecuador', 'gia-tom', 'vi'],
    ['organic carbon straw', 'reports-soil-carbon', 'en'],
    ['vaccinated influenza Saturdays', 'reports-vaccination', 'en'],
    ['ferryman planks', 'books-the-ferryman', 'en'],
    ['stolen violin attic', 'encodings-violin', 'en'],
    ['town hall clock watchmaker', 'town-clock', 'en'],
  ] as const)('finds "%s" in %s', async (question, id, language) => {
    const terms = searchTerms(question, language).map((term) => ({ term, weight: 1 }));
    const [best] = (await index?.searchText({ terms, language, limit: 1 })) ?? [];
    const [passage] = (await index?.passages(best ? [best.passageId] : [])) ?? [];
    expect(passage?.article.id).toBe(id);
  });
});
