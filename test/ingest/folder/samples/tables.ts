import { encodeUtf16 } from '../encode.ts';
import { lines, type Sample } from '../sample.ts';

const shrimp = 'Giá tôm thẻ loại 50 con một ký giảm còn 118.000 đồng trong tuần qua.';
const shrimpToo = 'Thương lái cho rằng nguồn cung từ Ecuador đang tăng.';
const pepper = 'Hồ tiêu Gia Lai lập đỉnh mới, đạt 152.000 đồng một ký vào cuối buổi chiều.';
const clock = 'The clock of the town hall stopped at 3.42 on Tuesday, for the first time since 1954.';
const clockToo = 'A watchmaker from Bern will come next week.';
const owl = 'Rangers found eleven pairs of barn owls in the reserve, the most since counts began.';
const kiln = 'The old brick kiln will become a museum with room for 200 visitors.';
const kilnToo = 'It opens on the first Sunday of September.';
const tea = 'Chè Shan tuyết cổ thụ ở Suối Giàng được cấp chỉ dẫn địa lý sau hai năm làm hồ sơ.';
const school = 'Huyện Mù Cang Chải xóa được điểm trường tạm cuối cùng vào đầu năm học này.';
const raft = 'The rafting club cleaned nine kilometres of river bank and filled 84 sacks.';

export const tables: readonly Sample[] = [
  {
    file: 'exports/news.csv',
    content: `id,title,body,published_at,author,url,source,language\r\ntown-clock,"Town hall clock stops, for once","${clock}\n\n${clockToo}",2024-02-06,Ruth Adler,https://daily.example.com/town-clock,The Daily,en\r\n17,Barn owls return,"${owl}","June 3, 2023",,,,English\r\n`,
    articles: [
      {
        id: 'town-clock',
        title: 'Town hall clock stops, for once',
        language: 'en',
        publishedAt: '2024-02-06',
        publisher: 'The Daily',
        author: 'Ruth Adler',
        sourceUrl: 'https://daily.example.com/town-clock',
        by: { title: 'properties', publishedAt: 'properties', sourceUrl: 'properties' },
        text: lines(clock, clockToo),
      },
      {
        id: 'exports-news-17',
        title: 'Barn owls return',
        language: 'en',
        publishedAt: '2023-06-03',
        by: { title: 'properties', publishedAt: 'properties' },
        text: lines(owl),
      },
    ],
  },
  {
    file: 'exports/thi-truong.csv',
    content: `\uFEFFMã bài;Tiêu đề;Nội dung;Ngày đăng;Tác giả;Nguồn\ngia-tom;"Giá tôm ""hạ nhiệt""";"<p>${shrimp}</p><p>${shrimpToo}</p><div class=""share""><a>Chia sẻ</a></div>";05/04/2024;Ngọc Diệp;Báo Thủy sản\nho-tieu;Hồ tiêu lập đỉnh;${pepper};12/4/2024 08:00;;\n`,
    articles: [
      {
        id: 'gia-tom',
        title: 'Giá tôm "hạ nhiệt"',
        language: 'vi',
        publishedAt: '2024-04-05',
        publisher: 'Báo Thủy sản',
        author: 'Ngọc Diệp',
        by: { title: 'properties', publishedAt: 'properties', publisher: 'properties' },
        text: lines(shrimp, shrimpToo),
      },
      {
        id: 'ho-tieu',
        title: 'Hồ tiêu lập đỉnh',
        language: 'vi',
        publishedAt: '2024-04-12',
        by: { publishedAt: 'properties' },
        text: lines(pepper),
      },
    ],
  },
  {
    file: 'exports/museums.tsv',
    content: `Title\tText\tDate\tLink\nBrick kiln to become museum\t<p>${kiln}</p><h3>Opening</h3><p>${kilnToo}</p>\t2024/05/17\thttps://museums.example.org/kiln\n`,
    articles: [
      {
        id: 'exports-museums-00001',
        title: 'Brick kiln to become museum',
        language: 'en',
        publishedAt: '2024-05-17',
        publisher: 'museums.example.org',
        sourceUrl: 'https://museums.example.org/kiln',
        by: { title: 'properties', publishedAt: 'properties', publisher: 'address' },
        text: lines(kiln, 'Opening', kilnToo),
        headings: ['3 Opening'],
      },
    ],
  },
  {
    file: 'exports/mien-nui.tsv',
    content: encodeUtf16(
      `Tên bài\tNội dung bài viết\tNgày xuất bản\nChè Shan tuyết được bảo hộ\t${tea}\t20/10/2023\n`,
    ),
    articles: [
      {
        id: 'exports-mien-nui-00001',
        title: 'Chè Shan tuyết được bảo hộ',
        language: 'vi',
        publishedAt: '2023-10-20',
        by: { title: 'properties' },
        text: lines(tea),
      },
    ],
  },
  {
    file: 'exports/crawl.jsonl',
    content: `${JSON.stringify({ slug: 'diem-truong-cuoi-cung', headline: 'Xóa điểm trường tạm cuối cùng', articleBody: school, datePublished: '2023-09-06T07:00:00+07:00', author: [{ name: 'Vàng A Sình' }], publisher: { name: 'Báo Vùng cao' }, inLanguage: 'vi', url: 'https://vungcao.example.vn/diem-truong' })}\n\n${JSON.stringify({ id: 'river-cleaning', title: 'Club cleans river bank', content: [raft, 'They will do it again in October.'], date: 1_712_275_200, lang: 'en' })}\n`,
    articles: [
      {
        id: 'diem-truong-cuoi-cung',
        title: 'Xóa điểm trường tạm cuối cùng',
        language: 'vi',
        publishedAt: '2023-09-06',
        publisher: 'Báo Vùng cao',
        author: 'Vàng A Sình',
        sourceUrl: 'https://vungcao.example.vn/diem-truong',
        by: { title: 'properties', author: 'properties' },
        text: lines(school),
      },
      {
        id: 'river-cleaning',
        title: 'Club cleans river bank',
        language: 'en',
        publishedAt: '2024-04-05',
        by: { publishedAt: 'properties' },
        text: lines(raft, 'They will do it again in October.'),
      },
    ],
  },
  {
    file: 'exports/notes.ndjson',
    content: `${JSON.stringify({ text: 'Snow closed the pass on Thursday night.\nThe plough will come at noon.' })}\n`,
    articles: [
      {
        id: 'exports-notes-00001',
        title: 'Snow closed the pass on Thursday night.',
        language: 'en',
        by: { title: 'first-line', language: 'detected' },
        text: lines('Snow closed the pass on Thursday night.', 'The plough will come at noon.'),
      },
    ],
  },
];
