import { describe, expect, it } from 'vitest';

import { isLabel } from '../../../src/ingest/clean/labels.ts';
import { isPrompt } from '../../../src/ingest/clean/prompts.ts';

describe('furniture of pages', () => {
  it.each([
    // Readers' tools, in both languages.
    'Nghe bài viết 5:32',
    'Listen to this article · 5:32 min',
    '0:00 / 5:32',
    'Giọng nữ miền Bắc',
    '4 min read',
    'Thời gian đọc: 3 phút',
    'Bản in',
    'Printer-friendly version',
    'Chia sẻ | Bản in | Gửi email',
    'Share / Chia sẻ',
    'Privacy policy | Terms of use | Contact us',
    'Share on Facebook (opens in new tab)',
    'Theo dõi VietnamPlus trên Google News',
    'Copy link thành công',
    // Where the page is.
    'Trang chủ › Tin tức › Khoa học',
    'Home » News » Harbour',
    'You are here: Home / News',
    // Advertisements, other articles, tags.
    'Advertisement · Scroll to continue',
    'Quảng cáo',
    'READ MORE: Ferry fares to rise in May',
    'Đọc thêm: Giá vé phà tăng từ tháng 5',
    '>>> Xem thêm: Lịch tàu mùa hè',
    'Filed under: Harbour, News',
    'Tagged harbour, rice',
    '#khoahoc #congnghe',
    'Next post: Ferry fares to rise',
    'Proudly powered by WordPress',
    // Pictures.
    'Image source, Getty Images',
    'REUTERS/An Pham',
    'Photo courtesy of the harbour office',
    'Nguồn ảnh: Bảo tàng thành phố',
    // Consent and accounts.
    'Accept additional cookies',
    'Cookies on GOV.UK',
    'Từ chối tất cả',
    'Đăng nhập',
    'Is this page useful?',
    'Page 3 of 12',
    'Trang 3/12',
    '- 7 -',
    '3 Comments',
    'Purchase Licensing Rights, opens new tab',
  ])('is "%s"', (line) => {
    expect(isLabel(line)).toBe(true);
  });

  it.each([
    'The page 3 story was about cookies.',
    'Home prices rose / fell by 3 per cent.',
    'Nghe bài viết của anh, ai cũng khóc.',
    'Advertisement spending fell in 2023.',
    'Quảng cáo chiếm 40% doanh thu.',
    'Photographs by Lan Anh hang in the hall.',
    'Video from the scene shows smoke over the harbour.',
    'Next year: nobody knows.',
    '> 90% of the farms kept the sensors.',
    'Điều 1',
    'Nam',
    'Đồng',
    'Chủ đề: Đổi mới sáng tạo vì cuộc sống',
    'Accepting cookies from strangers was common.',
    'Read more slowly, the teacher advised.',
    'Tagged fish return to the river every spring.',
    'Reuters reported the sale on Friday.',
  ])('is not "%s"', (line) => {
    expect(isLabel(line) || isPrompt(line)).toBe(false);
  });
});

describe('what a page says to its visitors', () => {
  it.each([
    'We use cookies to improve your experience on our website. By continuing to use this site, you agree to our use of cookies.',
    'We use some essential cookies to make this website work.',
    'We’d like to set additional cookies to understand how you use GOV.UK, remember your settings and improve government services.',
    'You have accepted additional cookies. You can change your cookie settings at any time.',
    'Trang web này sử dụng cookie để nâng cao trải nghiệm của bạn. Bằng cách tiếp tục sử dụng trang web, bạn đồng ý với chính sách của chúng tôi.',
    'Sign up for our daily newsletter to get the best of the harbour.',
    'Get the latest news delivered to your inbox.',
    'Đăng ký nhận bản tin hằng ngày của chúng tôi',
    'Subscribe to continue reading.',
    'Already a subscriber? Log in',
    'This article is for subscribers only.',
    'Vui lòng đăng nhập để bình luận',
    'Your email address will not be published. Required fields are marked *',
    'Log in or register to post comments',
    'Our Standards: The Thomson Reuters Trust Principles., opens new tab',
    'The BBC is not responsible for the content of external sites.',
    'Ý kiến của bạn sẽ được biên tập trước khi đăng',
  ])('is "%s"', (line) => {
    expect(isPrompt(line)).toBe(true);
  });

  it.each([
    'The new law says that websites must ask before they set cookies.',
    'We use cookies to sweeten the tea, the baker said.',
    'We use cookies to improve your experience on our website. The ministry fined the company for that sentence.',
    'Readers share the article with their friends.',
    'Luật mới yêu cầu trang web phải hỏi trước khi dùng cookie.',
    'By using the new seeds, farmers agree to report what they harvest.',
    'Subscribe early, the editors said.',
    'The paper has 40,000 subscribers, and its newsletter goes to twice as many.',
    'Get the boats ready, the captain said.',
    'Nếu tiếp tục sử dụng giống cũ, nông dân chấp nhận năng suất thấp.',
  ])('is not "%s"', (line) => {
    expect(isPrompt(line) || isLabel(line)).toBe(false);
  });

  it('is told in linear time', () => {
    const started = performance.now();
    for (const part of ['we use cookies ', 'home > ', 'a ', '# ', 'Chia sẻ | ', '🙂', 'subscribe to read ']) {
      const line = part.repeat(Math.ceil(900 / part.length));
      isPrompt(line.slice(0, 900));
      isLabel(line.slice(0, 300));
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
