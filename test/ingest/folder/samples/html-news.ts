import { lines, paragraphs, type Sample } from '../sample.ts';

const bridge = [
  'Cầu Bến Lức mới dài 1.240 m được thông xe sáng 5/4, sau ba năm thi công.',
  'Chủ đầu tư cho biết công trình có tổng vốn 1.180 tỷ đồng, trong đó ngân sách tỉnh góp 40%.',
  '"Người dân hai bờ không còn phải chờ phà", ông Lê Văn Tám, Giám đốc Sở Giao thông Vận tải, nói tại buổi lễ.',
  'Trong tuần đầu, xe tải trên 10 tấn chỉ được qua cầu sau 22h.',
];

const ferry = [
  'Từ ngày 1/5, giá vé phà Cát Lái tăng từ 1.000 lên 2.000 đồng mỗi lượt đối với xe máy.',
  'Đơn vị quản lý phà giải thích chi phí nhiên liệu đã tăng 18% so với năm 2022.',
  'Học sinh, sinh viên tiếp tục được miễn vé.',
];

const rice = [
  'Giống lúa chịu mặn OM-27 cho năng suất 6,2 tấn mỗi hecta trên ruộng thử nghiệm ở Trà Vinh.',
  'Viện Lúa đã trồng thử giống này trong bốn vụ liên tiếp tại 12 xã ven biển.',
  'Nông dân Trần Thị Bảy kể rằng ruộng nhà bà nhiễm mặn 4 phần nghìn mà lúa vẫn trổ đều.',
];

const school = [
  'Trường THCS Nguyễn Du vừa lắp 96 tấm pin mặt trời trên mái nhà đa năng.',
  'Hệ thống đáp ứng khoảng 58% nhu cầu điện của trường trong giờ học.',
  'Tiền tiết kiệm được dùng để mua sách cho thư viện.',
];

const lighthouse = [
  'A lighthouse that has stood dark for thirty years will be lit again this autumn.',
  'Volunteers in the fishing town of Portmarrow raised £84,000 to repair its lens, which was made in 1871.',
  '"Children here have never seen it turn," said Moira Tulloch, who chairs the trust.',
  'The first lighting is planned for 14 October.',
];

const wheat = [
  'Canada expects to export 25 million tonnes of wheat this season, the agriculture department said on Friday.',
  'The forecast is 3% above the one that it published in February.',
  'Rail strikes remain the main risk, two traders in Winnipeg said.',
];

const metro = [
  'The first metro line of the city carried 19 million passengers in its first year of operation.',
  'Trains ran on time in 99.7 per cent of all trips, according to the operating company.',
  'A second line is to open in 2027.',
];

const tet = [
  'Chợ hoa xuân trên đường Nguyễn Huệ năm nay có 180 gian hàng, nhiều hơn năm ngoái 30 gian.',
  'Ban tổ chức bố trí ba bãi giữ xe miễn phí cho khách tham quan.',
  'Chợ kéo dài từ ngày 25 tháng Chạp đến trưa 30 Tết.',
];

const reef = [
  'Divers have counted 412 living coral colonies on a reef that was thought to be dead.',
  'The survey took eleven days and covered two kilometres of coast.',
  'Warm water in 2016 had killed almost everything there, the marine institute wrote in its report.',
];

export const newsPages: readonly Sample[] = [
  {
    file: 'news/thong-xe-cau-ben-luc.html',
    content: `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<title>Thông xe cầu Bến Lức sau ba năm thi công - Báo Nhanh</title>
<meta name="description" content="Cầu mới dài 1.240 m."><meta property="og:title" content="Thông xe cầu Bến Lức sau ba năm thi công">
<meta property="og:site_name" content="Báo Nhanh"><meta name="pubdate" content="2024-04-05T09:15:00+07:00">
<link rel="canonical" href="https://baonhanh.example.vn/thong-xe-cau-ben-luc-4730001.html"></head>
<body><header class="section top-header"><a href="/">Báo Nhanh</a><form><input placeholder="Tìm kiếm"></form></header>
<nav class="main-nav"><ul><li><a href="/thoi-su">Thời sự</a></li><li><a href="/the-gioi">Thế giới</a></li><li><a href="/kinh-doanh">Kinh doanh</a></li></ul></nav>
<section class="section page-detail"><div class="container"><div class="sidebar-1">
<div class="header-content"><ul class="breadcrumb"><li><a href="/thoi-su">Thời sự</a></li><li><a href="/giao-thong">Giao thông</a></li></ul><span class="date">Thứ sáu, 5/4/2024, 09:15 (GMT+7)</span></div>
<h1 class="title-detail">Thông xe cầu Bến Lức sau ba năm thi công</h1>
<p class="description"><span class="location-stamp">Long An</span>${bridge[0]}</p>
<article class="fck_detail">${paragraphs(bridge.slice(1), ' class="Normal"')}
<figure class="tplCaption"><img src="/cau.jpg" alt="Cầu mới"><figcaption><p class="Image">Cầu Bến Lức nhìn từ phía thượng lưu. Ảnh: Hoàng Nam</p></figcaption></figure>
<p class="Normal" style="text-align:right;"><strong>Hoàng Nam</strong></p></article>
<div class="social_share"><a>Chia sẻ Facebook</a><a>Copy link thành công</a></div>
<div class="box-tinlienquan"><h3>Tin liên quan</h3><ul><li><a href="/1">Giá vé phà tăng từ tháng 5</a></li><li><a href="/2">Cao tốc mới mở thêm hai nút giao</a></li></ul></div>
<div id="box_comment" class="box_comment"><h3>Ý kiến (12)</h3><p>Cầu đẹp quá, mong sớm có đèn.</p></div></div></div></section>
<footer><p>Báo điện tử Báo Nhanh. Giấy phép số 1/GP-BC.</p></footer></body></html>`,
    articles: [
      {
        id: 'news-thong-xe-cau-ben-luc',
        title: 'Thông xe cầu Bến Lức sau ba năm thi công',
        language: 'vi',
        publishedAt: '2024-04-05',
        publisher: 'Báo Nhanh',
        author: 'Hoàng Nam',
        sourceUrl: 'https://baonhanh.example.vn/thong-xe-cau-ben-luc-4730001.html',
        by: { title: 'meta', publishedAt: 'meta', sourceUrl: 'link', publisher: 'meta', author: 'byline' },
        text: lines(`Long An ${bridge[0]}`, ...bridge.slice(1)),
      },
    ],
  },
  {
    file: 'news/gia-ve-pha.html',
    content: `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Giá vé phà Cát Lái tăng từ tháng 5 | Báo Trẻ Online</title>
<meta property="article:published_time" content="2024-04-12T07:30:00+07:00"><meta property="article:author" content="Thu Hà">
<meta property="og:title" content="Giá vé phà Cát Lái tăng từ tháng 5"><meta property="og:site_name" content="Báo Trẻ Online"><meta property="og:url" content="https://tre.example.vn/gia-ve-pha-cat-lai-20240412073012345.htm"></head>
<body><div class="header"><div class="header__top"><a>Đăng nhập</a><a>E-Paper</a></div></div>
<div class="main"><div class="detail__page"><div class="detail-top"><a class="category">Kinh tế</a><div data-role="publishdate">12/04/2024 07:30 GMT+7</div></div>
<h1 class="detail-title article-title">Giá vé phà Cát Lái tăng từ tháng 5</h1>
<h2 class="detail-sapo">TTO - ${ferry[0]}</h2>
<div class="detail-content afcbc-body" data-role="content">${paragraphs([ferry[1] ?? ''])}
<div class="VCSortableInPreviewMode" type="RelatedOneNews"><a class="link-title" href="/x">Đọc thêm: Thêm hai bến phà mới ở Nhơn Trạch</a></div>
${paragraphs([ferry[2] ?? ''])}
</div><div class="detail-author-bot"><div class="author">Thu Hà</div></div>
<div class="detail-share"><span>Chia sẻ</span><span>0</span><span>Trở lại chủ đề</span></div>
<div class="detail-tab"><div class="comment-wrapper">Bình luận (0) Gửi bình luận</div></div></div></div>
<div class="footer">Bản quyền thuộc Báo Trẻ Online</div></body></html>`,
    articles: [
      {
        id: 'news-gia-ve-pha',
        title: 'Giá vé phà Cát Lái tăng từ tháng 5',
        language: 'vi',
        publishedAt: '2024-04-12',
        publisher: 'Báo Trẻ Online',
        author: 'Thu Hà',
        sourceUrl: 'https://tre.example.vn/gia-ve-pha-cat-lai-20240412073012345.htm',
        by: { publishedAt: 'meta', author: 'meta', publisher: 'meta', sourceUrl: 'meta' },
        text: lines(...ferry),
      },
    ],
  },
  {
    file: 'news/giong-lua-chiu-man.html',
    content: `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Giống lúa chịu mặn cho năng suất 6,2 tấn | Nông thôn ngày nay</title>
<script type="application/ld+json">{"@context":"http://schema.org","@type":"NewsArticle","mainEntityOfPage":{"@type":"WebPage","@id":"https://nongthon.example.vn/lua-chiu-man.html"},"headline":"Giống lúa chịu mặn cho năng suất 6,2 tấn","datePublished":"2023-11-20T06:00:00+07:00","dateModified":"2023-11-22T08:00:00+07:00","author":{"@type":"Person","name":"Minh Tâm"},"publisher":{"@type":"Organization","name":"Nông thôn ngày nay"}}</script></head>
<body><div id="cookie-banner"><p>Trang web này sử dụng cookie để cải thiện trải nghiệm của bạn.</p><button>Đồng ý</button></div>
<div class="menu"><ul><li><a>Trang chủ</a></li><li><a>Nhà nông</a></li><li><a>Thị trường</a></li></ul></div>
<article><h1>Giống lúa chịu mặn cho năng suất 6,2 tấn</h1><div class="meta"><span>Minh Tâm</span> <span>Thứ hai, ngày 20/11/2023 06:00 AM (GMT+7)</span></div>
<div class="audio">Nghe bài viết</div>
${paragraphs(rice)}
<p>&gt;&gt;&gt; Xem thêm: Trồng dừa xen ca cao ở Bến Tre</p></article>
<aside><h3>Đọc nhiều</h3><ul><li>Giá heo hơi hôm nay</li></ul></aside></body></html>`,
    articles: [
      {
        id: 'news-giong-lua-chiu-man',
        title: 'Giống lúa chịu mặn cho năng suất 6,2 tấn',
        language: 'vi',
        publishedAt: '2023-11-20',
        publisher: 'Nông thôn ngày nay',
        author: 'Minh Tâm',
        sourceUrl: 'https://nongthon.example.vn/lua-chiu-man.html',
        by: { title: 'json-ld', publishedAt: 'json-ld', author: 'json-ld', sourceUrl: 'json-ld' },
        text: lines(...rice),
      },
    ],
  },
  {
    file: 'news/pin-mat-troi.html',
    content: `<html lang="vi"><head><meta charset="utf-8"><title>Trường học lắp pin mặt trời trên mái</title></head><body>
<main class="body container"><article class="singular-container"><h1 class="title-page detail">Trường học lắp pin mặt trời trên mái</h1>
<div class="author-wrap"><div class="author-name"><a><b>Quỳnh Anh</b></a></div><time class="author-time" datetime="2024-03-18 14:05">Thứ hai, 18/03/2024 - 14:05</time></div>
<h2 class="singular-sapo">(Dân trí) - ${school[0]}</h2>
<div class="singular-content">${paragraphs(school.slice(1))}</div>
<ul class="dt-social"><li>Facebook</li><li>Zalo</li><li>Sao chép liên kết</li></ul></article>
<section class="related"><h3>Có thể bạn quan tâm</h3><p>Mười mẹo tiết kiệm điện trong mùa hè.</p></section></main></body></html>`,
    articles: [
      {
        id: 'news-pin-mat-troi',
        title: 'Trường học lắp pin mặt trời trên mái',
        language: 'vi',
        publishedAt: '2024-03-18',
        publisher: 'Dân trí',
        author: 'Quỳnh Anh',
        by: {
          author: 'byline',
          title: 'page-title',
          publishedAt: 'time-element',
          publisher: 'dateline',
          language: 'detected',
        },
        text: lines(...school),
      },
    ],
  },
  {
    file: 'news/lighthouse.html',
    content: `<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Dark lighthouse to shine again - Coast News</title>
<meta property="og:title" content="Dark lighthouse to shine again"><meta property="og:site_name" content="Coast News"><link rel="canonical" href="https://news.example.co.uk/articles/c51h0e">
<script type="application/ld+json">{"@context":"http://schema.org","@type":"ReportageNewsArticle","url":"https://news.example.co.uk/articles/c51h0e","publisher":{"@type":"NewsMediaOrganization","name":"Coast News"},"datePublished":"2024-09-03T05:12:44.000Z","headline":"Dark lighthouse to shine again","author":[{"@type":"Person","name":"Ailsa Reid"}]}</script></head>
<body><div id="cookies"><h2>Let us know you agree to cookies</h2><p>We use cookies to give you the best online experience.</p><button>Yes, I agree</button></div>
<header role="banner"><a>Skip to content</a><nav><ul><li>Home</li><li>Sport</li><li>Weather</li></ul></nav></header>
<main id="main-content"><article><h1>Dark lighthouse to shine again</h1>
<div data-component="byline-block"><time datetime="2024-09-03T05:12:44.000Z">3 hours ago</time><button>Share</button><button>Save</button><span>Ailsa Reid</span><span>Coast News, Portmarrow</span></div>
<figure><img src="l.jpg"><span class="visually-hidden">Image source, </span>Getty Images<figcaption>The tower was built in 1869</figcaption></figure>
${lighthouse.map((text) => `<div data-component="text-block"><p>${text}</p></div>`).join('\n')}
<section data-component="links-block"><h2>More on this story</h2><ul><li><a>Harbour wall repaired</a></li><li><a>Storm damages pier</a></li></ul></section>
<section data-component="tag-list"><h2>Related topics</h2><ul><li>Lighthouses</li><li>Scotland</li></ul></section></article></main>
<footer><p>Copyright © 2024. Coast News is not responsible for the content of external sites.</p></footer></body></html>`,
    articles: [
      {
        id: 'news-lighthouse',
        title: 'Dark lighthouse to shine again',
        language: 'en',
        publishedAt: '2024-09-03',
        publisher: 'Coast News',
        author: 'Ailsa Reid',
        sourceUrl: 'https://news.example.co.uk/articles/c51h0e',
        by: { title: 'json-ld', publishedAt: 'json-ld', sourceUrl: 'link' },
        text: lines(...lighthouse),
      },
    ],
  },
  {
    file: 'news/wheat-exports.html',
    content: `<html lang="en"><head><title>Canada raises wheat export forecast</title><meta name="author" content="Rod Nickel"></head><body>
<div class="article"><h1>Canada raises wheat export forecast</h1><p>By Rod Nickel</p><p>March 22, 2024 4:15 PM UTC</p>
<p>WINNIPEG, Manitoba, March 22 (Reuters) - ${wheat[0]}</p><p>Advertisement · Scroll to continue</p>${paragraphs(wheat.slice(1))}
<p>Reporting by Rod Nickel in Winnipeg; Editing by Nia Williams</p>
<p>Our Standards: <a href="/tp">The Thomson Reuters Trust Principles.</a></p></div>
<div class="newsletter"><p>Sign up for our daily newsletter.</p></div></body></html>`,
    articles: [
      {
        id: 'news-wheat-exports',
        title: 'Canada raises wheat export forecast',
        language: 'en',
        publishedAt: '2024-03-22',
        publisher: 'Reuters',
        author: 'Rod Nickel',
        by: { publishedAt: 'date-line', publisher: 'dateline', author: 'meta', language: 'detected' },
        text: lines(...wheat),
      },
    ],
  },
  {
    file: 'news/english-on-vietnamese-template.html',
    content: `<!DOCTYPE html><html lang="vi-VN" xml:lang="vi-VN"><head><meta charset="utf-8"><title>First metro line carries 19 million passengers</title><meta http-equiv="content-language" content="vi"></head>
<body><div class="topbar"><span>Chủ nhật, 12/01/2025</span><a>Tiếng Việt</a><a>English</a></div><div class="menu"><ul><li>Trang chủ</li><li>Giới thiệu</li><li>Tin tức - Sự kiện</li><li>Liên hệ</li></ul></div>
<div class="content"><h1>First metro line carries 19 million passengers</h1><div class="date-time">Thứ 6, Ngày 10/01/2025 16:40</div>
<div class="toolbar">Cỡ chữ: Font size: A- A A+ | Bản in</div>${paragraphs(metro)}
<div class="views">Lượt xem: 1.204</div><div class="share">Chia sẻ: Facebook Zalo</div></div>
<div class="others"><h4>Tin khác</h4><ul><li>City plans bus lanes (02/01/2025)</li></ul></div><footer>Bản quyền thuộc Ban Quản lý</footer></body></html>`,
    articles: [
      {
        id: 'news-english-on-vietnamese-template',
        title: 'First metro line carries 19 million passengers',
        language: 'en',
        publishedAt: '2025-01-10',
        by: { publishedAt: 'date-line', language: 'detected' },
        text: lines(...metro),
      },
    ],
  },
  {
    file: 'news/vietnamese-on-english-template.html',
    content: `<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>Chợ hoa xuân Nguyễn Huệ mở cửa &#8211; City Guide</title><meta property="og:site_name" content="City Guide"></head>
<body><nav><a>Home</a><a>Events</a><a>Food</a></nav><main><article class="post type-post"><header class="entry-header"><h1 class="entry-title">Chợ hoa xuân Nguyễn Huệ mở cửa</h1>
<div class="entry-meta"><span class="posted-on">Posted on <time class="entry-date published" datetime="2024-02-03T08:00:00+07:00">February 3, 2024</time></span> <span class="byline">by <a>admin</a></span></div></header>
<div class="entry-content">${paragraphs(tet)}</div><footer class="entry-footer">Filed under: Events. Tagged: tet</footer></article>
<div id="comments"><h2>2 thoughts on “Chợ hoa xuân Nguyễn Huệ mở cửa”</h2><p>Năm nay đông lắm.</p></div></main></body></html>`,
    articles: [
      {
        id: 'news-vietnamese-on-english-template',
        title: 'Chợ hoa xuân Nguyễn Huệ mở cửa',
        language: 'vi',
        publishedAt: '2024-02-03',
        publisher: 'City Guide',
        by: { title: 'page-title', publishedAt: 'time-element', language: 'detected' },
        text: lines(...tet),
      },
    ],
  },
  {
    file: 'news/reef.htm',
    content: `<html lang="en"><head><title>Reef thought dead is alive | The Islander</title><meta property="og:site_name" content="The Islander"></head><body>
<div class="gdpr"><p>We and our 842 partners use cookies to improve your experience on our site.</p><button>Accept all</button></div>
<main><article><header><h1>Reef thought dead is alive</h1><a rel="author">Tom Okafor</a> <time datetime="2022-08-19">Fri 19 Aug 2022 06.00 BST</time></header>
${paragraphs(reef)}<p>Get the latest headlines in your inbox every morning.</p><p>Already a subscriber? Log in</p></article></main></body></html>`,
    articles: [
      {
        id: 'news-reef',
        title: 'Reef thought dead is alive',
        language: 'en',
        publishedAt: '2022-08-19',
        publisher: 'The Islander',
        author: 'Tom Okafor',
        by: { publishedAt: 'time-element', author: 'byline' },
        text: lines(...reef),
      },
    ],
  },
];
