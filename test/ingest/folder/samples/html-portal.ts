import { lines, paragraphs, type Sample } from '../sample.ts';

const sensors = [
  'Sáng ngày 05/4, Sở Khoa học và Công nghệ tổ chức hội nghị tổng kết chương trình quan trắc nước ngầm.',
  'Tham dự hội nghị có đại diện 14 huyện, thành phố và ba viện nghiên cứu.',
  'Chương trình đã lắp đặt 340 cảm biến tại 120 giếng khoan trong hai năm 2022 và 2023.',
  'Kết luận hội nghị, Phó Giám đốc Sở Phạm Thị Lan yêu cầu các huyện hoàn thành bàn giao thiết bị trước ngày 30/6/2024.',
];

const grant = [
  'Small towns can apply from today for a share of £12 million to repair public libraries.',
  'Grants of between £20,000 and £150,000 will be awarded by an independent panel.',
  'Libraries Minister Joan Whitfield said:',
  'A library is often the only warm room in town that asks nothing of you.',
  'Applications close on 31 May 2024.',
];

const drupal = [
  'The university has opened a laboratory for coastal erosion, its third since 2019.',
  'Twelve researchers will measure sand movement along 200 kilometres of shore.',
];

const garden = [
  'We planted the first beds of the roof garden in March, with forty neighbours and a borrowed crane.',
  'By June we had picked 31 kilograms of beans.',
  'Next year we would like to add bees.',
];

const circular = [
  'Căn cứ Luật Thủy lợi ngày 19 tháng 6 năm 2017;',
  'Theo đề nghị của Cục trưởng Cục Thủy lợi;',
  'Bộ trưởng ban hành Thông tư quy định chế độ báo cáo nguồn nước.',
];

const speech = [
  'Kính thưa quý vị đại biểu,',
  'Mười năm trước, tỉnh ta chỉ có hai doanh nghiệp làm phần mềm.',
  'Hôm nay, con số đó là 164, với hơn 5.200 kỹ sư.',
  'Tôi đề nghị mỗi sở, ngành chọn một việc cụ thể để làm cùng doanh nghiệp ngay trong quý này.',
  'Xin trân trọng cảm ơn.',
];

const tourism = [
  'Viet Nam received 1.6 million international visitors in March, 4.4 per cent more than in February.',
  'Arrivals by air made up 84 per cent of the total.',
];

const commission = [
  'The Commission has today adopted new rules for the labelling of honey.',
  'Jars must name every country of origin with its share in per cent.',
  'Member States have 24 months to apply the rules.',
];

const fragment = [
  'The water works will flush the mains of the old town in the night of 8 May.',
  'Residents should draw a bucket of water before ten in the evening.',
];

export const portalPages: readonly Sample[] = [
  {
    file: 'portal/hoi-nghi-quan-trac-nuoc-ngam.html',
    content: `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Hội nghị tổng kết chương trình quan trắc nước ngầm - Cổng thông tin điện tử Sở Khoa học và Công nghệ</title></head><body>
<form id="aspnetForm"><div class="banner">CỔNG THÔNG TIN ĐIỆN TỬ</div><div class="menu"><a>Trang chủ</a> | <a>Giới thiệu</a> | <a>Thủ tục hành chính</a> | <a>Liên hệ</a></div></form>
<div class="main-content"><div class="breadcrumb">Trang chủ › Tin tức › Hoạt động của Sở</div>
<h1>Hội nghị tổng kết chương trình quan trắc nước ngầm</h1><span class="ngaydang">Thứ 6, Ngày 05/04/2024 09:15</span>
<div class="font">Cỡ chữ: Giảm (A-) Mặc định (A) Tăng (A+)</div>
<div class="article-body">${paragraphs(sensors)}<p style="text-align:right"><b>Nguồn: Phòng Quản lý công nghệ</b></p></div>
<div>Số lượt xem: 231</div><div>Chia sẻ: Facebook | Zalo | Bản in</div>
<div class="related"><h3>Tin liên quan</h3><ul><li>Tập huấn sử dụng cảm biến (01/04/2024)</li><li>Kế hoạch năm 2024 (12/01/2024)</li></ul></div></div>
<div class="thongke"><h3>Thống kê truy cập</h3><p>Đang truy cập: 17</p><p>Tổng lượt truy cập: 1.203.442</p></div>
<footer><p>Địa chỉ: 1 đường Trần Phú. Điện thoại: 0200 000 000.</p></footer></body></html>`,
    articles: [
      {
        id: 'portal-hoi-nghi-quan-trac-nuoc-ngam',
        title: 'Hội nghị tổng kết chương trình quan trắc nước ngầm',
        language: 'vi',
        publishedAt: '2024-04-05',
        sources: ['Phòng Quản lý công nghệ'],
        by: { title: 'page-title', publishedAt: 'date-line', language: 'detected' },
        text: lines(...sensors),
      },
    ],
  },
  {
    file: 'portal/library-grants.html',
    content: `<!DOCTYPE html><html lang="en" class="govuk-template"><head><meta charset="utf-8"><title>£12 million for town libraries - Public Services</title>
<meta property="og:title" content="£12 million for town libraries"><meta property="og:site_name" content="Public Services"><meta name="govuk:first-published-at" content="2024-04-05T08:00:02+01:00"><meta name="govuk:updated-at" content="2024-04-09T10:00:00+01:00"></head>
<body><div id="global-cookie-message" class="gem-c-cookie-banner"><h2>Cookies on Public Services</h2><p>We use some essential cookies to make this website work.</p><p>We’d like to set additional cookies to understand how you use our site.</p><button>Accept additional cookies</button></div>
<a href="#content">Skip to main content</a><header role="banner"><a>Public Services</a></header>
<div id="wrapper"><main id="content" class="news-article"><span class="gem-c-title__context">Press release</span><h1>£12 million for town libraries</h1>
<p class="gem-c-lead-paragraph">${grant[0]}</p><div class="gem-c-metadata"><dl><dt>From:</dt><dd><a>Department for Libraries</a></dd><dt>Published</dt><dd>5 April 2024</dd><dt>Last updated</dt><dd>9 April 2024 — <a>See all updates</a></dd></dl></div>
<div class="govspeak"><p>${grant[1]}</p><p>${grant[2]}</p><blockquote><p>${grant[3]}</p></blockquote><p>${grant[4]}</p></div>
<div class="share-links"><h2>Share this page</h2><ul><li><a>Share on Facebook (opens in new tab)</a></li><li><a>Share on Twitter (opens in new tab)</a></li></ul></div></main></div>
<div class="gem-c-feedback"><h2>Is this page useful?</h2><button>Yes this page is useful</button><button>No this page is not useful</button></div><footer><p>All content is available under the Open Licence.</p></footer></body></html>`,
    articles: [
      {
        id: 'portal-library-grants',
        title: '£12 million for town libraries',
        language: 'en',
        publishedAt: '2024-04-05',
        publisher: 'Public Services',
        by: { title: 'meta', publishedAt: 'meta', publisher: 'meta' },
        text: lines(...grant),
      },
    ],
  },
  {
    file: 'portal/erosion-laboratory.html',
    content: `<html lang="en" dir="ltr"><head><title>Laboratory for coastal erosion opens | Shore University</title><meta name="Generator" content="Drupal 9"></head><body class="path-node">
<div class="dialog-off-canvas-main-canvas"><ul class="menu"><li>Study</li><li>Research</li><li>About</li></ul>
<main role="main"><article class="node node--type-article"><h1 class="page-title">Laboratory for coastal erosion opens</h1>
<footer class="node__meta"><div class="node__submitted">Submitted by Grace Muir on Tue, 14/05/2024 - 11:20</div></footer><div class="submitted">Submitted by Grace Muir on Tue, 14/05/2024 - 11:20</div>
<div class="node__content"><div class="field--name-body">${paragraphs(drupal)}</div><div class="field field--name-field-tags"><div class="field__label">Tags</div><ul><li>coast</li></ul></div></div>
<ul class="links inline"><li>Log in or register to post comments</li></ul></article></main></div></body></html>`,
    articles: [
      {
        id: 'portal-erosion-laboratory',
        title: 'Laboratory for coastal erosion opens',
        language: 'en',
        publishedAt: '2024-05-14',
        author: 'Grace Muir',
        by: { publishedAt: 'date-line', author: 'byline', language: 'detected' },
        text: lines(...drupal),
      },
    ],
  },
  {
    file: 'portal/roof-garden.html',
    content: `<!DOCTYPE html><html lang="en-US"><head><title>A year on the roof - Gable Gardens</title><meta property="article:modified_time" content="2024-01-09T09:00:00+00:00" />
<script type="application/ld+json" class="yoast-schema-graph">{"@context":"https://schema.org","@graph":[{"@type":"Article","@id":"https://gable.example.org/roof/#article","author":{"name":"Inês Duarte","@id":"https://gable.example.org/#/schema/person/1"},"headline":"A year on the roof","datePublished":"2023-12-28T18:40:00+00:00","mainEntityOfPage":{"@id":"https://gable.example.org/roof/"},"publisher":{"@id":"https://gable.example.org/#organization"}},{"@type":"Organization","@id":"https://gable.example.org/#organization","name":"Gable Gardens"}]}</script></head>
<body class="single-post"><header id="masthead"><p class="site-title">Gable Gardens</p><nav><ul><li>Home</li><li>Blog</li></ul></nav></header>
<main><article><h1 class="entry-title">A year on the roof</h1><div class="entry-content"><p>${garden[0]}</p><h2 class="wp-block-heading">What grew</h2><p>${garden[1]}</p><ul class="wp-block-list"><li>Runner beans</li><li>Chard and spinach</li></ul><h2>What comes next</h2><p>${garden[2]}</p>
<div class="sharedaddy"><h3 class="sd-title">Share this:</h3><ul><li>Twitter</li><li>Facebook</li></ul></div><div class="jp-relatedposts"><h3>Related</h3></div></div></article>
<nav class="post-navigation"><a>Previous Post: Building the beds</a></nav><div id="comments" class="comments-area"><h2>3 thoughts on “A year on the roof”</h2><ol><li><p>Lovely! We tried bees and they liked it.</p></li></ol><h3>Leave a Reply</h3><p>Your email address will not be published. Required fields are marked *</p></div></main><footer>Proudly powered by WordPress</footer></body></html>`,
    articles: [
      {
        id: 'portal-roof-garden',
        title: 'A year on the roof',
        language: 'en',
        publishedAt: '2023-12-28',
        publisher: 'Gable Gardens',
        author: 'Inês Duarte',
        sourceUrl: 'https://gable.example.org/roof/',
        by: { publishedAt: 'json-ld', author: 'json-ld', publisher: 'json-ld', sourceUrl: 'json-ld' },
        text: lines(
          garden[0] ?? '',
          'What grew',
          garden[1] ?? '',
          ['Runner beans', 'Chard and spinach'],
          'What comes next',
          garden[2] ?? '',
        ),
        headings: ['2 What grew', '2 What comes next'],
      },
    ],
  },
  {
    file: 'portal/thong-tu-bao-cao-nguon-nuoc.html',
    content: `<html lang="vi"><head><meta charset="utf-8"><title>Thông tư 09/2023/TT-BNN quy định chế độ báo cáo nguồn nước</title></head><body><div class="vbpq"><div class="tabs">Toàn văn | Thuộc tính | Lịch sử | Bản in</div>
<div class="toanvancontent"><h1>Thông tư 09/2023/TT-BNN quy định chế độ báo cáo nguồn nước</h1>${paragraphs(circular)}
<p><strong>Điều 1. Phạm vi điều chỉnh</strong></p><p>Thông tư này quy định nội dung, thời hạn và mẫu báo cáo nguồn nước của công trình thủy lợi.</p>
<p><strong>Điều 2. Thời hạn báo cáo</strong></p><p>1. Báo cáo tháng gửi trước ngày 05 của tháng sau.</p><p>2. Báo cáo năm gửi trước ngày 31 tháng 01 của năm sau.</p><p>a) Đối với hồ chứa lớn, báo cáo kèm bản đồ ngập lụt;</p><p>b) Đối với hồ chứa nhỏ, báo cáo theo mẫu số 02.</p>
<p><strong>Điều 3. Hiệu lực thi hành</strong></p><p>Thông tư này có hiệu lực thi hành kể từ ngày 15 tháng 12 năm 2023./.</p></div></div></body></html>`,
    articles: [
      {
        id: 'portal-thong-tu-bao-cao-nguon-nuoc',
        title: 'Thông tư 09/2023/TT-BNN quy định chế độ báo cáo nguồn nước',
        language: 'vi',
        by: { title: 'page-title' },
        text: lines(
          ...circular,
          'Điều 1. Phạm vi điều chỉnh',
          'Thông tư này quy định nội dung, thời hạn và mẫu báo cáo nguồn nước của công trình thủy lợi.',
          'Điều 2. Thời hạn báo cáo',
          '1. Báo cáo tháng gửi trước ngày 05 của tháng sau.',
          '2. Báo cáo năm gửi trước ngày 31 tháng 01 của năm sau.',
          'a) Đối với hồ chứa lớn, báo cáo kèm bản đồ ngập lụt;',
          'b) Đối với hồ chứa nhỏ, báo cáo theo mẫu số 02.',
          'Điều 3. Hiệu lực thi hành',
          'Thông tư này có hiệu lực thi hành kể từ ngày 15 tháng 12 năm 2023.',
        ),
        headings: [
          '3 Điều 1. Phạm vi điều chỉnh',
          '3 Điều 2. Thời hạn báo cáo',
          '3 Điều 3. Hiệu lực thi hành',
        ],
      },
    ],
  },
  {
    file: 'portal/passport-questions.html',
    content: `<html lang="en"><head><title>Questions about renewing a passport</title><script type="application/ld+json">{"@context":"https://schema.org","@type":"FAQPage","name":"Questions about renewing a passport","datePublished":"2024-02-01","mainEntity":[{"@type":"Question","name":"How long does it take?","acceptedAnswer":{"@type":"Answer","text":"Ten days."}}]}</script></head>
<body><main><h1>Questions about renewing a passport</h1><h2>How long does it take?</h2><p>A renewal takes ten working days from the day on which we receive your form.</p><h2>What does it cost?</h2><p>Adults pay 72 dollars and children under twelve pay 36 dollars.</p><h2>Can I track my application?</h2><p>Yes, with the number that is printed at the top of your receipt.</p><p>Was this page helpful?</p></main></body></html>`,
    articles: [
      {
        id: 'portal-passport-questions',
        title: 'Questions about renewing a passport',
        language: 'en',
        publishedAt: '2024-02-01',
        by: { title: 'json-ld', publishedAt: 'json-ld' },
        text: lines(
          'How long does it take?',
          'A renewal takes ten working days from the day on which we receive your form.',
          'What does it cost?',
          'Adults pay 72 dollars and children under twelve pay 36 dollars.',
          'Can I track my application?',
          'Yes, with the number that is printed at the top of your receipt.',
        ),
        headings: ['2 How long does it take?', '2 What does it cost?', '2 Can I track my application?'],
      },
    ],
  },
  {
    file: 'portal/visitors-in-march.html',
    content: `<html lang="en"><head><title>International visitors in March 2024</title><meta name="DC.date.issued" content="2024-03-29"><meta name="DC.publisher" content="Statistics Office"></head>
<body><h1>International visitors in March 2024</h1>${paragraphs(tourism)}<table><thead><tr><th>Mode</th><th>Visitors (thousand)</th><th>Change</th></tr></thead><tbody><tr><td>By air</td><td>1,344</td><td>+3.9%</td></tr><tr><td>By road</td><td>228</td><td>+7.1%</td></tr><tr><td>By sea</td><td>28</td><td></td></tr></tbody></table><p>Figures for March are provisional.</p></body></html>`,
    articles: [
      {
        id: 'portal-visitors-in-march',
        title: 'International visitors in March 2024',
        language: 'en',
        publishedAt: '2024-03-29',
        publisher: 'Statistics Office',
        by: { publishedAt: 'meta', publisher: 'meta' },
        text: lines(
          ...tourism,
          [
            'Mode: By air; Visitors (thousand): 1,344; Change: +3.9%.',
            'Mode: By road; Visitors (thousand): 228; Change: +7.1%.',
            'Mode: By sea; Visitors (thousand): 28.',
          ],
          'Figures for March are provisional.',
        ),
      },
    ],
  },
  {
    file: 'portal/phat-bieu-doanh-nghiep-so.html',
    content: `<html lang="en"><head><meta charset="utf-8"><title>Phát biểu tại diễn đàn doanh nghiệp số</title></head><body><div id="s4-workspace"><div class="nav"><ul><li>Trang chủ</li><li>Văn bản</li><li>Hỏi đáp</li></ul></div><div class="ms-rtestate-field"><h1>Phát biểu tại diễn đàn doanh nghiệp số</h1><div class="datetime">Thứ Tư, 15/11/2023 | 14:30 GMT+7</div>${speech.map((text) => `<div>${text}</div>`).join('')}</div>
<div>Lượt người xem:  Views:   2.341</div><div>Chia sẻ:</div><div>Manage PermissionsManage Permissions</div><div>Version HistoryVersion History</div><div>Tiêu đề</div><div>Hình ảnh</div><div>Tóm tắt</div><div>Approval Status</div><div>Content Type: Tin Tức Mở Rộng</div></div></body></html>`,
    articles: [
      {
        id: 'portal-phat-bieu-doanh-nghiep-so',
        title: 'Phát biểu tại diễn đàn doanh nghiệp số',
        language: 'vi',
        publishedAt: '2023-11-15',
        by: { publishedAt: 'date-line', language: 'detected' },
        text: lines(...speech),
      },
    ],
  },
  {
    file: 'portal/honey-labels.html',
    content: `<html lang="en"><head><title>Commission adopts rules for honey labels</title><meta name="Date" content="24/04/2024"><meta name="Reference" content="IP/24/1"></head><body><p>Available languages: English</p><main><h1>Commission adopts rules for honey labels</h1>${paragraphs(commission)}<h2>Background</h2><p>Some 60% of the honey that is sold in the Union is produced there.</p></main><p>Print friendly pdf</p><p>Press contact</p></body></html>`,
    articles: [
      {
        id: 'portal-honey-labels',
        title: 'Commission adopts rules for honey labels',
        language: 'en',
        publishedAt: '2024-04-24',
        by: { publishedAt: 'meta' },
        text: lines(
          ...commission,
          'Background',
          'Some 60% of the honey that is sold in the Union is produced there.',
        ),
        headings: ['2 Background'],
      },
    ],
  },
  {
    file: 'portal/2024-05-02-water-mains.html',
    content: `<h1>Flushing of the water mains</h1>${paragraphs(fragment)}`,
    articles: [
      {
        id: 'portal-2024-05-02-water-mains',
        title: 'Flushing of the water mains',
        language: 'en',
        publishedAt: '2024-05-02',
        by: { title: 'heading', publishedAt: 'file-name', language: 'detected' },
        text: lines(...fragment),
      },
    ],
  },
];
