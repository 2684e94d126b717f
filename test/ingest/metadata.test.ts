import { describe, expect, it } from 'vitest';

import { findDate, isoDate, urlDate } from '../../src/ingest/metadata/dates.ts';
import { isSlug, pathSlug } from '../../src/ingest/metadata/slug.ts';
import { articleOf } from './article-of.ts';

const body = 'The museum opened a new wing on Saturday, and two thousand people came to see it.';

describe('findDate', () => {
  it.each([
    ['Thứ 6, Ngày 05/04/2024, 09:00', '2024-04-05'],
    ['November 17, 2023', '2023-11-17'],
    ['17 Nov 2023', '2023-11-17'],
    ['the 2nd of May 1999', '1999-05-02'],
    ['ngày 5 tháng 4 năm 2024', '2024-04-05'],
    ['2024-04-05T09:00:00+07:00', '2024-04-05'],
    ['11/17/2023', '2023-11-17'],
    ['05/04/2024,09:00', '2024-04-05'],
    ['Đăng ngày 5/4/2024lúc 9 giờ', '2024-04-05'],
    ['2024-04-05Z', '2024-04-05'],
    ['ngày 5 tháng tư năm 2024', '2024-04-05'],
    ['May 5, 2024', '2024-05-05'],
    ['founded on 14 July 1789, told on 15 July 1989', '1989-07-15'],
  ])('reads %s', (text, date) => {
    expect(findDate(text)?.date).toBe(date);
  });

  it.each([
    'November 17',
    '31/02/2024',
    'Decision 708/2018',
    'version 1.2.3',
    '45/13/2024',
    '26 November',
    'máy 5, 2024',
    '14 July 1789',
    '2024',
    'May 2024',
  ])('finds no date in %s', (text) => {
    expect(findDate(text)).toBeUndefined();
  });
});

describe('dates of other kinds', () => {
  it('reads the date in the address of a page', () => {
    expect(urlDate('https://mst.gov.vn/tieu-de-bai-viet-197250822151748513.htm')).toBe('2025-08-22');
    expect(urlDate('https://news.example/2024/04/05/title')).toBe('2024-04-05');
  });

  it('takes no other number in an address for a date', () => {
    expect(urlDate('https://shop.example/item-197259922151748513.htm')).toBeUndefined();
    expect(urlDate('https://shop.example/item-123456.htm')).toBeUndefined();
  });

  it('keeps the calendar day of a time in its own zone', () => {
    expect(isoDate('2025-03-09T23:30:00-05:00')).toBe('2025-03-09');
    expect(isoDate('2025-02-30')).toBeUndefined();
  });
});

describe('ids', () => {
  it('are made of the path', () => {
    expect(pathSlug('vi/Đổi mới & Sáng tạo.v2.txt')).toBe('vi-doi-moi-sang-tao-v2');
    expect(pathSlug('…')).toBeUndefined();
  });

  it('are slugs of at most 120 characters', () => {
    const slug = pathSlug(`${'a-'.repeat(100)}.txt`) ?? '';
    expect(slug.length).toBeLessThanOrEqual(120);
    expect(isSlug(slug)).toBe(true);
  });
});

describe('metadata of an article', () => {
  it('prefers the front matter to the text', () => {
    const article = articleOf(
      'a.md',
      `---\ntitle: From above\npublishedAt: 2020-01-02T10:00:00Z\n---\n05/04/2024\n\n${body}\n\nNguồn: https://www.a.example/x\n`,
    );
    expect(article).toMatchObject({
      title: 'From above',
      publishedAt: '2020-01-02',
      sourceUrl: 'https://www.a.example/x',
      publisher: 'a.example',
      text: body,
    });
  });

  it('takes the first heading of Markdown for the title', () => {
    expect(articleOf('a.md', `# Night at the museum\n\n${body}`)).toMatchObject({
      title: 'Night at the museum',
      text: body,
      headings: [],
    });
  });

  it('shortens a first sentence to a title at a word', () => {
    const { title } = articleOf('a.txt', `${'Many people '.repeat(20)}came.`);
    expect(title.length).toBeLessThanOrEqual(100);
    expect(title).toMatch(/(?:Many|people)…$/u);
  });

  it('takes a dated dateline off the first paragraph', () => {
    const article = articleOf('a.txt', `HANOI, November 17, 2023 (VNA) – ${body}`);
    expect(article).toMatchObject({ publishedAt: '2023-11-17', publisher: 'VNA', text: body });
  });

  it.each([
    ['(HPĐT) - ', 'HPĐT'],
    ['HANOI (VNS) — ', 'VNS'],
    ['Hà Nội (TTXVN) – ', 'TTXVN'],
  ])('takes the agency of "%s" for the publisher', (dateline, publisher) => {
    expect(articleOf('a.txt', `${dateline}${body}`)).toMatchObject({ publisher, text: body });
  });

  it('keeps what only looks like a dateline', () => {
    const article = articleOf(
      'a.txt',
      `Vietnam Innovation Network (VIN) – The largest of its kind – met. ${body}`,
    );
    expect(article.text).toMatch(/^Vietnam Innovation Network/u);
  });

  it('reads the lines of a Vietnamese page', () => {
    const text = `Bảo tàng mở cửa trở lại\nThứ sáu, 22/08/2025 15:17 GMT+7\n${body}\nTác giả: Nguyễn Văn An\nTheo Báo Hải Phòng`;
    expect(articleOf('a.txt', text)).toMatchObject({
      title: 'Bảo tàng mở cửa trở lại',
      publishedAt: '2025-08-22',
      author: 'Nguyễn Văn An',
      sources: ['Báo Hải Phòng'],
      text: body,
    });
  });

  it('takes no address for a source that is not http', () => {
    expect(articleOf('a.txt', `${body}\nSource: javascript:alert(1)`)).not.toHaveProperty('sourceUrl');
  });

  it.each([
    ['publishedAt: 2024-13-01', 'publishedAt: must be a date'],
    ['sourceUrl: ftp://a.example', 'sourceUrl: must be an http(s) URL'],
    ['language: fr', 'language: must be en or vi'],
    ['title: [a', 'The front matter is not valid'],
    ['- a', 'The front matter is not valid'],
  ])('refuses the front matter "%s"', (yaml, message) => {
    expect(() => articleOf('a.md', `---\n${yaml}\n---\n${body}`)).toThrow(message);
  });

  it('reads an empty front matter and ignores unknown keys', () => {
    expect(articleOf('a.md', `---\n---\n${body}`).text).toBe(body);
    expect(articleOf('a.md', `---\nlayout: post\n---\n${body}`).text).toBe(body);
  });
});
