import { describe, expect, it } from 'vitest';

import { normaliseText } from '../../src/ingest/clean/characters.ts';
import { isLabel } from '../../src/ingest/clean/labels.ts';
import { articleOf, headingsOf, sentencesOf } from './article-of.ts';

const body = 'The museum opened a new wing on Saturday, and two thousand people came to see it.';

describe('normaliseText', () => {
  it('composes characters and normalises spaces and line ends', () => {
    expect(normaliseText('\ufeffKhoa ho\u0323c\u00a0\u00a0và\tđời \r\nsố\ng \u200bmới\u0007')).toBe(
      'Khoa học và đời\nsố\ng mới',
    );
  });

  it('keeps the joiners of emoji and replaces lone surrogates', () => {
    expect(normaliseText('👩‍🔬 a\u200db \ud83d')).toBe('👩‍🔬 ab \ufffd');
  });
});

describe('labels', () => {
  it.each([
    'Cỡ chữ: Font size: Giảm (A-) Mặc định (A) Tăng (A+)',
    'Lượt người xem:  Views:   617',
    '1,204 views',
    'Comment (0)',
    'Bình luận (12)',
    'Chia sẻ:',
    'Facebook Twitter Zalo',
    'Version HistoryVersion History',
    'Content Type: Tin Tức Mở Rộng',
    'Created at by',
    'Last modified at by',
    'Tags: rice, harvest',
    'Photo collection.',
    'Conference Overview.',
    'Quang cảnh hội nghị',
    'Ảnh minh họa: Lan Anh',
    '(Photo: VNA)',
    '© 2023 Harbour Office. All rights reserved.',
    'Read more: New boats for the harbour',
    'Subscribe to our newsletter',
  ])('drops "%s"', (line) => {
    expect(isLabel(line)).toBe(true);
  });

  it.each([
    'Views differ on how many comments the draft received.',
    'Share prices fell by 3 per cent.',
    'Comments are welcome until 5 May.',
    'Photo collections of the museum were digitised in 2019.',
    'The conference overview was written by two students.',
    'Tags help readers to find articles.',
    'Nội dung cuộc họp gồm ba phần.',
    'Hình ảnh vệ tinh cho thấy rừng đã phục hồi.',
    'It worked.',
    'Copyright law was changed in 2020.',
    'Subscribe early, the editors said.',
    'Home',
  ])('keeps or drops "%s" as a sentence deserves', (line) => {
    expect(isLabel(line)).toBe(line === 'Home');
  });
});

describe('cleaning a text file', () => {
  it('drops a menu at the head and a dump of fields at the tail', () => {
    const text = `Giới thiệu\nVăn bản mới\nLịch công tác\nNew wing for the river museum\n${body}\nMã bài\nNhóm duyệt\nNgười duyệt\nNgày duyệt`;
    const article = articleOf('a.txt', text);
    expect(article).toMatchObject({ title: 'New wing for the river museum', text: body });
  });

  it('keeps short sentences, wherever they stand', () => {
    const text = `It rained.\nNobody left.\nThe band played on.\n${body}\nIt was late.\nThe doors closed.\nThe lights went out.`;
    expect(sentencesOf(articleOf('a.txt', text))).toHaveLength(7);
  });

  it('keeps a list that a colon announces at the very end', () => {
    const text = `${body}\nThese towns sent visitors:\nAn Binh\nTan Phu\nLong Khe\nMy Loi`;
    expect(articleOf('a.txt', text).text).toContain('My Loi');
  });

  it('keeps bulleted items at the very end', () => {
    const text = `${body}\n- Coins\n- Maps\n- Boats\n- Nets`;
    expect(articleOf('a.txt', text).text).toBe(`${body}\n\nCoins\nMaps\nBoats\nNets`);
  });

  it('keeps a text that has short lines only', () => {
    expect(articleOf('a.txt', 'Red boats\nBlue river\nWhite birds\nGreen hills').text).toContain(
      'Green hills',
    );
  });

  it('drops the list under "Tin liên quan" and goes on with the next sentence', () => {
    const text = `${body}\nTin liên quan\nBảo tàng mở cửa trở lại\nLịch tham quan mùa hè\nTickets cost 40,000 dong on weekdays.`;
    expect(sentencesOf(articleOf('a.txt', text))).toEqual([body, 'Tickets cost 40,000 dong on weekdays.']);
  });

  it('keeps sentences that begin like a credit', () => {
    const text = `${body}\nBy 2030, the museum wants a million visitors.\nSource: a spring in the hills feeds the fountain. It never dries.`;
    expect(articleOf('a.txt', text).text).toContain('By 2030');
    expect(articleOf('a.txt', text).text).toContain('It never dries.');
  });

  it('keeps a place before a dash and a date inside a sentence', () => {
    const text = `Ninh Binh - a land of rivers - has a new museum, opened on 3 May 2021 by its founder.\n${body}`;
    const article = articleOf('a.txt', text);
    expect(article.text).toMatch(/^Ninh Binh - a land/u);
    expect(article).not.toHaveProperty('publishedAt');
  });

  it('strips end marks only', () => {
    expect(articleOf('a.txt', `${body}\nIt closes at nine./.`).text).toMatch(/nine\.$/u);
    expect(articleOf('a.txt', `${body}\nIt closes at nine. (Hết)`).text).toMatch(/nine\.$/u);
  });

  it('fails when nothing but furniture is there', () => {
    expect(() => articleOf('a.txt', 'Comment (0)\nChia sẻ:')).toThrow('holds no text');
  });
});

describe('headings of a text file', () => {
  it('are short lines before a paragraph or a list', () => {
    const text = `${body}\nWhat there is to see\n${body}\n2.1 Boats of the delta\n${body}\nOpening hours\n- Monday: closed\n- Other days: 9 to 5`;
    expect(headingsOf(articleOf('a.txt', text))).toEqual([
      '2 What there is to see',
      '3 2.1 Boats of the delta',
      '2 Opening hours',
    ]);
  });

  it('are never sentences, list items after a colon, or the last line', () => {
    const text = `${body}\nThe rooms are these:\nThe long hall\n${body}\nIt is free.\n${body}\nA line without a stop`;
    expect(headingsOf(articleOf('a.txt', text))).toEqual([]);
  });
});
