import { describe } from 'vitest';

import { describeCopies } from './index/copies.ts';
import { describeInterruptions } from './index/interruptions.ts';
import type { OpenIndex } from './index/open-index.ts';
import { describeReading } from './index/reading.ts';
import { describeSources } from './index/sources.ts';
import { describeTextSearch } from './index/text-search.ts';
import { describeVectorSearch } from './index/vector-search.ts';
import { describeWriting } from './index/writing.ts';

/** What every index does, wherever it is kept. */
export function describeIndex(name: string, open: OpenIndex): void {
  describe(`an index ${name}`, () => {
    describeReading(open);
    describeVectorSearch(open);
    describeTextSearch(open);
    describeWriting(open);
    describeSources(open);
    describeInterruptions(open);
    describeCopies(open);
  });
}
