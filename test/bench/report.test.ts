import { describe, expect, it } from 'vitest';

import { formatReport, formatTable } from './report.ts';
import { ratio } from './support/ratio.ts';

const table = {
  title: 'Stores',
  columns: ['Store', 'p50 (ms)'],
  rows: [
    ['Footnote', '1'],
    ['a|b', '22.5'],
  ],
  notes: ['Two\nlines.'],
};

const machine = {
  processor: 'A processor',
  cores: 2,
  memoryGb: 24,
  system: 'A system',
  node: '20.0.0',
  version: '1.2.3',
  commit: 'abc+',
  date: '2026-01-02',
  load: 0.5,
};

describe('formatTable', () => {
  it('aligns words to the left and figures to the right, and keeps cells in their column', () => {
    expect(formatTable(table)).toBe(
      [
        '### Stores',
        '',
        '| Store    | p50 (ms) |',
        '| -------- | -------: |',
        '| Footnote |        1 |',
        String.raw`| a\|b     |     22.5 |`,
        '',
        '- Two lines.',
      ].join('\n'),
    );
  });
});

describe('formatReport', () => {
  it('names the machine and the state of Footnote, and tells a part that failed', () => {
    const report = formatReport({
      machine,
      smoke: true,
      outcomes: [
        {
          name: 'vectors',
          seconds: 60,
          result: { name: 'vectors', title: 'Vectors', tables: [table], figures: {} },
        },
        { name: 'server', seconds: 30, failure: 'It did\nnot start.' },
      ],
    });
    expect(report).toContain('Footnote 1.2.3, commit abc+');
    expect(report).toContain('A processor, 2 cores, 24 GB of memory');
    expect(report).toContain('2026-01-02, 1.5 minutes, load average before 0.50');
    expect(report).toContain('its figures mean nothing');
    expect(report).toContain('## Vectors\n\n### Stores');
    expect(report).toContain('## server\n\nFailed: It did not start.');
  });
});

describe('ratio', () => {
  it('tells how many times more, and nothing where there is nothing', () => {
    expect([ratio(1, 2), ratio(30, 2), ratio(500, 2), ratio(0, 2), ratio(1, 0)]).toEqual([
      '0.50×',
      '15.0×',
      '250×',
      '–',
      '–',
    ]);
  });
});
