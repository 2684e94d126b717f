import { describe, expect, it } from 'vitest';

import { createBacklog } from '../../src/index/backlog.ts';

const settled = () => new Promise(setImmediate);

describe('a backlog', () => {
  it('lets in what there is room for, in order', async () => {
    const backlog = createBacklog(10);
    const entered: number[] = [];
    for (const size of [6, 4, 3, 1]) void backlog.enter(size).then(() => entered.push(size));
    await settled();
    expect(entered).toEqual([6, 4]);
    backlog.leave(4);
    await settled();
    expect(entered).toEqual([6, 4, 3, 1]);
  });

  it('lets in what is larger than itself once it is empty, and nothing beside', async () => {
    const backlog = createBacklog(10);
    const entered: number[] = [];
    for (const size of [2, 50, 1]) void backlog.enter(size).then(() => entered.push(size));
    await settled();
    expect(entered).toEqual([2]);
    backlog.leave(2);
    await settled();
    expect(entered).toEqual([2, 50]);
    backlog.leave(50);
    await settled();
    expect(entered).toEqual([2, 50, 1]);
  });
});
