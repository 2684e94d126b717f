import { describe, expect, it } from 'vitest';

import type { ExtractedDocument } from '../../../src/ingest/extract/document.ts';
import { extractFile } from '../../../src/ingest/extract/extract-file.ts';
import { parseFile } from '../../../src/ingest/parse/parse-file.ts';
import { hostilePdfs } from '../../support/hostile-pdfs.ts';
import { makePdf, type PdfContent, pdfLines } from '../../support/make-pdf.ts';
import { shown } from './shown.ts';

async function read(content: PdfContent): Promise<ExtractedDocument> {
  const { documents } = await extractFile('a.pdf', makePdf(content), {});
  return documents[0] ?? { blocks: [], metadata: {}, guessHeadings: false };
}

const left = [
  'The first column of this page talks about',
  'the inter-',
  'national trade of rice, and of the COVID-',
  '19 years that followed it. The well-',
  'known port of Hai Phong shipped more than',
  'before, and its long-term plan says that it',
  'will go on to do so for as long as the river',
  'lets ships pass. The harbour master said so',
];
const right = [
  'in the second column, which begins inside a',
  'sentence and then ends it.',
  'This is another paragraph of the column and',
  'it has a few lines, so that the column can be',
  'seen for what it is. It ends here.',
];

describe('a PDF', () => {
  it('is read column by column, without running heads, with divided words whole', async () => {
    const page = (number: number, body: PdfContent['pages'][number]) => [
      { text: 'Journal of Ports', x: 60, y: 810, size: 8 },
      { text: `Page ${number} of 3`, x: 480, y: 810, size: 8 },
      ...body,
      { text: `${number}`, x: 290, y: 25, size: 8 },
    ];
    const document = await read({
      pages: [
        page(1, [
          { text: 'Rice on the Red River', x: 60, y: 770, size: 20, bold: true },
          ...pdfLines(left, { x: 60, y: 720 }),
          ...pdfLines(right, { x: 320, y: 720 }),
        ]),
        page(2, [
          { text: 'What came after', x: 60, y: 770, size: 14, bold: true },
          ...pdfLines(left.slice(0, 3), { x: 60, y: 740 }),
        ]),
        page(3, pdfLines(['19 years. That is the end of it.'], { x: 60, y: 740 })),
      ],
      info: {
        Title: 'Microsoft Word - ports.docx',
        Author: 'Lan Nguyen',
        CreationDate: "D:20240405103000+07'00'",
      },
      language: 'en-GB',
    });
    expect(shown(document)).toEqual([
      'h1 Rice on the Red River',
      'paragraph The first column of this page talks about the international trade of rice, and of the COVID-19 years that followed it. The well-known port of Hai Phong shipped more than before, and its long-term plan says that it will go on to do so for as long as the river lets ships pass. The harbour master said so in the second column, which begins inside a sentence and then ends it.',
      'paragraph This is another paragraph of the column and it has a few lines, so that the column can be seen for what it is. It ends here.',
      'h2 What came after',
      'paragraph The first column of this page talks about the international trade of rice, and of the COVID-19 years. That is the end of it.',
    ]);
    expect(document.metadata).toEqual({
      title: 'Rice on the Red River',
      author: 'Lan Nguyen',
      language: 'en',
      found: { title: 'heading', author: 'properties', language: 'properties' },
    });
    expect(document.createdAt).toBe('2024-04-05');
  });

  it('in Vietnamese comes out composed, with its lists, without its watermark', async () => {
    const document = await read({
      pages: [
        [
          { text: 'Thứ trưởng Bộ Khoa học', x: 60, y: 780, size: 18 },
          { text: 'BẢN NHÁP', x: 150, y: 300, size: 60, angle: 45 },
          ...pdfLines(['Bộ Khoa học và Công nghệ họp tại Hà Nội.'.normalize('NFD')], { x: 60, y: 740 }),
          ...pdfLines(['• Đề tài thứ nhất về lúa gạo', '• Đề tài thứ hai về cảng biển'], { x: 60, y: 710 }),
        ],
      ],
      info: { Title: 'Thứ trưởng Bộ Khoa học' },
    });
    expect(shown(document)).toEqual([
      'h1 Thứ trưởng Bộ Khoa học',
      'paragraph Bộ Khoa học và Công nghệ họp tại Hà Nội.',
      'item Đề tài thứ nhất về lúa gạo',
      'item Đề tài thứ hai về cảng biển',
    ]);
    expect(document.metadata.found).toEqual({ title: 'properties' });
  });

  it.each([90, 180, 270])('that lies sideways (%i°) is read as if it were upright', async (angle) => {
    const upright = makePdf({ pages: [pdfLines(right, { x: 60, y: 700 })] });
    const turned = Buffer.from(
      Buffer.from(upright).toString('latin1').replaceAll('/MediaBox', `/Rotate ${angle} /MediaBox`),
      'latin1',
    );
    const { documents } = await extractFile('a.pdf', turned, {});
    expect(shown(documents[0])).toEqual(shown((await extractFile('a.pdf', upright, {})).documents[0]));
  });

  it('in three columns below one title is read column by column', async () => {
    const lines = (name: string) =>
      Array.from({ length: 8 }, (_, row) => `The ${name} column goes on in line ${row}`);
    const document = await read({
      pages: [
        [
          { text: 'A title that spans all three columns of it', x: 60, y: 780, size: 18, bold: true },
          ...['left', 'middle', 'right'].flatMap((name, column) =>
            pdfLines(lines(name), { x: 30 + column * 180, y: 740 }),
          ),
        ],
      ],
    });
    expect(shown(document)).toEqual([
      'h1 A title that spans all three columns of it',
      `paragraph ${['left', 'middle', 'right'].flatMap(lines).join(' ')}`,
    ]);
  });

  it('is as old as its text says, and only else as old as its file', async () => {
    const dateOf = async (file: string, ...texts: readonly string[]) => {
      const bytes = makePdf({
        pages: [
          pdfLines([...texts, 'The river rose by two metres in June.'], { x: 60, y: 700, leading: 40 }),
        ],
        info: { CreationDate: 'D:20240405' },
      });
      const { articles } = await parseFile({ file, bytes, hints: {} });
      return [articles[0]?.article.publishedAt, articles[0]?.article.found?.publishedAt];
    };
    expect(await dateOf('a.pdf', 'Published on 3 May 2021')).toEqual(['2021-05-03', 'date-line']);
    expect(await dateOf('a.pdf', 'HANOI, May 3, 2021 (VNA) - It rained.')).toEqual([
      '2021-05-03',
      'dateline',
    ]);
    expect(await dateOf('2020-01-02 river.pdf')).toEqual(['2020-01-02', 'file-name']);
    expect(await dateOf('a.pdf')).toEqual(['2024-04-05', 'properties']);
  });

  it('keeps notes out of the sentences, and puts them last', async () => {
    const document = await read({
      pages: [
        [
          { text: 'The river rose by two metres', x: 60, y: 700 },
          { text: '1', x: 191, y: 704, size: 6 },
          { text: 'in June.', x: 196, y: 700 },
          { text: '1 Measured at the bridge.', x: 60, y: 80, size: 8 },
        ],
      ],
    });
    expect(shown(document)).toEqual([
      'paragraph The river rose by two metres in June.',
      'paragraph 1 Measured at the bridge.',
    ]);
  });

  it.each([
    [
      'with a password',
      makePdf({ pages: [[{ text: 'secret', x: 9, y: 9 }]], userPassword: 'x' }),
      'only with a password',
    ],
    ['without text', makePdf({ pages: [[], []] }), 'pictures of pages and no text'],
    [
      'cut off',
      makePdf({ pages: [pdfLines(left, { x: 60, y: 700 })] }).subarray(0, 60),
      'damaged or incomplete',
    ],
    [
      'of other bytes',
      Uint8Array.from({ length: 4_000 }, (_, index) => (index * 7_919) % 251),
      'damaged or incomplete',
    ],
    ['whose pages lead back to themselves', hostilePdfs.pageLoop(), 'leads back to itself'],
  ])('%s is refused with a reason', async (_, bytes, reason) => {
    await expect(extractFile('a.pdf', bytes, {})).rejects.toThrow(reason);
  });
});
