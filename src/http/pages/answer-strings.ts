import type { QuotationStatus } from '../../domain/answer-check.ts';
import type { Verdict } from '../../domain/citation.ts';
import type { Language } from '../../domain/language.ts';

/** What the page of an answer says. */
export interface AnswerStrings {
  readonly kicker: string;
  readonly question: string;
  readonly answered: (instant: string) => string;
  readonly searchedAs: string;
  /** How many of the sentences that state something are borne in full by their quotations. */
  readonly sureness: (supported: number, sentences: number) => string;
  readonly unanswered: string;
  readonly degraded: string;
  readonly asOf: (date: string) => string;
  readonly removed: (count: number) => string;
  readonly reply: string;
  readonly footnotes: string;
  readonly footnote: (n: number) => string;
  readonly back: (sentence: number) => string;
  readonly nearest: string;
  readonly nearestHint: string;
  readonly read: string;
  readonly original: string;
  readonly alsoIn: string;
  readonly translation: (model: string) => string;
  readonly judged: string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly receipt: string;
  readonly receiptHint: string;
  readonly terms: Readonly<
    Record<
      | 'created'
      | 'generation'
      | 'embedding'
      | 'writer'
      | 'model'
      | 'prompts'
      | 'settings'
      | 'versions'
      | 'hash'
      | 'id',
      string
    >
  >;
  readonly writers: Readonly<Record<'extractive' | 'chat', string>>;
  readonly settings: Readonly<Record<'topK' | 'language' | 'filters' | 'strict' | 'temperature', string>>;
  readonly none: string;
  readonly yes: string;
  readonly no: string;
  readonly check: {
    readonly heading: string;
    readonly hint: string;
    readonly button: string;
    readonly running: string;
    readonly failed: string;
    readonly result: string;
    readonly checkedAt: (instant: string) => string;
    readonly holds: string;
    readonly broken: string;
    readonly hash: Readonly<Record<'ok' | 'changed', string>>;
    readonly quotations: string;
    readonly sentences: string;
    readonly nearest: string;
    readonly status: Readonly<Record<QuotationStatus, string>>;
    readonly present: Readonly<Record<QuotationStatus | 'same', string>>;
    readonly same: (verdict: string) => string;
    readonly changed: (verdict: string, before: string) => string;
    readonly sentence: (n: number) => string;
    readonly fine: string;
    readonly wrong: string;
  };
}

const english: AnswerStrings = {
  kicker: 'Answer',
  question: 'Question',
  answered: (instant) => `Answered on ${instant}`,
  searchedAs: 'Understood as',
  sureness: (supported, sentences) =>
    supported < sentences
      ? `${supported} of ${sentences} sentences fully supported by their quotations`
      : sentences === 1
        ? 'Supported by its quotation'
        : `All ${sentences} sentences supported by their quotations`,
  unanswered: 'The articles do not answer this part',
  degraded: 'The language model failed, so this answer is put together from sentences of the articles.',
  asOf: (date) => `As of ${date}. Later changes are not in the articles.`,
  removed: (count) =>
    count === 1
      ? '1 sentence was left out because no quotation bears it.'
      : `${count} sentences were left out because no quotation bears them.`,
  reply: 'Reply',
  footnotes: 'Footnotes',
  footnote: (n) => `Footnote ${n}`,
  back: (sentence) => `Back to sentence ${sentence}`,
  nearest: 'Nearest in the articles',
  nearestHint: 'These passages come near the question. They do not answer it.',
  read: 'Read in the article',
  original: 'Original page',
  alsoIn: 'The same words also in',
  translation: (model) => `Machine translation (${model}), not evidence`,
  judged: 'judged by a model',
  verdicts: {
    supported: 'supported',
    partial: 'partly supported',
    unsupported: 'not verified',
    uncited: 'not verified',
  },
  receipt: 'Receipt',
  receiptHint: 'What is needed to check this answer again later.',
  terms: {
    created: 'Created',
    generation: 'Index generation',
    embedding: 'Embedding model',
    writer: 'Written by',
    model: 'Chat model',
    prompts: 'Prompts (SHA-256)',
    settings: 'Settings',
    versions: 'Article versions',
    hash: 'Answer (SHA-256)',
    id: 'Answer id',
  },
  writers: { extractive: 'sentences of the articles', chat: 'chat model' },
  settings: {
    topK: 'passages',
    language: 'language',
    filters: 'filters',
    strict: 'strict',
    temperature: 'temperature',
  },
  none: 'none',
  yes: 'yes',
  no: 'no',
  check: {
    heading: 'Check again',
    hint: 'Looks up every quotation in the stored article again, and verifies every sentence against them.',
    button: 'Check this answer again',
    running: 'Checking…',
    failed: 'The check could not be made. Try again.',
    result: 'Result of the check',
    checkedAt: (instant) => `Checked on ${instant}`,
    holds: 'Everything holds: each quotation stands in its article, and each verdict is confirmed.',
    broken: 'Not everything holds. What does not is listed below.',
    hash: {
      ok: 'The answer is unchanged: its hash is the one on the receipt.',
      changed: 'The answer has been changed: its hash is not the one on the receipt.',
    },
    quotations: 'Quotations',
    sentences: 'Sentences',
    nearest: 'Nearest passages',
    status: {
      exact: 'stands word for word where the answer says.',
      moved: 'stands in the article, but elsewhere than the answer says.',
      'missing-text': 'does not stand in the article.',
      'missing-article': 'cannot be checked: that version of the article is not stored.',
    },
    present: {
      same: 'The article has not changed since.',
      exact: 'The article has changed since; the quotation stands there still.',
      moved: 'The article has changed since; the quotation stands there still, in another place.',
      'missing-text': 'The article has changed since, and no longer holds the quotation.',
      'missing-article': 'The article is no longer among the articles.',
    },
    same: (verdict) => `${verdict}, as before.`,
    changed: (verdict, before) => `now ${verdict}; before: ${before}.`,
    sentence: (n) => `Sentence ${n}`,
    fine: 'Holds',
    wrong: 'Does not hold',
  },
};

const vietnamese: AnswerStrings = {
  kicker: 'Câu trả lời',
  question: 'Câu hỏi',
  answered: (instant) => `Trả lời ngày ${instant}`,
  searchedAs: 'Được hiểu là',
  sureness: (supported, sentences) =>
    supported < sentences
      ? `${supported}/${sentences} câu có trích dẫn làm căn cứ đầy đủ`
      : sentences === 1
        ? 'Có trích dẫn làm căn cứ'
        : `Cả ${sentences} câu đều có trích dẫn làm căn cứ`,
  unanswered: 'Các bài viết không trả lời phần này',
  degraded: 'Mô hình ngôn ngữ gặp lỗi, nên câu trả lời này được ghép từ các câu trong bài viết.',
  asOf: (date) => `Tính đến ${date}. Các bài viết chưa có thay đổi sau đó.`,
  removed: (count) => `Đã bỏ ${count} câu vì không có trích dẫn nào làm căn cứ.`,
  reply: 'Trả lời',
  footnotes: 'Chú thích',
  footnote: (n) => `Chú thích ${n}`,
  back: (sentence) => `Về câu ${sentence}`,
  nearest: 'Gần nhất trong các bài viết',
  nearestHint: 'Những đoạn này gần với câu hỏi nhưng không trả lời câu hỏi.',
  read: 'Đọc trong bài viết',
  original: 'Trang gốc',
  alsoIn: 'Cũng có nguyên văn trong',
  translation: (model) => `Bản dịch máy (${model}), không phải căn cứ`,
  judged: 'do mô hình đánh giá',
  verdicts: {
    supported: 'có căn cứ',
    partial: 'có căn cứ một phần',
    unsupported: 'chưa kiểm chứng',
    uncited: 'chưa kiểm chứng',
  },
  receipt: 'Biên nhận',
  receiptHint: 'Những gì cần để kiểm tra lại câu trả lời này về sau.',
  terms: {
    created: 'Thời điểm',
    generation: 'Thế hệ chỉ mục',
    embedding: 'Mô hình nhúng',
    writer: 'Người viết',
    model: 'Mô hình ngôn ngữ',
    prompts: 'Lời nhắc (SHA-256)',
    settings: 'Thiết lập',
    versions: 'Phiên bản bài viết',
    hash: 'Câu trả lời (SHA-256)',
    id: 'Mã câu trả lời',
  },
  writers: { extractive: 'các câu trong bài viết', chat: 'mô hình ngôn ngữ' },
  settings: {
    topK: 'số đoạn',
    language: 'ngôn ngữ',
    filters: 'bộ lọc',
    strict: 'nghiêm ngặt',
    temperature: 'nhiệt độ',
  },
  none: 'không',
  yes: 'có',
  no: 'không',
  check: {
    heading: 'Kiểm tra lại',
    hint: 'Tra lại từng trích dẫn trong bài viết đã lưu và đối chiếu từng câu với các trích dẫn đó.',
    button: 'Kiểm tra lại câu trả lời này',
    running: 'Đang kiểm tra…',
    failed: 'Không kiểm tra được. Hãy thử lại.',
    result: 'Kết quả kiểm tra',
    checkedAt: (instant) => `Kiểm tra ngày ${instant}`,
    holds: 'Tất cả đều đúng: mọi trích dẫn đều có trong bài viết và mọi đánh giá đều được xác nhận.',
    broken: 'Không phải tất cả đều đúng. Những điểm không đúng được nêu dưới đây.',
    hash: {
      ok: 'Câu trả lời không bị thay đổi: mã băm trùng với biên nhận.',
      changed: 'Câu trả lời đã bị thay đổi: mã băm không trùng với biên nhận.',
    },
    quotations: 'Trích dẫn',
    sentences: 'Các câu',
    nearest: 'Các đoạn gần nhất',
    status: {
      exact: 'có đúng nguyên văn ở vị trí mà câu trả lời nêu.',
      moved: 'có trong bài viết nhưng ở vị trí khác với câu trả lời nêu.',
      'missing-text': 'không có trong bài viết.',
      'missing-article': 'không kiểm tra được: phiên bản đó của bài viết không được lưu.',
    },
    present: {
      same: 'Từ đó đến nay bài viết không thay đổi.',
      exact: 'Bài viết đã thay đổi, nhưng đoạn trích vẫn còn.',
      moved: 'Bài viết đã thay đổi, nhưng đoạn trích vẫn còn, ở vị trí khác.',
      'missing-text': 'Bài viết đã thay đổi và không còn đoạn trích.',
      'missing-article': 'Bài viết không còn trong danh sách.',
    },
    same: (verdict) => `${verdict}, như trước.`,
    changed: (verdict, before) => `nay ${verdict}; trước đây ${before}.`,
    sentence: (n) => `Câu ${n}`,
    fine: 'Đúng',
    wrong: 'Không đúng',
  },
};

/** What the page of an answer says, by language. */
export const answerStrings: Readonly<Record<Language, AnswerStrings>> = { en: english, vi: vietnamese };
