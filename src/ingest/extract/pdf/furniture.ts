import type { Page, Run } from './page.ts';

/** Share of a page's height, at its top and at its bottom, where running heads and page numbers stand. */
const margin = 0.12;

/** On what share of the pages a line must stand to be a running head. Left and right pages have heads of their own. */
const shareOfPages = 0.4;

/** How far apart, in points, the same line may stand on two pages. */
const tolerance = 4;

// `12`, `- 12 -`, `Page 3 of 10`, `Trang 3/10`, `xii`.
const pageNumber =
  /^[-–—|\s]*(?:(?:page|trang|p\.)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:\/|of|trên)\s*\d{1,4})?[-–—|\s]*$/iu;

/** The pages without running heads, running feet and page numbers. */
export function withoutFurniture(pages: readonly Page[]): Page[] {
  const places = new Map<string, Map<number, number[]>>();
  for (const [index, page] of pages.entries()) {
    for (const run of page.runs.filter((candidate) => isInMargin(page, candidate))) {
      const key = keyOf(run);
      const byPage = places.get(key) ?? new Map<number, number[]>();
      const onPage = byPage.get(index) ?? [];
      onPage.push(run.y);
      places.set(key, byPage.set(index, onPage));
    }
  }
  const needed = Math.max(2, Math.ceil(pages.length * shareOfPages));
  const repeats = (run: Run): boolean => {
    const found = Array.from(places.get(keyOf(run))?.values() ?? []);
    return found.filter((ys) => ys.some((y) => Math.abs(y - run.y) <= tolerance)).length >= needed;
  };
  return pages.map((page) => {
    const kept = page.runs.filter((run) => !(isInMargin(page, run) && repeats(run)));
    return { ...page, runs: kept.filter((run) => !isPageNumber(page, kept, run)) };
  });
}

/** A number alone on the outermost line. */
function isPageNumber(page: Page, runs: readonly Run[], run: Run): boolean {
  if (!isInMargin(page, run) || !pageNumber.test(run.text.trim())) return false;
  const beside = runs.filter((other) => Math.abs(other.y - run.y) <= tolerance);
  const isOutermost = runs.every((other) =>
    run.y < page.height / 2 ? other.y >= run.y - tolerance : other.y <= run.y + tolerance,
  );
  return beside.length === 1 && isOutermost;
}

function isInMargin(page: Page, run: Run): boolean {
  return run.y < page.height * margin || run.y > page.height * (1 - margin);
}

function keyOf(run: Run): string {
  return run.text.replace(/\d+/gu, '#').replace(/\s+/gu, ' ').trim().toLowerCase();
}
