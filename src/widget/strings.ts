import type { Feedback, Language, Verdict } from '../protocol/answer.ts';

type Reason = NonNullable<Feedback['reason']>;

/** What the widget says, in one language. */
export interface Strings {
  readonly heading: string;
  readonly greeting: string;
  readonly explanation: string;
  readonly suggestions: string;
  readonly question: string;
  readonly placeholder: string;
  readonly hint: string;
  readonly send: string;
  readonly stop: string;
  readonly open: string;
  readonly close: string;
  readonly startOver: string;
  readonly conversation: string;
  readonly searching: string;
  readonly reading: (passages: number) => string;
  readonly complete: (footnotes: number) => string;
  readonly stopped: string;
  readonly sources: string;
  readonly footnote: (n: number, title: string) => string;
  /** How many of the sentences that state something are borne in full by their quotations. */
  readonly sureness: (supported: number, sentences: number) => string;
  readonly alsoIn: string;
  readonly translation: string;
  readonly judged: string;
  readonly abstained: string;
  readonly degraded: string;
  readonly nearest: string;
  readonly asOf: (date: string) => string;
  /** Said after a sentence that its footnotes do not bear out in full, and in the popover of a footnote. */
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly source: {
    readonly heading: string;
    readonly read: string;
    readonly loading: string;
    readonly failed: string;
    readonly moved: string;
    readonly original: string;
    readonly reader: string;
    readonly by: (author: string) => string;
  };
  readonly copyText: string;
  readonly copyMarkdown: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly answerPage: string;
  readonly feedback: {
    readonly group: string;
    readonly up: string;
    readonly down: string;
    readonly what: string;
    readonly reasons: Readonly<Record<Reason, string>>;
    readonly comment: string;
    readonly send: string;
    readonly cancel: string;
    readonly thanks: string;
    readonly failed: string;
  };
  readonly retry: string;
  readonly offline: string;
  readonly failures: {
    readonly connection: string;
    readonly broken: string;
    readonly timeout: string;
    readonly limited: string;
    readonly unavailable: string;
    readonly refused: string;
    readonly unexpected: string;
    readonly wait: (seconds: number) => string;
  };
}

const english: Strings = {
  heading: 'Ask the articles',
  greeting: 'What would you like to know?',
  explanation: 'Answers come from the articles alone. Each sentence shows the exact words it rests on.',
  suggestions: 'For example',
  question: 'Your question',
  placeholder: 'Ask about the articles',
  hint: 'Enter sends, Shift + Enter starts a new line.',
  send: 'Ask',
  stop: 'Stop',
  open: 'Ask the articles',
  close: 'Close',
  startOver: 'New conversation',
  conversation: 'Conversation',
  searching: 'Searching the articles…',
  reading: (passages) => (passages === 1 ? 'Reading 1 passage…' : `Reading ${passages} passages…`),
  complete: (footnotes) =>
    `The answer is complete, with ${footnotes} ${footnotes === 1 ? 'footnote' : 'footnotes'}.`,
  stopped: 'Stopped. The answer is not complete.',
  sources: 'Sources',
  footnote: (n, title) => `Footnote ${n}: ${title}`,
  sureness: (supported, sentences) =>
    supported < sentences
      ? `${supported} of ${sentences} sentences fully supported by their quotations`
      : sentences === 1
        ? 'Supported by its quotation'
        : `All ${sentences} sentences supported by their quotations`,
  alsoIn: 'The same words also in:',
  translation: 'Machine translation',
  judged: 'judged by a model',
  abstained: 'The articles do not answer this.',
  nearest: 'Nearest in the articles',
  asOf: (date) => `As of ${date}. Later changes are not in the articles.`,
  degraded: 'The language model failed, so this answer is put together from sentences of the articles.',
  verdicts: {
    supported: 'supported',
    partial: 'partly supported',
    unsupported: 'not verified',
    uncited: 'not verified',
  },
  source: {
    heading: 'Source',
    read: 'Read the article',
    loading: 'Fetching the article…',
    failed: 'The article cannot be fetched at the moment.',
    moved: 'The quotation no longer stands in the article as it is now.',
    original: 'Original page',
    reader: 'Reading room',
    by: (author) => `by ${author}`,
  },
  copyText: 'Copy',
  copyMarkdown: 'Copy as Markdown',
  copied: 'Copied.',
  notCopied: 'The browser does not allow copying here.',
  answerPage: 'Link to this answer',
  feedback: {
    group: 'Was this answer good?',
    up: 'Good answer',
    down: 'Bad answer',
    what: 'What is wrong with it?',
    reasons: {
      incorrect: 'It is incorrect',
      incomplete: 'Something is missing',
      'wrong-source': 'A source does not fit',
      outdated: 'It is out of date',
      unclear: 'It is hard to understand',
      other: 'Something else',
    },
    comment: 'Comment (optional)',
    send: 'Send',
    cancel: 'Cancel',
    thanks: 'Thank you.',
    failed: 'That could not be sent.',
  },
  retry: 'Try again',
  offline: 'You are offline. Questions can be asked once the connection is back.',
  failures: {
    connection: 'The server cannot be reached. Check the connection.',
    broken: 'The connection was lost before the answer was complete.',
    timeout: 'The answer took too long.',
    limited: 'Too many questions were asked in a short time.',
    unavailable: 'The articles cannot be searched at the moment.',
    refused: 'The server did not accept the question.',
    unexpected: 'Something went wrong on the server.',
    wait: (seconds) => `Try again in ${seconds} s`,
  },
};

const vietnamese: Strings = {
  heading: 'Hỏi các bài viết',
  greeting: 'Bạn muốn biết điều gì?',
  explanation: 'Câu trả lời chỉ lấy từ các bài viết. Mỗi câu đều dẫn đúng nguyên văn làm căn cứ.',
  suggestions: 'Ví dụ',
  question: 'Câu hỏi của bạn',
  placeholder: 'Hỏi về các bài viết',
  hint: 'Enter để gửi, Shift + Enter để xuống dòng.',
  send: 'Hỏi',
  stop: 'Dừng',
  open: 'Hỏi các bài viết',
  close: 'Đóng',
  startOver: 'Cuộc trò chuyện mới',
  conversation: 'Cuộc trò chuyện',
  searching: 'Đang tìm trong các bài viết…',
  reading: (passages) => `Đang đọc ${passages} đoạn…`,
  complete: (footnotes) => `Đã trả lời xong, có ${footnotes} chú thích.`,
  stopped: 'Đã dừng. Câu trả lời chưa đầy đủ.',
  sources: 'Nguồn',
  footnote: (n, title) => `Chú thích ${n}: ${title}`,
  sureness: (supported, sentences) =>
    supported < sentences
      ? `${supported}/${sentences} câu có trích dẫn làm căn cứ đầy đủ`
      : sentences === 1
        ? 'Có trích dẫn làm căn cứ'
        : `Cả ${sentences} câu đều có trích dẫn làm căn cứ`,
  alsoIn: 'Cũng có nguyên văn trong:',
  translation: 'Bản dịch máy',
  judged: 'do mô hình đánh giá',
  abstained: 'Các bài viết không trả lời câu hỏi này.',
  nearest: 'Gần nhất trong các bài viết',
  asOf: (date) => `Tính đến ${date}. Các bài viết chưa có thay đổi sau đó.`,
  degraded: 'Mô hình ngôn ngữ gặp lỗi, nên câu trả lời này được ghép từ các câu trong bài viết.',
  verdicts: {
    supported: 'có căn cứ',
    partial: 'có căn cứ một phần',
    unsupported: 'chưa kiểm chứng',
    uncited: 'chưa kiểm chứng',
  },
  source: {
    heading: 'Nguồn',
    read: 'Đọc bài viết',
    loading: 'Đang tải bài viết…',
    failed: 'Hiện không tải được bài viết.',
    moved: 'Câu trích dẫn không còn trong bài viết hiện nay.',
    original: 'Trang gốc',
    reader: 'Phòng đọc',
    by: (author) => `tác giả ${author}`,
  },
  copyText: 'Sao chép',
  copyMarkdown: 'Sao chép dạng Markdown',
  copied: 'Đã sao chép.',
  notCopied: 'Trình duyệt không cho phép sao chép ở đây.',
  answerPage: 'Liên kết đến câu trả lời này',
  feedback: {
    group: 'Câu trả lời này có tốt không?',
    up: 'Trả lời tốt',
    down: 'Trả lời chưa tốt',
    what: 'Câu trả lời chưa tốt ở điểm nào?',
    reasons: {
      incorrect: 'Không đúng',
      incomplete: 'Còn thiếu',
      'wrong-source': 'Nguồn không phù hợp',
      outdated: 'Đã lỗi thời',
      unclear: 'Khó hiểu',
      other: 'Lý do khác',
    },
    comment: 'Nhận xét (không bắt buộc)',
    send: 'Gửi',
    cancel: 'Hủy',
    thanks: 'Cảm ơn bạn.',
    failed: 'Không gửi được.',
  },
  retry: 'Thử lại',
  offline: 'Bạn đang ngoại tuyến. Có thể hỏi tiếp khi có kết nối.',
  failures: {
    connection: 'Không kết nối được với máy chủ. Hãy kiểm tra đường truyền.',
    broken: 'Mất kết nối khi câu trả lời chưa xong.',
    timeout: 'Trả lời quá lâu.',
    limited: 'Có quá nhiều câu hỏi trong thời gian ngắn.',
    unavailable: 'Hiện không thể tìm trong các bài viết.',
    refused: 'Máy chủ không nhận câu hỏi này.',
    unexpected: 'Máy chủ gặp lỗi.',
    wait: (seconds) => `Thử lại sau ${seconds} giây`,
  },
};

/** What the widget says, by language. */
export const stringsOf: Readonly<Record<Language, Strings>> = { en: english, vi: vietnamese };
