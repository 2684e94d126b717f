/** One line of a chart: milliseconds by number of passages. */
export interface GrowthLine {
  readonly name: string;
  readonly points: readonly { readonly passages: number; readonly ms: number }[];
}

const size = { width: 760, height: 420 } as const;
const plot = { left: 64, right: 570, top: 56, bottom: 360 } as const;
/** Colours that people tell apart whatever they see (P. Tol, bright), for light and for dark pages. */
const colours = [
  ['#aa3377', '#ee99cc'],
  ['#4477aa', '#88bbee'],
  ['#228833', '#77cc88'],
  ['#997700', '#ccbb44'],
  ['#cc3311', '#ff8866'],
  ['#555555', '#bbbbbb'],
] as const;
/** Lines are told apart without colour as well. */
const dashes = ['none', '8 3', '3 3', '10 3 2 3', '1 4', '14 4'] as const;

/** Draws lines over the number of passages on a logarithmic scale, as an SVG for light and dark pages. At most six lines. */
export function growthChart({
  title,
  lines,
}: {
  readonly title: string;
  readonly lines: readonly GrowthLine[];
}): string {
  const shown = lines.slice(0, colours.length);
  const points = shown.flatMap((line) => line.points);
  const counts = [...new Set(points.map(({ passages }) => passages))].toSorted((a, b) => a - b);
  const step = niceStep(Math.max(1, ...points.map(({ ms }) => ms)) / 5);
  const top = step * Math.max(1, Math.ceil(Math.max(0, ...points.map(({ ms }) => ms)) / step));
  const x = horizontalScale(counts);
  const y = (ms: number) => plot.bottom - (ms / top) * (plot.bottom - plot.top);
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="desc">${escaped(describe(shown))}</desc>`,
    styles(),
    `<rect class="page" width="${size.width}" height="${size.height}"/>`,
    `<text class="title" x="${plot.left}" y="28">${escaped(title)}</text>`,
    ...ticks.map((ms) => horizontalLine(y(ms), number(ms))),
    ...counts.map((count) => verticalMark(x(count), count.toLocaleString('en'))),
    `<text class="label" x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 46}" text-anchor="middle">passages (logarithmic)</text>`,
    `<text class="label" x="${plot.left}" y="${plot.top - 12}" text-anchor="end">ms</text>`,
    ...shown.map((line, index) => drawLine(line, index, x, y)),
    ...shown.map(({ name }, index) => legend(name, index)),
    '</svg>',
  ].join('\n')}\n`;
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return (
    [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least * 0.999_999) ?? 10 * power
  );
}

function horizontalScale(counts: readonly number[]): (count: number) => number {
  const first = Math.log10(Math.max(1, counts[0] ?? 1));
  const width = Math.log10(Math.max(1, counts.at(-1) ?? 1)) - first;
  // A single point stands in the middle.
  return (count) =>
    plot.left +
    (width === 0 ? 0.5 : (Math.log10(Math.max(1, count)) - first) / width) * (plot.right - plot.left);
}

function describe(lines: readonly GrowthLine[]): string {
  return lines
    .map(({ name, points }) => {
      const values = points.map(
        ({ passages, ms }) => `${number(ms)} ms at ${passages.toLocaleString('en')} passages`,
      );
      return `${name}: ${values.join(', ')}.`;
    })
    .join(' ');
}

function styles(): string {
  const rules = (dark: 0 | 1) =>
    colours
      .map((pair, index) => `.line-${index}{stroke:${pair[dark]}}.dot-${index}{fill:${pair[dark]}}`)
      .join('');
  const dashed = dashes.map((dash, index) => `.line-${index}{stroke-dasharray:${dash}}`).join('');
  return [
    '<style>',
    'text{font:13px system-ui,sans-serif;fill:#222}.title{font-size:16px;font-weight:600}.page{fill:#fff}',
    `.grid{stroke:#ddd}.line{fill:none;stroke-width:2.5;stroke-linejoin:round}${rules(0)}${dashed}`,
    `@media (prefers-color-scheme:dark){text{fill:#ddd}.page{fill:#16181d}.grid{stroke:#3a3f4a}${rules(1)}}`,
    '</style>',
  ].join('\n');
}

function horizontalLine(y: number, text: string): string {
  return `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${number(y)}" y2="${number(y)}"/><text x="${plot.left - 8}" y="${number(y + 4)}" text-anchor="end">${text}</text>`;
}

function verticalMark(x: number, text: string): string {
  return `<line class="grid" x1="${number(x)}" x2="${number(x)}" y1="${plot.bottom}" y2="${plot.bottom + 6}"/><text x="${number(x)}" y="${plot.bottom + 22}" text-anchor="middle">${text}</text>`;
}

function drawLine(
  { points }: GrowthLine,
  index: number,
  x: (count: number) => number,
  y: (ms: number) => number,
): string {
  const places = points.map(({ passages, ms }) => [number(x(passages)), number(y(ms))] as const);
  const dots = places.map(([left, top]) => `<circle class="dot-${index}" cx="${left}" cy="${top}" r="3.5"/>`);
  return `<polyline class="line line-${index}" points="${places.map((place) => place.join(',')).join(' ')}"/>${dots.join('')}`;
}

function legend(name: string, index: number): string {
  const y = plot.top + 10 + index * 26;
  return `<line class="line line-${index}" x1="${plot.right + 24}" x2="${plot.right + 60}" y1="${y}" y2="${y}"/><text x="${plot.right + 68}" y="${y + 4}">${escaped(name)}</text>`;
}

function number(value: number): string {
  return String(Number(value.toFixed(2)));
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
