import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

import { z } from 'zod';

/** The files that a local model is loaded from, and how much of a text it reads. Travels to worker threads. */
export const localModelFilesSchema = z.object({
  /** Path of the ONNX file. */
  model: z.string(),
  /** Path of `tokenizer.json`. */
  tokenizer: z.string(),
  /** Path of `tokenizer_config.json`. */
  tokenizerConfig: z.string().optional(),
  /** Tokens read of a text, special tokens included. */
  maxTokens: z.number().int().min(2),
});

/** See {@link localModelFilesSchema}. */
export type LocalModelFiles = z.infer<typeof localModelFilesSchema>;

/** SHA-256 of a file in hexadecimal, read in pieces so that nothing else has to wait for it. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece);
  return hash.digest('hex');
}
