import { makePdf, pdfLines, type PdfText } from '../../../support/make-pdf.ts';
import { lines, type Sample } from '../sample.ts';

/** Longest line of a page with one column, in characters. */
const wide = 84;

const harbour = [
  'The harbour handled 8.4 million tonnes of cargo in 2023, which is 6 per cent more than in the year before.',
  'Containers grew fastest, because two lines moved their feeder services here from the southern ports.',
  'The new pilot station shortened waiting times by forty minutes, and no ship was damaged while berthing.',
];
const outlook = [
  'Dredging of the outer channel begins in May and will allow ships of twelve metres draught at every tide.',
  'The board expects 9 million tonnes in 2024 if the weather is kind.',
];
const soilLeft = [
  'Soils near the coast lose carbon faster than',
  'soils further inland. We took 240 samples in',
  'three districts and measured their organ-',
  'ic carbon before and after the dry season.',
  'Fields that were flooded twice a year lost',
];
const soilRight = [
  'half as much as fields that were drained. The',
  'difference was largest in clay.',
  'Farmers can keep carbon in the ground with',
  'cheap means. Straw that is left on the field',
  'restores a fifth of what was lost.',
];
const water = [
  'Mực nước ngầm tại 27 trạm đo đã hạ bình quân 0,35 m trong năm 2023, chậm hơn mức 0,52 m của năm trước.',
  'Ba huyện ven biển có mức hạ lớn nhất do nuôi tôm công nghiệp dùng nhiều nước ngọt.',
  'Trung tâm kiến nghị dừng cấp phép giếng mới tại các xã này cho đến hết năm 2025.',
];
const rule = [
  'Quy định này áp dụng cho các hộ kinh doanh trong chợ hạng một và hạng hai.',
  'Hộ kinh doanh nộp tiền thuê sạp theo quý, chậm nhất vào ngày 10 của tháng đầu quý.',
];
const bus = [
  'The city council has ordered sixty electric buses for delivery between March and October 2025.',
  'Each bus carries 78 passengers and runs 280 kilometres on one charge.',
];
const columnsLeft = [
  'Tỉnh có 412 di tích, trong đó 38 di tích',
  'cấp quốc gia. Năm 2023, ngành văn hóa tu',
  'bổ được 21 di tích với kinh phí 54 tỷ',
  'đồng. Đình làng là loại hình được sửa',
];
const columnsRight = [
  'nhiều nhất.',
  'Thợ mộc lành nghề ngày càng hiếm. Tỉnh mở',
  'hai lớp dạy nghề cho 40 thanh niên, học',
  'trong mười tám tháng.',
];

export const pdfFiles: readonly Sample[] = [
  {
    file: 'reports/harbour-report-2023.pdf',
    content: makePdf({
      info: {
        Title: 'Harbour report 2023',
        Author: 'Harbour Office',
        CreationDate: "D:20240215093000+00'00'",
      },
      language: 'en-GB',
      pages: [
        withRunning(1, 'Harbour Office', [
          { text: 'Harbour report 2023', x: 60, y: 760, size: 20, bold: true },
          ...column(harbour.slice(0, 2), 720),
        ]),
        withRunning(2, 'Harbour Office', column(harbour.slice(2), 760)),
        withRunning(3, 'Harbour Office', [
          { text: 'Outlook', x: 60, y: 760, size: 14, bold: true },
          ...column(outlook, 735),
        ]),
      ],
    }),
    articles: [
      {
        id: 'reports-harbour-report-2023',
        title: 'Harbour report 2023',
        language: 'en',
        publishedAt: '2024-02-15',
        author: 'Harbour Office',
        by: { title: 'properties', publishedAt: 'properties', author: 'properties', language: 'detected' },
        text: lines(...harbour, 'Outlook', ...outlook),
        headings: ['2 Outlook'],
      },
    ],
  },
  {
    file: 'reports/soil-carbon.pdf',
    content: makePdf({
      info: { Title: 'Microsoft Word - soil_final2.docx', Author: 'user1', CreationDate: 'D:20221103' },
      pages: [
        [
          { text: 'Carbon in coastal soils', x: 60, y: 780, size: 18, bold: true },
          ...pdfLines(soilLeft, { x: 60, y: 740 }),
          ...pdfLines(soilRight, { x: 320, y: 740 }),
        ],
      ],
    }),
    articles: [
      {
        id: 'reports-soil-carbon',
        title: 'Carbon in coastal soils',
        language: 'en',
        publishedAt: '2022-11-03',
        by: { title: 'heading', publishedAt: 'properties', language: 'detected' },
        text: lines(
          'Soils near the coast lose carbon faster than soils further inland. We took 240 samples in three districts and measured their organic carbon before and after the dry season. Fields that were flooded twice a year lost half as much as fields that were drained. The difference was largest in clay.',
          'Farmers can keep carbon in the ground with cheap means. Straw that is left on the field restores a fifth of what was lost.',
        ),
      },
    ],
  },
  {
    file: 'reports/muc-nuoc-ngam.pdf',
    content: makePdf({
      pages: [
        withRunning(1, 'Trung tâm Quan trắc', [
          { text: 'Báo cáo mực nước ngầm năm 2023', x: 60, y: 760, size: 18 },
          ...column([water[0] ?? ''], 720),
        ]),
        withRunning(2, 'Trung tâm Quan trắc', column([water[1] ?? ''], 760)),
        withRunning(3, 'Trung tâm Quan trắc', column([water[2] ?? ''], 760)),
      ],
    }),
    articles: [
      {
        id: 'reports-muc-nuoc-ngam',
        title: 'Báo cáo mực nước ngầm năm 2023',
        language: 'vi',
        by: { title: 'heading', language: 'detected' },
        text: lines(...water),
      },
    ],
  },
  {
    file: 'reports/di-tich.pdf',
    content: makePdf({
      info: {
        Title: 'Tu bổ di tích năm 2023',
        Author: 'Lê Hồng Phúc',
        CreationDate: "D:20240110080000+07'00'",
      },
      language: 'vi',
      pages: [
        [
          { text: 'Tu bổ di tích năm 2023', x: 60, y: 780, size: 18 },
          ...pdfLines(columnsLeft, { x: 60, y: 740 }),
          ...pdfLines(columnsRight, { x: 320, y: 740 }),
        ],
      ],
    }),
    articles: [
      {
        id: 'reports-di-tich',
        title: 'Tu bổ di tích năm 2023',
        language: 'vi',
        publishedAt: '2024-01-10',
        author: 'Lê Hồng Phúc',
        by: { title: 'properties', author: 'properties' },
        text: lines(
          'Tỉnh có 412 di tích, trong đó 38 di tích cấp quốc gia. Năm 2023, ngành văn hóa tu bổ được 21 di tích với kinh phí 54 tỷ đồng. Đình làng là loại hình được sửa nhiều nhất.',
          'Thợ mộc lành nghề ngày càng hiếm. Tỉnh mở hai lớp dạy nghề cho 40 thanh niên, học trong mười tám tháng.',
        ),
      },
    ],
  },
  {
    file: 'van-ban/quy-dinh-cho.pdf',
    content: makePdf({
      info: { Title: 'Quy định quản lý chợ', CreationDate: "D:20230704090000+07'00'" },
      pages: [
        [
          { text: 'Quy định quản lý chợ', x: 60, y: 780, size: 18 },
          { text: 'Điều 1. Đối tượng áp dụng', x: 60, y: 740, size: 12 },
          ...column([rule[0] ?? ''], 715),
          { text: 'Điều 2. Tiền thuê sạp', x: 60, y: 680, size: 12 },
          ...column([rule[1] ?? ''], 655),
        ],
      ],
    }),
    articles: [
      {
        id: 'van-ban-quy-dinh-cho',
        title: 'Quy định quản lý chợ',
        language: 'vi',
        publishedAt: '2023-07-04',
        by: { title: 'properties', publishedAt: 'properties' },
        text: lines('Điều 1. Đối tượng áp dụng', rule[0] ?? '', 'Điều 2. Tiền thuê sạp', rule[1] ?? ''),
        headings: ['2 Điều 1. Đối tượng áp dụng', '2 Điều 2. Tiền thuê sạp'],
      },
    ],
  },
  {
    file: 'press/Electric buses for the city 2024-11-06.pdf',
    content: makePdf({ info: { Title: 'untitled' }, pages: [column(bus, 760)] }),
    articles: [
      {
        id: 'press-electric-buses-for-the-city-2024-11-06',
        title: 'Electric buses for the city',
        language: 'en',
        publishedAt: '2024-11-06',
        by: { title: 'file-name', publishedAt: 'file-name' },
        text: lines(...bus),
      },
    ],
  },
];

/** Paragraphs one below the other, an empty line between them. */
function column(texts: readonly string[], y: number): PdfText[] {
  let next = y;
  return texts.flatMap((text) => {
    const folded = fold(text, wide);
    const placed = pdfLines(folded, { x: 60, y: next });
    next -= folded.length * 12 + 14;
    return placed;
  });
}

function fold(text: string, width: number): string[] {
  const folded: string[] = [];
  for (const word of text.split(' ')) {
    const last = folded.at(-1);
    if (last !== undefined && last.length + word.length < width)
      folded[folded.length - 1] = `${last} ${word}`;
    else folded.push(word);
  }
  return folded;
}

function withRunning(page: number, name: string, body: readonly PdfText[]): PdfText[] {
  return [{ text: name, x: 60, y: 815, size: 8 }, ...body, { text: `${page} / 3`, x: 290, y: 25, size: 8 }];
}
