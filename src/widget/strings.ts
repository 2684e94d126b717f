import type { Language, Verdict } from '../protocol/answer.ts';

/** What the page says once its script runs. */
export interface Strings {
  readonly searching: string;
  readonly reading: (passages: number) => string;
  readonly complete: (footnotes: number) => string;
  readonly stopped: string;
  readonly footnotes: string;
  readonly footnote: (n: number, title: string) => string;
  readonly backToText: (n: number) => string;
  readonly original: string;
  readonly inContext: string;
  readonly abstained: string;
  readonly degraded: string;
  readonly nearest: (titles: string) => string;
  readonly asOf: (date: string) => string;
  readonly unanswered: (part: string) => string;
  /** Said after a sentence that its footnotes do not bear out in full. */
  readonly verdicts: Readonly<Record<Exclude<Verdict, 'supported'>, string>>;
  readonly retry: string;
  readonly failures: {
    readonly connection: string;
    readonly timeout: string;
    readonly unavailable: string;
    readonly refused: string;
    readonly unexpected: string;
  };
}

const english: Strings = {
  searching: 'Searching the articles…',
  reading: (passages) => (passages === 1 ? 'Reading 1 passage…' : `Reading ${passages} passages…`),
  complete: (footnotes) =>
    footnotes === 1
      ? 'The answer is complete, with 1 footnote.'
      : `The answer is complete, with ${footnotes} footnotes.`,
  stopped: 'Stopped.',
  footnotes: 'Footnotes',
  footnote: (n, title) => `Footnote ${n}: ${title}`,
  backToText: (n) => `Back to footnote ${n} in the text`,
  original: 'Original page',
  inContext: 'Show the passage',
  abstained: 'The articles do not answer this.',
  nearest: (titles) => `The nearest articles: ${titles}`,
  asOf: (date) => `As of ${date}. Later changes are not in the articles.`,
  unanswered: (part) => `The articles do not answer this part: ${part}`,
  degraded: 'The language model failed, so this answer is put together from sentences of the articles.',
  verdicts: {
    partial: 'partly supported',
    unsupported: 'not supported',
    uncited: 'no source',
  },
  retry: 'Try again',
  failures: {
    connection: 'The server cannot be reached. Check the connection.',
    timeout: 'The answer took too long.',
    unavailable: 'The articles cannot be searched at the moment.',
    refused: 'The server did not accept the question.',
    unexpected: 'Something went wrong on the server.',
  },
};

const vietnamese: Strings = {
  searching: 'Đang tìm trong các bài viết…',
  reading: (passages) => `Đang đọc ${passages} đoạn…`,
  complete: (footnotes) => `Đã trả lời xong, có ${footnotes} chú thích.`,
  stopped: 'Đã dừng.',
  footnotes: 'Chú thích',
  footnote: (n, title) => `Chú thích ${n}: ${title}`,
  backToText: (n) => `Quay lại chú thích ${n} trong câu trả lời`,
  original: 'Trang gốc',
  inContext: 'Xem cả đoạn',
  abstained: 'Các bài viết không trả lời câu hỏi này.',
  nearest: (titles) => `Các bài viết gần nhất: ${titles}`,
  asOf: (date) => `Tính đến ${date}. Các bài viết chưa có thay đổi sau đó.`,
  unanswered: (part) => `Các bài viết không trả lời phần này: ${part}`,
  degraded: 'Mô hình ngôn ngữ gặp lỗi, nên câu trả lời này được ghép từ các câu trong bài viết.',
  verdicts: {
    partial: 'có căn cứ một phần',
    unsupported: 'không có căn cứ',
    uncited: 'không có nguồn',
  },
  retry: 'Thử lại',
  failures: {
    connection: 'Không kết nối được với máy chủ. Hãy kiểm tra đường truyền.',
    timeout: 'Trả lời quá lâu.',
    unavailable: 'Hiện không thể tìm trong các bài viết.',
    refused: 'Máy chủ không nhận câu hỏi này.',
    unexpected: 'Máy chủ gặp lỗi.',
  },
};

/** The strings in the language of the document. */
export function stringsOf(language: string): Strings {
  const known: Readonly<Record<Language, Strings>> = { en: english, vi: vietnamese };
  return language === 'vi' ? known.vi : known.en;
}
