import type { Language } from '../../domain/language.ts';

/** What the chat page says before its script does; the rest is in `src/widget/strings.ts`. */
interface ChatPageStrings {
  readonly title: string;
  readonly tagline: string;
  readonly welcome: string;
  readonly explanation: string;
  readonly examples: string;
  readonly question: string;
  readonly placeholder: string;
  readonly hint: string;
  readonly send: string;
  readonly stop: string;
  readonly startOver: string;
  readonly conversation: string;
  readonly noScript: string;
  /** The name of the other language, in that language. */
  readonly otherLanguage: string;
}

export const chatPageStrings: Readonly<Record<Language, ChatPageStrings>> = {
  en: {
    title: 'Footnote',
    tagline: 'Every sentence with its source',
    welcome: 'What would you like to know?',
    explanation:
      'Answers come from the articles on this server. Each sentence carries a footnote with the exact words it rests on, so you can check it yourself.',
    examples: 'For example',
    question: 'Your question',
    placeholder: 'Ask about the articles',
    hint: 'Enter sends, Shift + Enter starts a new line.',
    send: 'Ask',
    stop: 'Stop',
    startOver: 'New conversation',
    conversation: 'Conversation',
    noScript: 'This page needs JavaScript. The same answers come from POST /api/answers.',
    otherLanguage: 'Tiếng Việt',
  },
  vi: {
    title: 'Footnote',
    tagline: 'Mỗi câu đều có nguồn',
    welcome: 'Bạn muốn biết điều gì?',
    explanation:
      'Câu trả lời lấy từ các bài viết trên máy chủ này. Mỗi câu đều có chú thích dẫn đúng nguyên văn làm căn cứ, để bạn tự kiểm chứng.',
    examples: 'Ví dụ',
    question: 'Câu hỏi của bạn',
    placeholder: 'Hỏi về các bài viết',
    hint: 'Enter để gửi, Shift + Enter để xuống dòng.',
    send: 'Hỏi',
    stop: 'Dừng',
    startOver: 'Cuộc trò chuyện mới',
    conversation: 'Cuộc trò chuyện',
    noScript: 'Trang này cần JavaScript. Cũng có thể lấy câu trả lời bằng POST /api/answers.',
    otherLanguage: 'English',
  },
};
