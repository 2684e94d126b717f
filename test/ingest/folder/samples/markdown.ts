import { lines, type Sample } from '../sample.ts';

const tide = [
  'The tidal mill at Saltney turned again on Saturday after 61 years of silence.',
  'It can grind 40 kilograms of flour in one tide.',
];
const drone = [
  'Sở Nông nghiệp dùng 25 máy bay không người lái để gieo sạ trên 3.000 hecta.',
  'Mỗi máy gieo được 20 hecta một ngày, bằng công của 30 người.',
];
const archive = [
  'The city archive has put 212,000 glass negatives online.',
  'They show streets, markets and ships from 1890 to 1935.',
  'Anyone may use the pictures without asking.',
];
const interview = [
  'Dr. Sophie Lindqvist has studied bats for twenty years.',
  'Because they hear better than any machine that we can build.',
  'About four hundred an hour on a warm night.',
];
const decision = [
  'Quyết định số 88/QĐ-UBND phê duyệt đề án cấp nước sạch nông thôn đến năm 2030.',
  'Đến năm 2030, 95% hộ dân nông thôn được dùng nước sạch.',
  'Tổng kinh phí là 640 tỷ đồng, trong đó dân đóng góp 10%.',
];

export const markdownFiles: readonly Sample[] = [
  {
    file: 'blog/tidal-mill.md',
    content: `---
id: tidal-mill-saltney
title: Tidal mill turns again
publishedAt: 2024-06-01
language: en
publisher: Saltney Herald
author: Bríd Walsh
sourceUrl: https://herald.example.org/tidal-mill
tags: [mills, tide]
---

# Tidal mill turns again

${tide[0]}

${tide[1]}
`,
    articles: [
      {
        id: 'tidal-mill-saltney',
        title: 'Tidal mill turns again',
        language: 'en',
        publishedAt: '2024-06-01',
        publisher: 'Saltney Herald',
        author: 'Bríd Walsh',
        sourceUrl: 'https://herald.example.org/tidal-mill',
        by: {
          title: 'front-matter',
          language: 'front-matter',
          publishedAt: 'front-matter',
          publisher: 'front-matter',
          author: 'front-matter',
          sourceUrl: 'front-matter',
        },
        text: lines(...tide),
      },
    ],
  },
  {
    file: 'blog/may-bay-gieo-sa.md',
    content: `---\ntitle: "Gieo sạ bằng máy bay: 3.000 hecta"\npublishedAt: "2024-05-20"\nlanguage: vi\n---\n${drone[0]}\n\n${drone[1]}\n\n## Chi phí\n\n| Khoản | Đồng/ha |\n| --- | ---: |\n| Thuê máy | 250.000 |\n| Lúa giống | 1.400.000 |\n`,
    articles: [
      {
        id: 'blog-may-bay-gieo-sa',
        title: 'Gieo sạ bằng máy bay: 3.000 hecta',
        language: 'vi',
        publishedAt: '2024-05-20',
        by: { title: 'front-matter', publishedAt: 'front-matter', language: 'front-matter' },
        text: lines(...drone, 'Chi phí', [
          'Khoản: Thuê máy; Đồng/ha: 250.000.',
          'Khoản: Lúa giống; Đồng/ha: 1.400.000.',
        ]),
        headings: ['2 Chi phí'],
      },
    ],
  },
  {
    file: 'blog/2023-02-14-glass-negatives.md',
    content: `Glass negatives online\n======================\n\n${archive[0]} ${archive[1]}\n\n![A street](street.jpg)\n\nHow to use them\n---------------\n\n* Search by **street**.\n* Order a [print](https://archive.example.org/prints).\n\n> ${archive[2]}\n`,
    articles: [
      {
        id: 'blog-2023-02-14-glass-negatives',
        title: 'Glass negatives online',
        language: 'en',
        publishedAt: '2023-02-14',
        by: { title: 'heading', publishedAt: 'file-name', language: 'detected' },
        text: lines(
          `${archive[0]} ${archive[1]}`,
          'How to use them',
          ['Search by street.', 'Order a print.'],
          archive[2] ?? '',
        ),
        headings: ['2 How to use them'],
      },
    ],
  },
  {
    file: 'blog/bats-interview.markdown',
    content: `# "They hear better than any machine"\n\n*By Mark Ojo*\n\n5 October 2023\n\n${interview[0]}\n\n**Why bats?**\n\n${interview[1]}\n\n**How many insects does one eat?**\n\n${interview[2]}\n`,
    articles: [
      {
        id: 'blog-bats-interview',
        title: '"They hear better than any machine"',
        language: 'en',
        publishedAt: '2023-10-05',
        author: 'Mark Ojo',
        by: { title: 'heading', publishedAt: 'date-line', author: 'byline' },
        text: lines(
          interview[0] ?? '',
          'Why bats?',
          interview[1] ?? '',
          'How many insects does one eat?',
          interview[2] ?? '',
        ),
      },
    ],
  },
  {
    file: 'van-ban/nuoc-sach-nong-thon.md',
    content: `# Đề án cấp nước sạch nông thôn\n\nNgày 12/12/2023\n\n${decision[0]}\n\n## Điều 1. Mục tiêu\n\n1. ${decision[1]}\n2. ${decision[2]}\n\n## Điều 2. Tổ chức thực hiện\n\nSở Nông nghiệp chủ trì, báo cáo Ủy ban nhân dân tỉnh trước ngày 15 tháng 12 hằng năm.\n`,
    articles: [
      {
        id: 'van-ban-nuoc-sach-nong-thon',
        title: 'Đề án cấp nước sạch nông thôn',
        language: 'vi',
        publishedAt: '2023-12-12',
        by: { title: 'heading', publishedAt: 'date-line', language: 'detected' },
        text: lines(
          decision[0] ?? '',
          'Điều 1. Mục tiêu',
          [`1. ${decision[1]}`, `2. ${decision[2]}`],
          'Điều 2. Tổ chức thực hiện',
          'Sở Nông nghiệp chủ trì, báo cáo Ủy ban nhân dân tỉnh trước ngày 15 tháng 12 hằng năm.',
        ),
        headings: ['2 Điều 1. Mục tiêu', '2 Điều 2. Tổ chức thực hiện'],
      },
    ],
  },
];
