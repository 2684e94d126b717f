import { setImmediate } from 'node:timers/promises';

import { z } from 'zod';

import { FootnoteError } from '../../../domain/errors.ts';
import { maxExtractedLength, maxPdfRuns } from '../../limits.ts';
import type { PdfDocument } from './open-pdf.ts';
import type { Page, Run } from './page.ts';

type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

/** On how many pages fonts are looked at; the later pages of a file hardly ever bring new ones. */
const maxFontPages = 60;

/** A page is turned where less of its text than this share of what stands in another direction is upright. */
const uprightShare = 0.1;

const textItem = z.object({
  str: z.string(),
  transform: z.array(z.number()).length(6),
  width: z.number(),
  fontName: z.string(),
});
const font = z.object({
  name: z.string().optional(),
  bold: z.boolean().optional(),
  black: z.boolean().optional(),
});

/**
 * The text of each page with its places, and the language that the document says it is in.
 *
 * @throws FootnoteError `unreadable-article` beyond a limit.
 */
export async function readPages(document: PdfDocument): Promise<{ pages: Page[]; language?: string }> {
  const pages: Page[] = [];
  const bold = new Map<string, boolean>();
  let language: string | undefined;
  let length = 0;
  let fontPages = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const content = await page.getTextContent();
    if (content.items.length > maxPdfRuns)
      throw tooMuch(`page ${number} has more than ${maxPdfRuns} pieces of text`);
    language ??= content.lang ?? undefined;
    const unknown = Object.keys(content.styles).filter((name) => !bold.has(name));
    if (unknown.length > 0 && fontPages < maxFontPages) {
      fontPages += 1;
      await readFonts(page, unknown, bold);
    }
    const runs = content.items.flatMap((item) => {
      const parsed = textItem.safeParse(item);
      return parsed.success && parsed.data.str.trim() !== '' ? [parsed.data] : [];
    });
    length += runs.reduce((total, run) => total + run.str.length, 0);
    if (length > maxExtractedLength) throw tooMuch(`it has more than ${maxExtractedLength} characters`);
    pages.push(placeRuns(page, runs, bold));
    page.cleanup();
  }
  return { pages, ...(language !== undefined && { language }) };
}

/** pdf.js tells the name of a font only once it has prepared a page for drawing. */
async function readFonts(page: PdfPage, names: readonly string[], bold: Map<string, boolean>): Promise<void> {
  await page.getOperatorList();
  await setImmediate();
  for (const name of names) {
    const found = page.commonObjs.has(name)
      ? font.safeParse(describeFont(page.commonObjs.get(name)))
      : undefined;
    if (!found?.success) continue;
    const { data } = found;
    const byName = /bold|black|heavy|demi/iu.test(data.name ?? '');
    bold.set(name, data.bold === true || data.black === true || byName);
  }
}

/** Its members are getters of a class, which zod does not see as members of an object. */
function describeFont(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return {};
  return {
    name: 'name' in value ? value.name : undefined,
    bold: 'bold' in value ? value.bold : undefined,
    black: 'black' in value ? value.black : undefined,
  };
}

/** The page as its reader would turn it: one that was put in sideways is turned until its text stands upright. */
function placeRuns(
  page: PdfPage,
  items: readonly z.infer<typeof textItem>[],
  bold: ReadonlyMap<string, boolean>,
): Page {
  const turned = [0, 90, 180, 270].map((angle): Page => {
    const { width, height, transform } = page.getViewport({ scale: 1, rotation: page.rotate + angle });
    return { width, height, runs: items.flatMap((item) => toRun(item, transform, bold) ?? []) };
  });
  const length = ({ runs }: Page) => runs.reduce((total, run) => total + run.text.length, 0);
  const [shown = { width: 0, height: 0, runs: [] }] = turned;
  const fullest = turned.reduce((best, next) => (length(next) > length(best) ? next : best), shown);
  return length(shown) < length(fullest) * uprightShare ? fullest : shown;
}

/** Text that does not stand upright is a watermark, or the label of an axis. */
function toRun(
  item: z.infer<typeof textItem>,
  view: readonly number[],
  bold: ReadonlyMap<string, boolean>,
): Run | undefined {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = item.transform;
  const [va = 1, vb = 0, vc = 0, vd = 1, ve = 0, vf = 0] = view;
  const along = { x: va * a + vc * b, y: vb * a + vd * b };
  const size = Math.hypot(va * c + vc * d, vb * c + vd * d);
  if (along.x <= 0 || Math.abs(along.y) > along.x * 0.05 || size < 2) return undefined;
  const x = va * e + vc * f + ve;
  const y = vb * e + vd * f + vf;
  return {
    text: item.str,
    x,
    right: x + Math.abs(item.width),
    y,
    size,
    bold: bold.get(item.fontName) ?? false,
  };
}

function tooMuch(problem: string): FootnoteError {
  return new FootnoteError('unreadable-article', `The PDF cannot be read: ${problem}.`, {
    remedy: 'Divide it into smaller files, or save its text as a .txt file.',
  });
}
