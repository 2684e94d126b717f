import { makeEpub } from '../../../support/make-epub.ts';
import { lines, type Sample } from '../sample.ts';

const river = [
  'The ferryman counted the planks of his boat every morning, although no plank had ever been missing.',
  'His daughter counted the passengers.',
  'In the autumn a bridge was built, and there was nothing left to count.',
];
const garden = [
  'Bà tôi trồng mười hai gốc bưởi quanh nhà, mỗi gốc một tháng.',
  'Tháng Giêng bà hái quả ở gốc thứ nhất đem biếu xóm giềng.',
  'Gốc thứ mười hai đến nay vẫn chưa ra quả.',
];
const guide = [
  'A dry stone wall has no mortar, so every stone must lie on two others.',
  'Two people build about three metres in a day.',
];

export const books: readonly Sample[] = [
  {
    file: 'books/the-ferryman.epub',
    content: makeEpub({
      version: '3.0',
      metadata:
        '<dc:title>The ferryman</dc:title><dc:creator>Agnes Holm</dc:creator><dc:publisher>Quay Press</dc:publisher><dc:language>en-GB</dc:language><dc:date>2019-05-04</dc:date>',
      pages: {
        'cover.xhtml': '<section epub:type="cover"><p>The ferryman</p></section>',
        'copyright.xhtml': '<p>All rights reserved. Printed in Leeds.</p>',
        'c1.xhtml': `<section><h1>Planks</h1><p>${river[0]}<sup><a epub:type="noteref" href="#n1">1</a></sup></p><p>${river[1]}</p></section>`,
        'c2.xhtml': `<section><p>${river[2]}</p></section>`,
      },
      contents: { 'c1.xhtml': 'Planks', 'c2.xhtml': 'The bridge' },
    }),
    articles: [
      {
        id: 'books-the-ferryman',
        title: 'The ferryman',
        language: 'en',
        publishedAt: '2019-05-04',
        publisher: 'Quay Press',
        author: 'Agnes Holm',
        by: { title: 'properties', publishedAt: 'properties', publisher: 'properties', author: 'properties' },
        text: lines('Planks', river[0] ?? '', river[1] ?? '', 'The bridge', river[2] ?? ''),
        headings: ['1 Planks', '1 The bridge'],
      },
    ],
  },
  {
    file: 'books/muoi-hai-goc-buoi.epub',
    content: makeEpub({
      version: '3.0',
      metadata:
        '<dc:title>Mười hai gốc bưởi</dc:title><dc:creator>Trần Mai Hạnh</dc:creator><dc:language>vi</dc:language>',
      pages: { 'c1.xhtml': `<h2>Chương một</h2>${garden.map((text) => `<p>${text}</p>`).join('')}` },
    }),
    articles: [
      {
        id: 'books-muoi-hai-goc-buoi',
        title: 'Mười hai gốc bưởi',
        language: 'vi',
        author: 'Trần Mai Hạnh',
        by: { title: 'properties', author: 'properties' },
        text: lines('Chương một', ...garden),
        headings: ['2 Chương một'],
      },
    ],
  },
  {
    file: 'books/walls.epub',
    content: makeEpub({
      version: '2.0',
      metadata:
        '<dc:title>Building dry stone walls</dc:title><dc:creator opf:role="aut">Ewan Bell</dc:creator><dc:language>en</dc:language><dc:date opf:event="conversion">2020-02-02</dc:date><dc:date opf:event="publication">2004-09-01</dc:date>',
      pages: {
        'a.html': `<h1>Stones</h1><p>${guide[0]}</p><ul><li>A hammer</li><li>A line</li></ul><p>${guide[1]}</p>`,
      },
      contents: { 'a.html': 'Stones' },
    }),
    articles: [
      {
        id: 'books-walls',
        title: 'Building dry stone walls',
        language: 'en',
        publishedAt: '2004-09-01',
        author: 'Ewan Bell',
        by: { title: 'properties', publishedAt: 'properties' },
        text: lines('Stones', guide[0] ?? '', ['A hammer', 'A line'], guide[1] ?? ''),
        headings: ['1 Stones'],
      },
    ],
  },
];
