import { makeDocx, wordParagraph } from '../../../support/make-docx.ts';
import { lines, type Sample } from '../sample.ts';

const vaccine = [
  'The clinic vaccinated 4,120 people against influenza this winter, 300 more than planned.',
  'Most of them came on Saturdays, when the clinic is open until eight.',
  'A second nurse will be hired in March.',
];
const meeting = [
  'Cuộc họp bắt đầu lúc 8 giờ ngày 12 tháng 3 năm 2024 tại phòng họp A.',
  'Ông Đặng Quốc Việt báo cáo tiến độ lắp đặt 18 trạm đo mưa.',
  'Chủ tọa kết luận: hoàn thành toàn bộ trạm trước mùa mưa.',
];
const talk = [
  'Why did you leave the orchestra?',
  'I wanted to play in rooms where people can see my hands.',
  'What is the oldest piece in your programme?',
  'A lament from 1612, which I found in a library in Perugia.',
];
const order = [
  'Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;',
  'Thành lập Tổ công tác phòng cháy rừng gồm 11 thành viên.',
  'Quyết định này có hiệu lực kể từ ngày ký.',
];
const release = [
  'MILLBROOK, 9 July 2024 – The Millbrook paper works will switch its boilers from gas to wood chips.',
  'The change saves 14,000 tonnes of carbon dioxide a year.',
];

export const wordFiles: readonly Sample[] = [
  {
    file: 'reports/vaccination.docx',
    content: makeDocx({
      core: '<dc:title>Vaccination report</dc:title><dc:creator>Hanna Vogel</dc:creator><dcterms:created>2024-02-20T10:00:00Z</dcterms:created>',
      body: [
        wordParagraph('Vaccination report', { style: 'Heading1' }),
        wordParagraph(vaccine[0] ?? ''),
        wordParagraph('Where people came from', { style: 'Heading2' }),
        table([
          ['District', 'People'],
          ['Old town', '2,310'],
          ['Harbour', '1,810'],
        ]),
        wordParagraph(vaccine[1] ?? ''),
        wordParagraph('Next steps', { style: 'Heading2' }),
        wordParagraph('Order of the second fridge', { item: true }),
        wordParagraph('Training of volunteers', { item: true }),
        wordParagraph(vaccine[2] ?? ''),
      ].join(''),
    }),
    articles: [
      {
        id: 'reports-vaccination',
        title: 'Vaccination report',
        language: 'en',
        publishedAt: '2024-02-20',
        author: 'Hanna Vogel',
        by: { title: 'properties', author: 'properties', publishedAt: 'properties', language: 'detected' },
        text: lines(
          vaccine[0] ?? '',
          'Where people came from',
          ['District: Old town; People: 2,310.', 'District: Harbour; People: 1,810.'],
          vaccine[1] ?? '',
          'Next steps',
          ['Order of the second fridge', 'Training of volunteers'],
          vaccine[2] ?? '',
        ),
        headings: ['2 Where people came from', '2 Next steps'],
      },
    ],
  },
  {
    file: 'minutes/bien-ban-tram-do-mua.docx',
    content: makeDocx({
      core: '<dc:title>Document1</dc:title><dc:creator>Administrator</dc:creator><dcterms:created>2024-03-12T02:00:00Z</dcterms:created>',
      body: [
        wordParagraph('Biên bản họp về trạm đo mưa', { style: 'Heading1' }),
        ...meeting.map((text) => wordParagraph(text)),
      ].join(''),
    }),
    articles: [
      {
        id: 'minutes-bien-ban-tram-do-mua',
        title: 'Biên bản họp về trạm đo mưa',
        language: 'vi',
        publishedAt: '2024-03-12',
        by: { title: 'heading', publishedAt: 'properties' },
        text: lines(...meeting),
      },
    ],
  },
  {
    file: 'interviews/the-lutenist.docx',
    content: makeDocx({
      core: '<dc:title>The lutenist who left</dc:title>',
      body: [
        wordParagraph('The lutenist who left', { style: 'Heading1' }),
        wordParagraph('By Carla Reyes'),
        wordParagraph('14 January 2022'),
        ...talk.map((text) => wordParagraph(text)),
      ].join(''),
    }),
    articles: [
      {
        id: 'interviews-the-lutenist',
        title: 'The lutenist who left',
        language: 'en',
        publishedAt: '2022-01-14',
        author: 'Carla Reyes',
        by: { publishedAt: 'date-line', author: 'byline' },
        text: lines(...talk),
      },
    ],
  },
  {
    file: 'van-ban/to-cong-tac.docx',
    content: makeDocx({
      body: [
        wordParagraph('Quyết định thành lập Tổ công tác phòng cháy rừng', { style: 'Heading1' }),
        wordParagraph(order[0] ?? ''),
        bold('Điều 1. Thành lập'),
        wordParagraph(order[1] ?? ''),
        bold('Điều 2. Hiệu lực'),
        wordParagraph(`${order[2]}/.`),
      ].join(''),
    }),
    articles: [
      {
        id: 'van-ban-to-cong-tac',
        title: 'Quyết định thành lập Tổ công tác phòng cháy rừng',
        language: 'vi',
        by: { title: 'heading', language: 'detected' },
        text: lines(order[0] ?? '', 'Điều 1. Thành lập', order[1] ?? '', 'Điều 2. Hiệu lực', order[2] ?? ''),
        headings: ['3 Điều 1. Thành lập', '3 Điều 2. Hiệu lực'],
      },
    ],
  },
  {
    file: 'press/paper-works.docx',
    content: makeDocx({
      body: [
        wordParagraph('Paper works to burn wood chips', { style: 'Heading1' }),
        ...release.map((text) => wordParagraph(text)),
        wordParagraph('###'),
      ].join(''),
    }),
    articles: [
      {
        id: 'press-paper-works',
        title: 'Paper works to burn wood chips',
        language: 'en',
        publishedAt: '2024-07-09',
        by: { title: 'heading', publishedAt: 'dateline' },
        text: lines(
          'The Millbrook paper works will switch its boilers from gas to wood chips.',
          release[1] ?? '',
        ),
      },
    ],
  },
  {
    file: 'reports/Rainfall at the weir.docx',
    content: makeDocx({
      body:
        wordParagraph(
          'Last year 1,210 millimetres of rain fell at the weir, and the gauge was read every morning at seven.',
        ) +
        '<w:p><w:r><w:t>No year since 1951 was wetter.</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>',
      footnote: 'The gauge was moved by ten metres in 1988.',
    }),
    articles: [
      {
        id: 'reports-rainfall-at-the-weir',
        title: 'Rainfall at the weir',
        language: 'en',
        by: { title: 'file-name' },
        text: lines(
          'Last year 1,210 millimetres of rain fell at the weir, and the gauge was read every morning at seven.',
          'No year since 1951 was wetter.',
          'The gauge was moved by ten metres in 1988.',
        ),
      },
    ],
  },
];

function table(rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) => row.map((cell) => `<w:tc>${wordParagraph(cell)}</w:tc>`).join('');
  return `<w:tbl>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`;
}

/** A paragraph in bold type, as most people write headings. */
function bold(text: string): string {
  return `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>${text}</w:t></w:r></w:p>`;
}
