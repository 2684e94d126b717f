import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createIndexHandle } from '../../src/index/index-handle.ts';
import { createIndexWriter } from '../../src/index/index-writer.ts';
import { describeIndex } from '../contracts/index-contract.ts';
import { indexOptions } from './fixtures.ts';

describeIndex('in local files', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'footnote-index-'));
  const options = indexOptions(dir);
  const handle = createIndexHandle(options);
  return {
    openWriter: () => createIndexWriter(options),
    acquire: () => handle.acquire(),
    close: async () => {
      await handle.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
});
