import { DOMParser } from 'linkedom';
import { describe, expect, it } from 'vitest';

import { growthChart, niceStep } from './growth-chart.ts';

const lines = [
  {
    name: 'total <p95>',
    points: [
      { passages: 100, ms: 4 },
      { passages: 10_000, ms: 8 },
      { passages: 1_000_000, ms: 16 },
    ],
  },
  {
    name: 'words',
    points: [
      { passages: 100, ms: 1 },
      { passages: 10_000, ms: 2 },
      { passages: 1_000_000, ms: 30 },
    ],
  },
];

function draw() {
  const svg = growthChart({ title: 'Growth & speed', lines });
  const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml');
  const places = Array.from(svg.matchAll(/<polyline[^>]* points="(?<points>[^"]+)"/gu), ({ groups }) =>
    (groups?.['points'] ?? '').split(' ').map((place) => {
      const [x = NaN, y = NaN] = place.split(',').map(Number);
      return { x, y };
    }),
  );
  return { svg, drawn, places };
}

describe('growthChart', () => {
  it('spaces powers of ten evenly, and draws more time higher', () => {
    const { places } = draw();
    const [total = [], words = []] = places;
    const [first, second, third] = total.map(({ x }) => x);
    expect((third ?? 0) - (second ?? 0)).toBeCloseTo((second ?? 0) - (first ?? 0), 1);
    const heights = words.map(({ y }) => y);
    expect(heights).toEqual(heights.toSorted((a, b) => b - a));
    // Twice the time stands twice as high above the axis, which is at 360.
    const [four = 0, eight = 0] = total.map(({ y }) => 360 - y);
    expect(eight).toBeCloseTo(2 * four, 1);
  });

  it('says in words what it shows, for those who do not see it', () => {
    const { drawn } = draw();
    const svg = drawn.querySelector('svg');
    expect(svg?.getAttribute('role')).toBe('img');
    expect(svg?.getAttribute('aria-labelledby')).toBe('title desc');
    expect(drawn.querySelector('#title')?.textContent).toBe('Growth & speed');
    expect(drawn.querySelector('#desc')?.textContent).toContain(
      'words: 1 ms at 100 passages, 2 ms at 10,000 passages',
    );
  });

  it('escapes names, and has colours for dark pages', () => {
    const { svg } = draw();
    expect(svg).toContain('total &lt;p95&gt;');
    expect(svg).not.toContain('<p95>');
    expect(svg).toContain('prefers-color-scheme:dark');
  });

  it('draws a single size without numbers that are none', () => {
    const svg = growthChart({ title: 'One', lines: [{ name: 'total', points: [{ passages: 200, ms: 0 }] }] });
    expect(svg).not.toMatch(/NaN|Infinity|undefined/u);
  });
});

describe('niceStep', () => {
  it('is the next of 1, 2 and 5 times a power of ten', () => {
    expect([0.3, 1, 1.1, 4, 7, 30].map(niceStep)).toEqual([0.5, 1, 2, 5, 10, 50]);
  });
});
