import { describe, expect, it } from 'vitest';

import { articleOf } from '../article-of.ts';

const article =
  '<p>Điều 1. Hỗ trợ 50% học phí cho sinh viên có hộ khẩu thường trú tại tỉnh trong bốn năm học.</p><p>Điều 2. Giám đốc Sở chịu trách nhiệm thi hành Quyết định này.</p>';

describe('an official Vietnamese document', () => {
  it('has the date that stands behind its place, and the matter with its kind in the title', () => {
    const head = 'ỦY BAN NHÂN DÂN TỈNH\n\nBình Dương, ngày 15 tháng 5 năm 2024';
    const text = `${head}\n\n# QUYẾT ĐỊNH\n\n## Về việc hỗ trợ học phí cho sinh viên\n\nĐiều 1. Hỗ trợ 50% học phí.\n`;
    const found = articleOf('a.md', text);
    expect(found).toMatchObject({
      title: 'QUYẾT ĐỊNH về việc hỗ trợ học phí cho sinh viên',
      publishedAt: '2024-05-15',
      found: { title: 'heading', publishedAt: 'date-line' },
    });
    expect(found.text).not.toMatch(/Về việc|ngày 15/u);
  });

  it('keeps a heading that is its whole title, and a sentence that only begins like a date line', () => {
    const event =
      '<p>Bình Dương, ngày 15 tháng 5 năm 2024 diễn ra hội nghị tổng kết với sự tham gia của 200 đại biểu.</p>';
    const found = articleOf('a.html', `<body><h1>Thông báo</h1>${event}${article}</body>`);
    expect(found.title).toBe('Thông báo');
    expect(found.text).toContain('ngày 15 tháng 5 năm 2024 diễn ra hội nghị');
  });
});

describe('the line of a portal below its headline', () => {
  it.each(['09:00 Lượt xem: 1.245', '09:00Lượt xem: 1.245', '09:00 | 1.245 lượt xem'])(
    'dates the page and goes: %s',
    (rest) => {
      const page = `<body><h1>Khánh thành thư viện số</h1><div>Thứ 3, Ngày 02/07/2024, ${rest}</div>${article}</body>`;
      const { publishedAt, text } = articleOf('a.html', page);
      expect(publishedAt).toBe('2024-07-02');
      expect(text).not.toMatch(/lượt xem|02\/07/iu);
    },
  );
});
