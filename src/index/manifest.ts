import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { errorCode, errorMessage } from '../domain/errors.ts';
import { replaceFile } from '../domain/files/durable-files.ts';
import { sha256 } from '../domain/fingerprint.ts';
import { languages } from '../domain/language.ts';
import type { GenerationInfo } from '../domain/ports.ts';
import { unusable } from './index-errors.ts';
import { generationFolder, generationPattern, names } from './index-paths.ts';
import { generationVectorsSchema } from './vector-segments.ts';

/** Raise when the files of a generation change so that older code or older files no longer fit. */
export const indexFormat = 3;

const checksum = z.string().regex(/^[0-9a-f]{64}$/u);

const pointerSchema = z.object({
  format: z.literal(indexFormat),
  generation: z.string().regex(generationPattern),
  /** Of the generation's manifest, which in turn holds those of the other files. */
  manifest: checksum,
});

const manifestSchema = z.object({
  format: z.literal(indexFormat),
  generation: z.object({
    id: z.string().regex(generationPattern),
    createdAt: z.iso.datetime(),
    embeddingModel: z.string(),
    dimensions: z.int().min(1),
    articles: z.int().min(0),
    passages: z.int().min(0),
    languages: z.partialRecord(z.enum(languages), z.int().min(0)),
  }),
  vectors: generationVectorsSchema,
  articles: z.object({ bytes: z.int().min(1), sha256: checksum }),
});

/** What a generation consists of. */
export type Manifest = z.infer<typeof manifestSchema>;

const formatOnly = z.object({ format: z.number() });

/** The pointer's text, undefined when there is no index in `dir`. */
export async function readPointer(dir: string): Promise<string | undefined> {
  try {
    return await readFile(join(dir, names.pointer), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw unusable(`The index in ${dir} cannot be read: ${errorMessage(error)}.`, error);
  }
}

/** The manifest that the pointer's text names. @throws FootnoteError `index-unusable` */
export async function readManifest(dir: string, pointerText: string): Promise<Manifest> {
  const pointer = parse(pointerSchema, pointerText, names.pointer);
  const path = join(generationFolder(dir, pointer.generation), names.manifest);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unusable(`The index file ${names.manifest} is missing: ${errorMessage(error)}.`, error);
  });
  if (sha256(text) !== pointer.manifest) {
    throw unusable(`The index file ${names.manifest} is damaged: its checksum is not the one expected.`);
  }
  return parse(manifestSchema, text, names.manifest);
}

/** Id of the generation that the pointer's text names; undefined when it names none. */
export function pointedGeneration(pointerText: string): string | undefined {
  try {
    return parse(pointerSchema, pointerText, names.pointer).generation;
  } catch {
    return undefined;
  }
}

/** Writes the manifest into `folder` durably and returns the text of the pointer to it. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<string> {
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  await replaceFile(join(folder, names.manifest), text);
  const { id } = manifest.generation;
  return `${JSON.stringify({ format: indexFormat, generation: id, manifest: sha256(text) })}\n`;
}

/** Makes a generation the current one. */
export async function writePointer(dir: string, pointerText: string): Promise<void> {
  await replaceFile(join(dir, names.pointer), pointerText);
}

/** @throws FootnoteError `index-unusable` that names both, when the index belongs to another model. */
export function checkEmbeddings(
  { embeddingModel, dimensions }: GenerationInfo,
  wanted: { readonly id: string; readonly dimensions: number },
): void {
  if (embeddingModel === wanted.id && dimensions === wanted.dimensions) return;
  throw unusable(
    `The index was built with the embedding model ${embeddingModel} (${dimensions} dimensions), ` +
      `but ${wanted.id} (${wanted.dimensions} dimensions) is configured.`,
  );
}

function parse<T>(schema: z.ZodType<T>, text: string, name: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unusable(`The index file ${name} is damaged: ${errorMessage(error)}.`, error);
  }
  const format = formatOnly.safeParse(value);
  if (format.success && format.data.format !== indexFormat) {
    throw unusable(
      `The index has format ${format.data.format}, but this version of Footnote reads format ${indexFormat}.`,
    );
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw unusable(`The index file ${name} is damaged: it does not hold what it should.`, parsed.error);
}
