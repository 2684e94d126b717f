import { fileURLToPath } from 'node:url';

import { beforeAll, describe, expect, it } from 'vitest';

import type { Article } from '../../src/domain/article.ts';
import { rootsOf } from '../../src/ingest/load/corpus-roots.ts';
import type { ParsedFile } from '../../src/ingest/parse/parsed-file.ts';
import { readTrustedCorpus } from '../../src/ingest/read-corpus.ts';
import { headingsOf, sentencesOf } from './article-of.ts';

const dir = fileURLToPath(new URL('../fixtures/articles', import.meta.url));
const loaded = new Map<string, ParsedFile>();

beforeAll(async () => {
  for await (const { file, ...parsed } of readTrustedCorpus(rootsOf(dir))) loaded.set(file, parsed);
});

function article(file: string): Article {
  const [found] = loaded.get(file)?.articles ?? [];
  if (!found) throw new Error(`${file} is no article: ${JSON.stringify(loaded.get(file))}`);
  return found.article;
}

describe('a portal page with menus, counters and a field dump', () => {
  it('keeps every sentence and nothing else', () => {
    expect(sentencesOf(article('portal-page.txt'))).toEqual([
      'The Long Khe irrigation pilot has cut water use on 120 farms by a third.',
      'It started in March 2021 with support from the district.',
      'Farmers measured soil moisture with 340 sensors, pumps, valves, etc.',
      '90% of them kept the devices after the trial.',
      'Mr. Tran Van Loc said that the wells had recovered.',
      'Two courses a month are planned for growers who join in 2025.',
      'A workshop in the commune repairs sensors within three days.',
      'For example:',
      'Cleaning of probes at the workshop;',
      'Replacement of 45 batteries a year;',
      'Calibration before the dry season.',
    ]);
  });

  it('finds its title, date, language and headings', () => {
    const page = article('portal-page.txt');
    expect(page).toMatchObject({
      title: 'Irrigation pilot in Long Khe district',
      publishedAt: '2024-05-14',
      language: 'en',
    });
    expect(headingsOf(page)).toEqual([
      '2 1. Results of the pilot',
      '2 2. Next steps for the district',
      '3 Training',
      '3 Maintenance',
    ]);
    expect(page).not.toHaveProperty('publisher');
  });
});

describe('an agency report with captions, a source line and end marks', () => {
  it('turns dateline, source and address into metadata', () => {
    expect(article('agency-report.txt')).toMatchObject({
      title: 'On the evening of 3 June the port authority opened its new pilot station.',
      publisher: 'Harbour Coast News Service',
      sourceUrl: 'https://ports.example.vn/tram-hoa-tieu-moi-197240603194512345.htm',
      publishedAt: '2024-06-03',
    });
  });

  it('drops picture labels and keeps captions that are sentences', () => {
    expect(sentencesOf(article('agency-report.txt'))).toEqual([
      'On the evening of 3 June the port authority opened its new pilot station.',
      'Decision No. 88/QD-CV set the budget at VND1.400 billion, of which the city pays 3.5 per cent.',
      'The station "watches every berth."',
      'It replaces a tower from 1968...',
      'Engineers now see ships twelve miles out.',
      'Dr. J. R. Holt, head of the station, spoke at the seminar.',
      'The authority named three needs for the coming year, among them a second radar and more trained staff.',
    ]);
  });
});

describe('a signed column without a date', () => {
  it('names the author and invents no date', () => {
    const column = article('signed-column.txt');
    expect(column.author).toBe('Minh Chau');
    expect(column).not.toHaveProperty('publishedAt');
    expect(column.text).not.toMatch(/Reported by|Translated|Bao Ngoc/u);
    expect(sentencesOf(column)).toContain(
      'Le Thi Hoa, head librarian: “We carried the oldest books by hand.',
    );
  });
});

describe('Vietnamese text files', () => {
  it('reads a bulletin with byte order mark, dateline, source and list of other articles', () => {
    const bulletin = article('ban-tin-song-lam.txt');
    expect(bulletin).toMatchObject({
      title: 'Bản tin sông Lam',
      language: 'vi',
      publishedAt: '2024-04-05',
      sources: ['Báo Sông Lam'],
    });
    expect(sentencesOf(bulletin)).toEqual([
      'Số lượng tàu trên sông Lam tăng 12% trong năm 2023.',
      'Cảng đón 1.400 lượt tàu, theo ThS. Nguyễn Văn Bình.',
      'TP. Vinh sẽ mở thêm hai bến.',
      'Việc này cần 35 tỷ đồng.',
    ]);
  });

  it.each(['cho-noi-1258.txt', 'cho-noi-utf16.txt'])('decodes %s', (file) => {
    expect(article(file)).toMatchObject({ title: 'Chợ nổi Cái Răng', language: 'vi' });
    expect(sentencesOf(article(file))).toEqual([
      'Chợ nổi Cái Răng họp từ năm giờ sáng và có khoảng 250 ghe mỗi ngày.',
      'Du khách mua trái cây, ăn bún và nghe người bán rao hàng.',
      'Thành phố đã dành 63 tỷ đồng để giữ gìn chợ.',
    ]);
  });
});

describe('web pages', () => {
  it('reads the metadata of a full page', () => {
    expect(article('page.html')).toMatchObject({
      title: 'Solar roofs for schools',
      language: 'en',
      publishedAt: '2025-03-09',
      sourceUrl: 'https://gazette.example.org/solar-roofs?ref=1',
      publisher: 'Delta Gazette',
      author: 'An Pham, Jo Field',
    });
  });

  it('keeps the main text of a full page and drops its furniture', () => {
    expect(article('page.html').text).toBe(
      [
        'Eleven schools in the delta received solar roofs this spring, and the panels already cover 58% of their demand. The programme will reach forty schools by 2027.',
        'Cost and savings',
        'Each roof costs 21,000 dollars and pays for itself in six years, the education office calculated after the first winter.',
        'Who installs them',
        'Apprentices from the technical college install the panels under the eyes of a master electrician & an inspector.',
        'School: An Binh; Panels: 96.\nSchool: Tan Phu; Panels: 140.\nPanels are washed twice a year.\nBatteries stay in the cellar.',
      ].join('\n\n'),
    );
    expect(headingsOf(article('page.html'))).toEqual(['2 Cost and savings', '3 Who installs them']);
  });

  it('reads a page that is hardly one', () => {
    expect(article('minimal.htm')).toMatchObject({
      title: 'The ferry to Hon Tam leaves at six.',
      text: 'The ferry to Hon Tam leaves at six.\n\nIt carries 80 people.',
    });
  });
});

describe('Markdown', () => {
  it('takes metadata from the front matter', () => {
    expect(article('front-matter.md')).toMatchObject({
      id: 'weaving-school',
      title: 'The weaving school of My Nghiep',
      language: 'en',
      publishedAt: '2023-11-07',
      publisher: 'Field Notes',
      sourceUrl: 'https://notes.example.com/weaving',
      sources: ["Interview with the school's director", 'https://notes.example.com/archive'],
    });
    expect(article('front-matter.md')).not.toHaveProperty('author');
  });

  it('keeps what is written and drops markup, scripts and styles', () => {
    expect(article('front-matter.md').text).toBe(
      [
        'The school teaches thirty-two pupils, most of them from the village. A loom costs 4 million dong.',
        'Courses',
        'Course: Dyeing; Weeks: 6.\nCourse: Pattern reading; Weeks: 10.\n1. Pupils wind yarn.\n2. Pupils set up the loom.',
        'Meals are free.',
        'loom --width 80',
        'The director calls the loom a patient teacher.',
      ].join('\n\n'),
    );
  });
});

describe('broken files', () => {
  it('says which front matter keys are wrong', () => {
    expect(loaded.get('broken-front-matter.md')).toMatchObject({
      articles: [],
      failures: [expect.stringMatching(/id: must be .*publishedAt: must be a date/u)],
    });
  });

  it('refuses binary data', () => {
    expect(loaded.get('broken.txt')).toMatchObject({
      articles: [],
      failures: [expect.stringContaining('binary data')],
    });
  });
});
