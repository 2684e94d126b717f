import { describe, expect, it } from 'vitest';

import { detectLanguage } from '../../src/domain/text/detect-language.ts';

const english = [
  'Which decision approved the centre in Bình Dương?',
  'What is the PII of Hải Phòng?',
  'Who is Nguyễn Huy Dũng?',
  'Hải Phòng innovation index rank',
  'How many visitors came to Techfest Viet Nam 2022?',
  'where is ninh binh',
  'how many startups in binh duong and hai phong',
  'What does Quyết định 708/QĐ-UBND say?',
  'Tell me about Nghị quyết 57',
  'population of Bình Dương',
  'What is a chief architect responsible for?',
  'Where will the next regional conference be held?',
  'Did Lê Ngọc Châu speak at the conference in Thành phố Hồ Chí Minh?',
  'science budget 2025',
  'to do so, he can go on in the long run',
  'How do I bake bread?',
  '',
  '2022?',
];

const vietnamese = [
  'Nghị quyết 57 ban hành ngày nào?',
  'nghi quyet 57 ban hanh ngay nao',
  'so luong doanh nghiep o hai phong',
  'Hải Phòng có bao nhiêu doanh nghiệp khoa học và công nghệ?',
  'hai phong co bao nhieu doanh nghiep khoa hoc va cong nghe',
  'Ai là giám đốc trung tâm?',
  'ai la chu tich uy ban nhan dan tinh',
  'techfest 2022 don bao nhieu luot khach',
  'kien truc su truong lam gi',
  'the nao la chuyen doi so',
  'NGHỊ QUYẾT VỀ ĐỔI MỚI SÁNG TẠO',
  'hoi nghi vung tiep theo to chuc o dau',
  'Techfest Việt Nam diễn ra khi nào?',
  'UNESCO công nhận quần thể nào ở Ninh Bình?',
  'Nghi\u0323 quyê\u0301t 57 ban ha\u0300nh nga\u0300y na\u0300o?',
];

describe('detectLanguage', () => {
  it.each(english)('takes "%s" for English', (text) => {
    expect(detectLanguage(text)).toBe('en');
  });

  it.each(vietnamese)('takes "%s" for Vietnamese', (text) => {
    expect(detectLanguage(text)).toBe('vi');
  });

  it('takes an English page between Vietnamese menus for English', () => {
    const menu =
      'Trang chủ\nTin tức\nSự kiện\nCỡ chữ\nTiêu đề\nHình ảnh\nTóm tắt\nNội dung\nTin liên quan\nTừ khóa\n';
    const body =
      'The province organised nineteen events during the year, and it supported companies with programmes for quality. '.repeat(
        4,
      );
    expect(detectLanguage(menu + body + menu)).toBe('en');
  });

  it('judges a long text by all of its parts', () => {
    const start = 'A short English preface of the editors.\n';
    expect(detectLanguage(start + 'Tỉnh đã hỗ trợ các doanh nghiệp đổi mới công nghệ. '.repeat(3_000))).toBe(
      'vi',
    );
  });
});
