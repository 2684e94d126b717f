import { describe, expect, it } from 'vitest';

import { articleOf, headingsOf, sentencesOf } from '../article-of.ts';

const first =
  'The harbour office opened a second pilot station on Friday, and two thousand people came to see it.';
const second = 'Ships wait forty minutes less than before, the head of the station said at the opening.';
const third = 'A third station is planned for 2027, if the province finds the money.';
const vietnamese =
  'Cảng vụ thành phố khánh thành trạm hoa tiêu thứ hai vào sáng thứ sáu, có hai nghìn người đến xem.';
const vietnameseToo = 'Tàu chờ ít hơn trước bốn mươi phút, trưởng trạm cho biết tại buổi lễ.';

/** Text files as pages look when all of them is copied. */
function read(...lines: string[]) {
  return articleOf('a.txt', lines.join('\n'));
}

describe('whole pages of Vietnamese papers', () => {
  it('leave the article: a paper with date, sharing, related articles, signature and comments', () => {
    const article = read(
      'Trang chủ › Thời sự › Giao thông',
      'Thứ sáu, 5/4/2024, 09:15 (GMT+7)',
      'Khánh thành trạm hoa tiêu thứ hai',
      'Nghe bài viết 5:32',
      'Chia sẻ | Bản in',
      vietnamese,
      'Đọc thêm: Giá vé phà tăng từ tháng 5',
      vietnameseToo,
      'Gia Chính - Viết Tuân',
      'Ý kiến (12)',
      'Bến tàu đẹp quá, tôi sẽ đưa các con đến xem.',
      'Ngày 1/1/2020 tôi đã thấy nó.',
      'Tin cùng chuyên mục',
      'Giá vé phà tăng từ tháng 5',
    );
    expect(article).toMatchObject({
      title: 'Khánh thành trạm hoa tiêu thứ hai',
      publishedAt: '2024-04-05',
      author: 'Gia Chính - Viết Tuân',
      language: 'vi',
    });
    expect(sentencesOf(article)).toEqual([vietnamese, vietnameseToo]);
  });

  it('leave the article: signed first paragraph, credit of the picture, writer and source', () => {
    const article = read(
      'Khánh thành trạm hoa tiêu thứ hai',
      '05/04/2024 09:15 GMT+7',
      `TTO - ${vietnamese}`,
      'Trạm hoa tiêu mới nhìn từ phía biển. Ảnh: Hồng Hạnh',
      vietnameseToo,
      'HỒNG HẠNH (Theo Reuters)',
    );
    expect(article).toMatchObject({
      publishedAt: '2024-04-05',
      publisher: 'TTO',
      author: 'HỒNG HẠNH',
      sources: ['Reuters'],
    });
    expect(sentencesOf(article)).toEqual([vietnamese, 'Trạm hoa tiêu mới nhìn từ phía biển.', vietnameseToo]);
  });

  it('leave the article: a ministry', () => {
    const article = read(
      'Thứ Sáu, 05/04/2024 | 09:15 GMT+7',
      'Khánh thành trạm hoa tiêu thứ hai',
      'Đọc bài viết',
      `(Dân trí) - ${vietnamese}`,
      vietnameseToo,
      'Nguồn: https://mst.gov.vn/tram-hoa-tieu-197240405151748513.htm',
      'Lượt xem: 123',
      'In bài viết',
      'Bình luận (0)',
    );
    expect(article).toMatchObject({
      publishedAt: '2024-04-05',
      publisher: 'Dân trí',
      sourceUrl: 'https://mst.gov.vn/tram-hoa-tieu-197240405151748513.htm',
    });
    expect(sentencesOf(article)).toEqual([vietnamese, vietnameseToo]);
  });

  it('leave the article: English on a Vietnamese template', () => {
    const article = read(
      'Trang chủ › Tin tức',
      'Pilot station opens',
      'Thứ 6, Ngày 05/04/2024',
      'Chia sẻ / Share',
      first,
      second,
      'Bản in',
      'Lượt xem: 617 | Chia sẻ',
      'Tin liên quan',
      'Ferry fares to rise in May',
    );
    expect(article).toMatchObject({
      title: 'Pilot station opens',
      publishedAt: '2024-04-05',
      language: 'en',
    });
    expect(sentencesOf(article)).toEqual([first, second]);
  });
});

describe('whole pages in English', () => {
  it('leave the article: an agency', () => {
    const article = read(
      'Pilot station opens in Hai Phong',
      'By Khanh Vu',
      'April 5, 2024 9:15 AM UTC Updated April 6, 2024',
      `HAI PHONG, April 5 (Reuters) - ${first}`,
      'Advertisement · Scroll to continue',
      second,
      'Reporting by Khanh Vu in Hanoi; Editing by John Mair',
      'Our Standards: The Thomson Reuters Trust Principles., opens new tab',
      'Purchase Licensing Rights, opens new tab',
    );
    expect(article).toMatchObject({
      title: 'Pilot station opens in Hai Phong',
      publishedAt: '2024-04-05',
      author: 'Khanh Vu',
      publisher: 'Reuters',
    });
    expect(sentencesOf(article)).toEqual([first, second]);
  });

  it('leave the article: a broadcaster', () => {
    const article = read(
      'Pilot station opens',
      'Published 5 April 2024',
      'By Jane Doe',
      'Share',
      'Save',
      'Image source, Getty Images',
      first,
      second,
      'Related topics',
      'Shipping',
      'Viet Nam',
      'More on this story',
      'Ferry fares to rise',
      'The BBC is not responsible for the content of external sites.',
    );
    expect(article).toMatchObject({ publishedAt: '2024-04-05', author: 'Jane Doe' });
    expect(sentencesOf(article)).toEqual([first, second]);
  });

  it('leave the article: a government', () => {
    const article = read(
      'Cookies on GOV.UK',
      'We use some essential cookies to make this website work.',
      'Accept additional cookies',
      'Reject additional cookies',
      'View cookies',
      'Pilot station opens',
      'From: Department for Transport',
      'Published 5 April 2024 Last updated 9 May 2024',
      first,
      second,
      'Is this page useful?',
      'Report a problem with this page',
    );
    expect(article).toMatchObject({
      title: 'Pilot station opens',
      publishedAt: '2024-04-05',
      publisher: 'Department for Transport',
    });
    expect(sentencesOf(article)).toEqual([first, second]);
  });

  it('leave the article: blogs', () => {
    const article = read(
      'Pilot station opens',
      'Posted on April 5th, 2024 by admin',
      first,
      second,
      'Share this: Facebook X',
      'Filed under: Harbour',
      'Next post: Ferry fares to rise',
      'Leave a Reply',
      'Your email address will not be published. Required fields are marked *',
      'Great news, thank you for sharing it with us.',
    );
    expect(article.publishedAt).toBe('2024-04-05');
    expect(article).not.toHaveProperty('author');
    expect(sentencesOf(article)).toEqual([first, second]);
    const drupal = read(
      'Pilot station opens',
      'Submitted by An Pham on Fri, 04/26/2024 - 09:15',
      first,
      second,
    );
    expect(drupal).toMatchObject({ author: 'An Pham', publishedAt: '2024-04-26' });
    expect(sentencesOf(drupal)).toEqual([first, second]);
  });
});

describe('lines that recur through a text', () => {
  it('go where they are headers, footers and numbers of pages', () => {
    const article = read(
      'Harbour report',
      first,
      second,
      'Harbour office of the city',
      'Page 1 of 3',
      'Harbour report',
      third,
      first,
      'Harbour office of the city',
      'Page 2 of 3',
      'Harbour report',
      second,
      third,
      'Harbour office of the city',
      'Page 3 of 3',
    );
    expect(article.title).toBe('Harbour report');
    expect(sentencesOf(article)).toEqual([first, second, third, first, second, third]);
    expect(headingsOf(article)).toEqual([]);
  });

  it('stay where they differ by the number of an article, or are sentences', () => {
    const article = read(
      'Điều 1',
      first,
      'It rained.',
      'Điều 2',
      second,
      'It rained.',
      'Điều 3',
      third,
      'It rained.',
      first,
    );
    expect(sentencesOf(article).filter((sentence) => sentence === 'It rained.')).toHaveLength(3);
    for (const line of ['Điều 1', 'Điều 2', 'Điều 3'])
      expect(`${article.title}\n${article.text}`).toContain(line);
  });
});

describe('comments', () => {
  it('are counted above the text without losing it', () => {
    const article = read('Pilot station opens', 'Comments (3)', first, second, third);
    expect(sentencesOf(article)).toEqual([first, second, third]);
  });
});

describe('datelines', () => {
  it('are not the years of a life', () => {
    const text = 'Eric Ambler (28 June 1909 – 22 October 1998) was a writer of thrillers from London.';
    const article = read(text, second);
    expect(article.text.startsWith(text)).toBe(true);
    expect(article).not.toHaveProperty('publishedAt');
  });
});

describe('dates of lines', () => {
  it.each([
    ['Thứ 6, Ngày 05/04/2024', '2024-04-05'],
    ['Thứ Sáu, 05/04/2024 | 09:15 GMT+7', '2024-04-05'],
    ['ngày 5 tháng 4 năm 2024', '2024-04-05'],
    ['5.4.2024', '2024-04-05'],
    ['Friday, April 5, 2024', '2024-04-05'],
    ['5 Apr 2024', '2024-04-05'],
    ['April 5th, 2024', '2024-04-05'],
    ['Cập nhật lúc 09:15, 05/04/2024', '2024-04-05'],
    ['04/25/2024', '2024-04-25'],
  ])('are read from "%s" and taken out of the text', (line, date) => {
    expect(read('Pilot station opens', line, first, second)).toMatchObject({
      publishedAt: date,
      text: `${first}\n\n${second}`,
    });
  });

  it('are left out of English articles where they can be read in two ways, and day first in Vietnamese ones', () => {
    const article = read('Pilot station opens', '03/04/2024 09:15', first, second);
    expect(article).not.toHaveProperty('publishedAt');
    expect(article.text).toBe(`${first}\n\n${second}`);
    expect(read('Trạm hoa tiêu', '03/04/2024 09:15', vietnamese, vietnameseToo).publishedAt).toBe(
      '2024-04-03',
    );
  });

  it('are those of publication where both are named', () => {
    const article = read(
      'Pilot station opens',
      'Updated: 9 May 2024',
      'Published: 5 April 2024',
      first,
      second,
    );
    expect(article.publishedAt).toBe('2024-04-05');
  });
});
