import { encodeAs, encodeUtf16 } from '../encode.ts';
import { lines, type Sample } from '../sample.ts';

const tram = [
  'Tuyến xe buýt điện số D4 bắt đầu chạy từ ngày 20/3, nối bến Bạch Đằng với khu đô thị phía đông.',
  'Mỗi ngày có 112 chuyến, chuyến đầu lúc 5h và chuyến cuối lúc 22h15.',
  'Giá vé là 7.000 đồng một lượt, học sinh trả 3.000 đồng.',
];
const salt = [
  'Mặn 4 phần nghìn đã vào sâu 62 km trên sông Cổ Chiên trong đợt triều cường đầu tháng 3.',
  'Tỉnh đã đóng 21 cống và bơm nước ngọt cho 9.000 hộ dân.',
];
const steel = [
  "Vietnam's steel output rose 9.2% in the first quarter, the industry association said on Monday.",
  'Exports to Europe grew fastest, while demand at home stayed weak.',
  'Two blast furnaces will be shut for repairs in May.',
];
const flood = [
  'Rivers in the north are falling again after a week of floods that cut off eleven villages.',
  'Helicopters brought food and water to 2,300 people on Sunday.',
  'Engineers expect the last road to be open by Thursday.',
];
const seeds = [
  'The seed bank of the province now keeps 1,940 varieties of beans, twice as many as five years ago.',
  'Each sample is dried to five per cent moisture and frozen at minus eighteen degrees.',
  'Farmers may borrow seed and return it after the harvest.',
];
const council = [
  'Present: Councillors Adeyemi (chair), Brook, Castellano and Dunne.',
  'The minutes of the meeting of 6 February were approved.',
  'The council resolved to buy two electric refuse lorries for £410,000.',
  'Councillor Dunne asked that the old lorries be offered to the fire museum.',
  'The meeting closed at 9.40 p.m.',
];
const market = [
  'Cho dau moi phia nam se chuyen ra ngoai thanh pho vao thang 9 nam nay.',
  'Ban quan ly cho biet moi dem co khoang 3.000 tan rau cu di qua cho.',
  'Tieu thuong duoc giam mot nua tien thue sap trong sau thang dau.',
  'Nguoi dan quanh cho noi rang ho mong duong bot ket xe.',
];
const dike = [
  'Đê biển Gành Hào dài 4,2 km đã hoàn thành trước mùa gió chướng.',
  'Công trình dùng 38.000 khối bê tông và chịu được sóng cao ba mét.',
  'Hơn 600 hộ dân phía trong đê không phải sơ tán nữa.',
];
const honey = [
  'Hợp tác xã mật ong U Minh thu được 41 tấn mật trong vụ hoa tràm năm nay.',
  'Giá bán tại rừng là 350.000 đồng một lít, tăng 10% so với vụ trước.',
  'Kiểm lâm nhắc người gác kèo không đốt lửa khi lấy mật.',
];
const wall = [
  'The north wall of the fortress was built in 1606 and has been closed to visitors since the rockfall of 2011.',
  'Masons have replaced 3,400 stones since then.',
  '“Mind the stairs,” says José Núñez, who guides visitors – up to forty a day – through it.',
];
const wifi = [
  'Thành phố phủ wifi miễn phí tại 86 công viên và bến xe.',
  'Tốc độ trung bình đo được là 45 megabit mỗi giây.',
  'Người dùng đăng nhập bằng số điện thoại và được dùng một giờ mỗi lượt.',
];

export const textFiles: readonly Sample[] = [
  {
    file: 'copied/xe-buyt-dien.txt',
    content: [
      'Trang chủ',
      'Thời sự',
      'Giao thông',
      'Thứ tư, 20/3/2024, 08:30 (GMT+7)',
      'Xe buýt điện số D4 bắt đầu chạy',
      'Nghe bài viết',
      '0:00 / 2:14',
      ...tram,
      'Ảnh: Gia Minh',
      'Gia Minh',
      'Chia sẻ',
      'Facebook',
      'Zalo',
      'Ý kiến (4)',
      'Đi thử rồi, xe êm lắm.',
      'Tin cùng chuyên mục',
      'Thêm ba tuyến buýt điện vào cuối năm',
    ].join('\n'),
    articles: [
      {
        id: 'copied-xe-buyt-dien',
        title: 'Xe buýt điện số D4 bắt đầu chạy',
        language: 'vi',
        publishedAt: '2024-03-20',
        author: 'Gia Minh',
        by: { title: 'first-line', publishedAt: 'date-line', author: 'byline', language: 'detected' },
        text: lines(...tram),
      },
    ],
  },
  {
    file: 'copied/xam-nhap-man.txt',
    content: `Mặn vào sâu 62 km trên sông Cổ Chiên\r\n11/03/2024 10:05 GMT+7\r\n\r\nTTO - ${salt[0]}\r\n\r\nCống Tân Dinh đóng từ ngày 9/3. Ảnh: MẬU TRƯỜNG\r\n\r\n${salt[1]}\r\n\r\nMẬU TRƯỜNG\r\n\r\nTrở lại chủ đề\r\nBình luận (0)\r\n`,
    articles: [
      {
        id: 'copied-xam-nhap-man',
        title: 'Mặn vào sâu 62 km trên sông Cổ Chiên',
        language: 'vi',
        publishedAt: '2024-03-11',
        publisher: 'TTO',
        author: 'MẬU TRƯỜNG',
        by: { publishedAt: 'date-line', publisher: 'dateline' },
        text: lines(salt[0] ?? '', 'Cống Tân Dinh đóng từ ngày 9/3.', salt[1] ?? ''),
      },
    ],
  },
  {
    file: 'wire/steel-output.txt',
    content: `Vietnam steel output up 9.2% in first quarter\nBy Phuong Nguyen\nHANOI, April 8, 2024 (Reuters) - ${steel.join('\n')}\n(Reporting by Phuong Nguyen; Editing by Martin Petty)`,
    articles: [
      {
        id: 'wire-steel-output',
        title: 'Vietnam steel output up 9.2% in first quarter',
        language: 'en',
        publishedAt: '2024-04-08',
        publisher: 'Reuters',
        author: 'Phuong Nguyen',
        by: { title: 'first-line', publishedAt: 'dateline', publisher: 'dateline', author: 'byline' },
        text: lines(...steel),
      },
    ],
  },
  {
    file: 'copied/floods-recede.txt',
    content: `Home\nNews\nSport\nWeather\nFloods recede in the north\nPublished\n12 September 2024\nBy Leila Haddad\nShare\nSave\nImage source, EPA\nImage caption, A street in the old town\n${flood.join('\n')}\nRelated topics\nFloods\nMore on this story\nDam held, says operator\nPublished 10 September`,
    articles: [
      {
        id: 'copied-floods-recede',
        title: 'Floods recede in the north',
        language: 'en',
        publishedAt: '2024-09-12',
        author: 'Leila Haddad',
        by: { publishedAt: 'date-line', author: 'byline' },
        text: lines(...flood),
      },
    ],
  },
  {
    file: 'copied/seed-bank.txt',
    content: `Thứ 3, Ngày 07/05/2024, 14:20\nSeed bank doubles its collection\nCỡ chữ: Font size: Giảm (A-) Mặc định (A) Tăng (A+)\n\nPORTAL – ${seeds.join('\n\n')}\n\nLượt người xem:  Views:   987\nChia sẻ:\nManage PermissionsManage Permissions\n\nTiêu đề\n\nHình ảnh\n\nTóm tắt\n\nTin liên quan\n\nTừ khóa\n\nApproval Status\n\nContent Type: Tin Tức\nCreated at by\nLast modified at by`,
    articles: [
      {
        id: 'copied-seed-bank',
        title: 'Seed bank doubles its collection',
        language: 'en',
        publishedAt: '2024-05-07',
        by: { title: 'first-line', publishedAt: 'date-line', language: 'detected' },
        text: lines(...seeds),
      },
    ],
  },
  {
    file: 'minutes/council 2024-03-05.txt',
    content: `Minutes of the town council\n\n${council.join('\n\n')}\n`,
    articles: [
      {
        id: 'minutes-council-2024-03-05',
        title: 'Minutes of the town council',
        language: 'en',
        publishedAt: '2024-03-05',
        by: { title: 'first-line', publishedAt: 'file-name' },
        text: lines(...council),
      },
    ],
  },
  {
    file: 'khong-dau/cho-dau-moi.txt',
    content: `Cho dau moi phia nam sap di doi\n\n${market.join('\n')}\n`,
    articles: [
      {
        id: 'khong-dau-cho-dau-moi',
        title: 'Cho dau moi phia nam sap di doi',
        language: 'vi',
        by: { title: 'first-line', language: 'detected' },
        text: lines(...market),
      },
    ],
  },
  {
    file: 'encodings/de-bien.txt',
    content: encodeUtf16(`Hoàn thành đê biển Gành Hào\nngày 3 tháng 10 năm 2023\n${dike.join('\n')}\n`),
    articles: [
      {
        id: 'encodings-de-bien',
        title: 'Hoàn thành đê biển Gành Hào',
        language: 'vi',
        publishedAt: '2023-10-03',
        by: { publishedAt: 'date-line' },
        text: lines(...dike),
      },
    ],
  },
  {
    file: 'encodings/mat-ong.txt',
    content: encodeAs(
      'windows-1258',
      `Mùa mật ong U Minh\nCập nhật: 15/6/2023\n${honey.join('\n')}\nNguồn: Báo Rừng Tràm\n`,
    ),
    articles: [
      {
        id: 'encodings-mat-ong',
        title: 'Mùa mật ong U Minh',
        language: 'vi',
        publishedAt: '2023-06-15',
        sources: ['Báo Rừng Tràm'],
        by: { publishedAt: 'date-line' },
        text: lines(...honey),
      },
    ],
  },
  {
    file: 'encodings/fortress.txt',
    content: encodeAs('windows-1252', `The north wall – soon open again\n\n${wall.join('\n')}\n`),
    articles: [
      {
        id: 'encodings-fortress',
        title: 'The north wall – soon open again',
        language: 'en',
        by: { title: 'first-line' },
        text: lines(...wall),
      },
    ],
  },
  {
    file: 'encodings/wifi.txt',
    content: `\ufeff${`Wifi miễn phí tại 86 công viên\nThứ Năm, 18-01-2024\n${wifi.join('\n')}\n`.normalize('NFD')}`,
    articles: [
      {
        id: 'encodings-wifi',
        title: 'Wifi miễn phí tại 86 công viên',
        language: 'vi',
        publishedAt: '2024-01-18',
        by: { publishedAt: 'date-line' },
        text: lines(...wifi),
      },
    ],
  },
];
