import type { Language } from '../../domain/language.ts';

/** What the page around the chat says; what the chat says itself is in `src/widget/strings.ts`. */
interface ChatPageStrings {
  readonly title: string;
  readonly tagline: string;
  readonly articles: string;
  readonly description: string;
  readonly explanation: string;
  readonly noScript: string;
  /** The name of the other language, in that language. */
  readonly otherLanguage: string;
}

export const chatPageStrings: Readonly<Record<Language, ChatPageStrings>> = {
  en: {
    title: 'Footnote',
    tagline: 'Every sentence with its source',
    articles: 'All articles',
    description:
      'Answers from the articles on this server. Each sentence carries a footnote with the exact words it rests on.',
    explanation: 'Answers come from the articles alone. Each sentence shows the exact words it rests on.',
    noScript:
      'Asking needs JavaScript. The articles can be read without it, and the same answers come from POST /api/answers.',
    otherLanguage: 'Tiếng Việt',
  },
  vi: {
    title: 'Footnote',
    tagline: 'Mỗi câu đều có nguồn',
    articles: 'Tất cả bài viết',
    description:
      'Câu trả lời lấy từ các bài viết trên máy chủ này. Mỗi câu đều có chú thích dẫn đúng nguyên văn làm căn cứ.',
    explanation: 'Câu trả lời chỉ lấy từ các bài viết. Mỗi câu đều dẫn đúng nguyên văn làm căn cứ.',
    noScript:
      'Cần JavaScript để đặt câu hỏi. Không có JavaScript vẫn đọc được các bài viết, và có thể lấy câu trả lời bằng POST /api/answers.',
    otherLanguage: 'English',
  },
};
