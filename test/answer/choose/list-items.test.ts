import { describe, expect, it } from 'vitest';

import { asksForList } from '../../../src/answer/choose/list-items.ts';

describe('a question for a list', () => {
  it.each([
    ['Which areas does the plan cover?', 'en'],
    ['What are the goals of the project?', 'en'],
    ['Năm hạn chế của tỉnh là những hạn chế nào?', 'vi'],
  ] as const)('is told: "%s"', (question, language) => {
    expect(asksForList(question, language)).toBe(true);
  });

  it.each([
    ['Which ministry issues the licences?', 'en'],
    ['Which company runs line 21?', 'en'],
    ['Học phí được miễn từ năm học nào?', 'vi'],
    ['hoc phi mien tu nam hoc nao', 'vi'],
  ] as const)('is told from one for a single thing: "%s"', (question, language) => {
    expect(asksForList(question, language)).toBe(false);
  });
});
