import { makePdf, pdfLines } from '../../../support/make-pdf.ts';
import { encodeAs } from '../encode.ts';
import { lines, paragraphs, type Sample } from '../sample.ts';

const cable = [
  'The cable car to the citadel carries 1,200 people an hour.',
  'It was paid for with a loan that will be repaid by 2031.',
];
const orchard = [
  'The abbey has sold its orchard to the village for one euro.',
  'In return the village will mow the cemetery for fifty years.',
];
const mangrove = [
  'Rừng ngập mặn Đất Mũi được trồng thêm 310 hecta đước trong năm 2023.',
  'Tỷ lệ cây sống sau một năm đạt 87%.',
  'Người dân nhận khoán rừng được trả 1,2 triệu đồng mỗi hecta.',
];
const dam = [
  'Inspectors found no cracks in the dam, which is 68 metres high.',
  'The next inspection is due in ten years.',
];
const night = [
  'Phố đi bộ Bờ Kè mở thêm hai đêm trong tuần, từ thứ năm đến chủ nhật.',
  'Các hộ kinh doanh được miễn phí mặt bằng đến hết tháng 6.',
];
const violin = [
  'A violin that was stolen in 1998 has been found in an attic in Ghent.',
  'The finder will be paid a reward of 5,000 euros.',
];
const telegraph = [
  'The telegraph office in Main Street sends its last telegram on Saturday.',
  'It still delivers about ninety a year, most of them to weddings.',
];
const mail = [
  'Dear colleagues,',
  'The reading room will be closed from 3 to 7 February while its floor is sanded.',
  'Orders for books are taken at the front desk in the meantime.',
];

const xhtml = [
  'The annual meeting of the beekeepers took place in the parish hall with 57 members present.',
  'The treasurer reported a surplus of 1,320 euros.',
  'The meeting discharged the board with two abstentions.',
];

export const mixedFiles: readonly Sample[] = [
  {
    file: 'added/scan0042.txt',
    content: cable.join('\n'),
    sidecar: {
      given: {
        id: 'citadel-cable-car',
        title: 'A cable car to the citadel',
        language: 'en',
        publishedAt: '2020-07-15',
        publisher: 'Citadel Courier',
        author: 'Ivo Marin',
        sourceUrl: 'https://courier.example.com/cable-car',
      },
    },
    articles: [
      {
        id: 'citadel-cable-car',
        title: 'A cable car to the citadel',
        language: 'en',
        publishedAt: '2020-07-15',
        publisher: 'Citadel Courier',
        author: 'Ivo Marin',
        sourceUrl: 'https://courier.example.com/cable-car',
        by: { title: 'given', language: 'given', publishedAt: 'given', publisher: 'given', author: 'given' },
        text: lines(...cable),
      },
    ],
  },
  {
    file: 'added/orchard.pdf',
    content: makePdf({
      info: { Title: 'Orchard sold', CreationDate: 'D:20210101' },
      pages: [
        [
          { text: 'Orchard sold', x: 60, y: 780, size: 18, bold: true },
          ...pdfLines(orchard, { x: 60, y: 740 }),
        ],
      ],
    }),
    sidecar: { given: { publishedAt: '2020-12-24' } },
    articles: [
      {
        id: 'orchard',
        title: 'Orchard sold',
        language: 'en',
        publishedAt: '2020-12-24',
        by: { title: 'properties', publishedAt: 'given' },
        text: lines(orchard.join(' ')),
      },
    ],
  },
  {
    file: 'added/web/rung.example.vn/dat-mui-1a2b3c4d.html',
    content: encodeAs(
      'windows-1258',
      `<html><head><title>Rừng Đất Mũi thêm 310 hecta</title></head><body><div class="menu">Trang chủ | Tin tức | Liên hệ</div><h1>Rừng Đất Mũi thêm 310 hecta</h1>${paragraphs(mangrove)}<p>Lượt xem: 88</p></body></html>`,
    ),
    sidecar: {
      feed: { publishedAt: '2024-01-22', publisher: 'Báo Rừng', title: 'Rừng Đất Mũi' },
      fetched: {
        url: 'http://rung.example.vn/dat-mui',
        finalUrl: 'https://rung.example.vn/tin/dat-mui.html',
        at: '2024-01-23T00:00:00.000Z',
        charset: 'windows-1258',
      },
    },
    articles: [
      {
        id: 'rung-example-vn-dat-mui-1a2b3c4d',
        title: 'Rừng Đất Mũi thêm 310 hecta',
        language: 'vi',
        publishedAt: '2024-01-22',
        publisher: 'Báo Rừng',
        sourceUrl: 'https://rung.example.vn/tin/dat-mui.html',
        by: { title: 'page-title', publishedAt: 'feed', publisher: 'feed', sourceUrl: 'address' },
        text: lines(...mangrove),
      },
    ],
  },
  {
    file: 'added/web/dams.example.org/inspection-99aa.html',
    content: `<html lang="en"><head><title>No cracks in the dam</title><link rel="canonical" href="/2023/08/30/inspection/"></head><body><main><h1>No cracks in the dam</h1>${paragraphs(dam)}</main></body></html>`,
    sidecar: {
      fetched: {
        url: 'https://dams.example.org/2023/08/30/inspection/?utm_source=x',
        finalUrl: 'https://dams.example.org/2023/08/30/inspection/?utm_source=x',
        at: '2024-01-23T00:00:00.000Z',
      },
    },
    articles: [
      {
        id: 'dams-example-org-inspection-99aa',
        title: 'No cracks in the dam',
        language: 'en',
        publishedAt: '2023-08-30',
        publisher: 'dams.example.org',
        sourceUrl: 'https://dams.example.org/2023/08/30/inspection/',
        by: { publishedAt: 'address', publisher: 'address', sourceUrl: 'link' },
        text: lines(...dam),
      },
    ],
  },
  {
    file: 'encodings/pho-di-bo.html',
    content: encodeAs(
      'windows-1258',
      `<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1258"><title>Phố đi bộ mở thêm hai đêm</title></head><body><table><tr><td width="150"><ul><li>Trang nhất</li><li>Văn hóa</li></ul></td><td><h1>Phố đi bộ mở thêm hai đêm</h1><p><i>16/2/2024</i></p>${paragraphs(night)}</td></tr></table></body></html>`,
    ),
    articles: [
      {
        id: 'encodings-pho-di-bo',
        title: 'Phố đi bộ mở thêm hai đêm',
        language: 'vi',
        publishedAt: '2024-02-16',
        by: { publishedAt: 'date-line', language: 'detected' },
        text: lines(...night),
      },
    ],
  },
  {
    file: 'encodings/violin.html',
    content: encodeAs(
      'windows-1252',
      `<html><head><meta charset="iso-8859-1"><title>Stolen violin found – after 26 years</title></head><body><p>${violin[0]}</p><p>${violin[1]}</p><p>Photo: © Police of Ghent</p></body></html>`,
    ),
    articles: [
      {
        id: 'encodings-violin',
        title: 'Stolen violin found – after 26 years',
        language: 'en',
        by: { title: 'page-title' },
        text: lines(...violin),
      },
    ],
  },
  {
    file: 'wire/Telegraph_office_closes_20190322.txt',
    content: `TELEGRAPH OFFICE TO CLOSE\n\n${telegraph.join(' ')}\n\n- 30 -\n`,
    articles: [
      {
        id: 'wire-telegraph-office-closes-20190322',
        title: 'TELEGRAPH OFFICE TO CLOSE',
        language: 'en',
        publishedAt: '2019-03-22',
        by: { title: 'first-line', publishedAt: 'file-name' },
        text: lines(telegraph.join(' ')),
      },
    ],
  },
  {
    file: 'wire/reading-room.txt',
    content: `Reading room closed in February\n\n${mail.join('\n\n')}\n\nSource: Staff bulletin\n`,
    articles: [
      {
        id: 'wire-reading-room',
        title: 'Reading room closed in February',
        language: 'en',
        sources: ['Staff bulletin'],
        by: { title: 'first-line' },
        text: lines(...mail),
      },
    ],
  },
  {
    file: 'portal/beekeepers.xhtml',
    content: `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en"><head><title>Minutes of the annual meeting</title><meta name="dcterms.created" content="2021-10-16" /></head><body><div id="content"><h1>Minutes of the annual meeting</h1>${paragraphs(xhtml)}<hr /></div></body></html>`,
    articles: [
      {
        id: 'portal-beekeepers',
        title: 'Minutes of the annual meeting',
        language: 'en',
        publishedAt: '2021-10-16',
        by: { title: 'page-title', publishedAt: 'meta' },
        text: lines(...xhtml),
      },
    ],
  },
];
