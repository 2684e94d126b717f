import { describe, expect, it } from 'vitest';

import { identifyLanguage } from '../../../src/ingest/metadata/identify-language.ts';
import { articleOf } from '../article-of.ts';

const french =
  "Le musée de la ville a rouvert ses portes samedi, après deux années de travaux, et deux mille personnes sont venues le voir. Les visiteurs découvrent une nouvelle aile consacrée à l'histoire du fleuve, ainsi qu'une bibliothèque ouverte à tous. La directrice a déclaré que les billets resteraient gratuits pour les enfants pendant la première année.";
const vietnamese =
  'Bảo tàng thành phố mở cửa trở lại hôm thứ bảy sau hai năm sửa chữa, và hai nghìn người đã đến xem. Khách tham quan được giới thiệu một gian mới về lịch sử dòng sông cùng thư viện mở cho mọi người. Giám đốc cho biết trẻ em được vào cửa miễn phí trong năm đầu tiên.';
const bare =
  'Bao tang thanh pho mo cua tro lai hom thu bay sau hai nam sua chua, va hai nghin nguoi da den xem. Khach tham quan duoc gioi thieu mot gian moi ve lich su dong song cung thu vien mo cho moi nguoi. Giam doc cho biet tre em duoc vao cua mien phi trong nam dau tien.';
const english =
  'The city museum reopened on Saturday after two years of work, and two thousand people came to see it. Visitors find a new wing about the history of the river and a library that is open to all. The director said that children pay nothing during the first year.';

describe('the language of an article', () => {
  it('is English or Vietnamese, with and without diacritics', () => {
    expect(identifyLanguage(english)).toEqual({ language: 'en' });
    expect(identifyLanguage(vietnamese)).toEqual({ language: 'vi' });
    expect(identifyLanguage(bare)).toEqual({ language: 'vi' });
  });

  it('is that of the larger part of a mixed article', () => {
    expect(identifyLanguage(`${vietnamese}\n${english}\n${english}`)).toEqual({ language: 'en' });
    expect(identifyLanguage(`${english}\n${vietnamese}\n${vietnamese}`)).toEqual({ language: 'vi' });
  });

  it('is not a third one because a paragraph quotes it or because the text is short', () => {
    expect(identifyLanguage(`${english} ${english} ${english} ${french}`)).toEqual({ language: 'en' });
    expect(identifyLanguage('Le musée de la ville est ouvert.')).toHaveProperty('language');
  });

  it.each([
    ['French', french],
    [
      'German',
      'Das Museum am Fluss hat am Samstag einen neuen Flügel eröffnet, den mehr als zweitausend Menschen besuchten. Die Leiterin sagte, dass die Arbeiten zwei Jahre gedauert und weniger gekostet haben als geplant. Kinder und Studierende zahlen im ersten Jahr keinen Eintritt, und die Stadt will das Haus künftig auch am Abend öffnen.',
    ],
    [
      'Chinese',
      '星期六，市博物馆新馆正式开放，最初几个小时就有两千多人前来参观。馆长表示，工程历时两年，费用低于预期。儿童和学生第一年免费入场。'.repeat(
        6,
      ),
    ],
  ])('refuses %s in plain words', (name, text) => {
    expect(() => articleOf('a.txt', text)).toThrow(
      `It is in ${name}; English and Vietnamese articles can be indexed.`,
    );
  });

  it('is believed where somebody declares it', () => {
    expect(articleOf('a.md', `---\nlanguage: en\n---\n${french}`)).toMatchObject({
      language: 'en',
      found: { language: 'front-matter' },
    });
    expect(articleOf('a.txt', french, { given: { language: 'vi' } })).toMatchObject({
      language: 'vi',
      found: { language: 'given' },
    });
  });

  it('is not believed of the template of a page, unless there are few words', () => {
    const page = (text: string) => `<html lang="vi"><body><article><p>${text}</p></article></body></html>`;
    expect(articleOf('a.html', page(english))).toMatchObject({
      language: 'en',
      found: { language: 'detected' },
    });
    expect(articleOf('a.html', page('Lunch at noon.'))).toMatchObject({
      language: 'vi',
      found: { language: 'page-language' },
    });
  });
});
