import type { Language } from '../../domain/language.ts';

/** What the pages of articles say, and what all pages of the reading room share. */
export interface ReadingStrings {
  readonly name: string;
  readonly skip: string;
  readonly menu: string;
  readonly ask: string;
  readonly articles: string;
  /** The name of the other language, in that language. */
  readonly otherLanguage: string;
  readonly footer: string;
  readonly languages: Readonly<Record<Language, string>>;
  readonly list: {
    readonly lead: string;
    readonly search: string;
    readonly searchHint: string;
    readonly find: string;
    readonly filters: string;
    readonly from: string;
    readonly to: string;
    readonly language: string;
    readonly publisher: string;
    readonly any: string;
    readonly apply: string;
    readonly clear: string;
    readonly all: (count: number) => string;
    readonly some: (count: number, all: number) => string;
    readonly found: (count: number) => string;
    readonly noneIndexed: string;
    readonly noneIndexedHint: string;
    readonly none: string;
    readonly noneFound: string;
    readonly undated: string;
    readonly minutes: (count: number) => string;
    /** Of an article for which a near copy stands. */
    readonly isCopy: string;
    /** Of an article that stands for its near copies. */
    readonly copies: (count: number) => string;
    readonly pages: string;
    readonly page: (page: number, pages: number) => string;
    readonly previous: string;
    readonly next: string;
    readonly ignored: Readonly<Record<'from' | 'to' | 'order' | 'language' | 'question', string>>;
  };
  readonly article: {
    readonly kicker: string;
    readonly publisher: string;
    readonly author: string;
    readonly published: string;
    readonly language: string;
    readonly version: string;
    readonly original: string;
    readonly namedSources: string;
    readonly openOriginal: string;
    readonly notice: string;
    readonly badCite: (count: number) => string;
    readonly oldVersion: string;
    readonly presentVersion: string;
    readonly notIndexed: string;
    readonly answerGone: string;
    readonly answerQuotesNone: string;
    readonly versionGone: string;
    /** Followed by the title of an article. */
    readonly nearlyTheSameAs: string;
    readonly nearCopies: string;
    readonly quotedBy: string;
    readonly passages: (count: number) => string;
    readonly backToAnswer: string;
    readonly toCite: string;
    readonly footnote: (n: number) => string;
    readonly backToList: string;
  };
  readonly errors: {
    readonly notFound: string;
    readonly notFoundHint: string;
    readonly article: string;
    readonly articleVersion: string;
    readonly answer: string;
    readonly answerHint: string;
    readonly unavailable: string;
    readonly unavailableHint: string;
    readonly failed: string;
    readonly failedHint: string;
    readonly reference: string;
  };
}

const english: ReadingStrings = {
  name: 'Footnote',
  skip: 'Skip to the content',
  menu: 'Footnote',
  ask: 'Ask',
  articles: 'Articles',
  otherLanguage: 'Tiếng Việt',
  footer: 'Every sentence of an answer carries the exact words that it rests on.',
  languages: { en: 'English', vi: 'Vietnamese' },
  list: {
    lead: 'Answers come from these articles and from nothing else.',
    search: 'Search the articles',
    searchHint: 'Words or a question, in English or Vietnamese',
    find: 'Search',
    filters: 'Filters',
    from: 'Published from',
    to: 'Published to',
    language: 'Language',
    publisher: 'Publisher',
    any: 'Any',
    apply: 'Apply',
    clear: 'Show all articles',
    all: (count) => (count === 1 ? '1 article, newest first' : `${count} articles, newest first`),
    some: (count, all) => `${count} of ${all} articles, newest first`,
    found: (count) => (count === 1 ? '1 article found' : `${count} articles found, best match first`),
    noneIndexed: 'There are no articles yet.',
    noneIndexedHint: 'They appear here as soon as they have been ingested.',
    none: 'No article matches these filters.',
    noneFound: 'Nothing in the articles matches this search.',
    undated: 'no date',
    minutes: (count) => `${count} min read`,
    isCopy: 'nearly the same as another article',
    copies: (count) => (count === 1 ? '1 near copy' : `${count} near copies`),
    pages: 'Pages',
    page: (page, pages) => `Page ${page} of ${pages}`,
    previous: 'Previous',
    next: 'Next',
    ignored: {
      from: 'The first date was not understood and is ignored.',
      to: 'The last date was not understood and is ignored.',
      order: 'The last date is before the first, so no article can match.',
      language: 'The language was not understood and is ignored.',
      question: 'The search is too long. Use fewer words.',
    },
  },
  article: {
    kicker: 'Article',
    publisher: 'Publisher',
    author: 'Author',
    published: 'Published',
    language: 'Language',
    version: 'Version',
    original: 'Original',
    namedSources: 'Sources that the article names',
    openOriginal: 'Open the original page',
    notice: 'About this view',
    badCite: (count) =>
      count === 1
        ? 'The passage that this address names is not in the text. The article is shown without it.'
        : `${count} passages that this address names are not in the text. The article is shown without them.`,
    oldVersion: 'This is an earlier version of the article, kept because an answer quotes it.',
    presentVersion: 'Read the present version',
    notIndexed: 'This article is no longer among the articles. It is kept because an answer quotes it.',
    answerGone: 'The answer that this address names is not stored, so its passages cannot be shown.',
    answerQuotesNone: 'The answer quotes nothing from this article.',
    versionGone: 'The version that the answer quotes is not stored. This is the present one.',
    nearlyTheSameAs: 'Nearly the same as',
    nearCopies: 'Nearly the same article also in',
    quotedBy: 'Quoted in the answer to',
    passages: (count) => (count === 1 ? '1 passage is marked.' : `${count} passages are marked.`),
    backToAnswer: 'Back to the answer',
    toCite: 'Go to the marked passage',
    footnote: (n) => `Footnote ${n} of the answer`,
    backToList: 'All articles',
  },
  errors: {
    notFound: 'There is no such page',
    notFoundHint: 'The address may be mistyped, or what it named has been removed.',
    article: 'There is no such article',
    articleVersion: 'This version of the article is not stored',
    answer: 'There is no such answer',
    answerHint:
      'Answers are kept for a limited time. This one may have been removed, or its address is mistyped.',
    unavailable: 'The articles cannot be read at the moment',
    unavailableHint: 'Try again in a little while.',
    failed: 'Something went wrong on the server',
    failedHint: 'It has been reported. Try again in a little while.',
    reference: 'Reference',
  },
};

const vietnamese: ReadingStrings = {
  name: 'Footnote',
  skip: 'Đến phần nội dung',
  menu: 'Footnote',
  ask: 'Hỏi',
  articles: 'Bài viết',
  otherLanguage: 'English',
  footer: 'Mỗi câu trả lời đều dẫn đúng nguyên văn làm căn cứ.',
  languages: { en: 'Tiếng Anh', vi: 'Tiếng Việt' },
  list: {
    lead: 'Câu trả lời chỉ lấy từ những bài viết này.',
    search: 'Tìm trong các bài viết',
    searchHint: 'Từ khóa hoặc câu hỏi, bằng tiếng Việt hoặc tiếng Anh',
    find: 'Tìm',
    filters: 'Bộ lọc',
    from: 'Đăng từ ngày',
    to: 'Đến ngày',
    language: 'Ngôn ngữ',
    publisher: 'Nơi đăng',
    any: 'Tất cả',
    apply: 'Áp dụng',
    clear: 'Hiện tất cả bài viết',
    all: (count) => `${count} bài viết, mới nhất trước`,
    some: (count, all) => `${count}/${all} bài viết, mới nhất trước`,
    found: (count) =>
      count === 1 ? 'Tìm thấy 1 bài viết' : `Tìm thấy ${count} bài viết, phù hợp nhất trước`,
    noneIndexed: 'Chưa có bài viết nào.',
    noneIndexedHint: 'Bài viết sẽ hiện ở đây ngay khi được nạp.',
    none: 'Không có bài viết nào khớp với bộ lọc này.',
    noneFound: 'Không có gì trong các bài viết khớp với nội dung tìm kiếm.',
    undated: 'không rõ ngày',
    minutes: (count) => `đọc ${count} phút`,
    isCopy: 'gần giống một bài khác',
    copies: (count) => `có ${count} bản gần giống`,
    pages: 'Các trang',
    page: (page, pages) => `Trang ${page}/${pages}`,
    previous: 'Trang trước',
    next: 'Trang sau',
    ignored: {
      from: 'Không hiểu ngày bắt đầu nên bỏ qua.',
      to: 'Không hiểu ngày kết thúc nên bỏ qua.',
      order: 'Ngày kết thúc trước ngày bắt đầu nên không bài viết nào khớp.',
      language: 'Không hiểu ngôn ngữ được chọn nên bỏ qua.',
      question: 'Nội dung tìm kiếm quá dài. Hãy dùng ít từ hơn.',
    },
  },
  article: {
    kicker: 'Bài viết',
    publisher: 'Nơi đăng',
    author: 'Tác giả',
    published: 'Ngày đăng',
    language: 'Ngôn ngữ',
    version: 'Phiên bản',
    original: 'Bản gốc',
    namedSources: 'Nguồn mà bài viết nêu',
    openOriginal: 'Mở trang gốc',
    notice: 'Về trang này',
    badCite: (count) =>
      count === 1
        ? 'Đoạn mà địa chỉ này nêu không có trong bài. Bài viết được hiện mà không đánh dấu đoạn đó.'
        : `${count} đoạn mà địa chỉ này nêu không có trong bài. Bài viết được hiện mà không đánh dấu các đoạn đó.`,
    oldVersion: 'Đây là phiên bản cũ của bài viết, được giữ lại vì có câu trả lời trích dẫn.',
    presentVersion: 'Đọc phiên bản hiện nay',
    notIndexed: 'Bài viết này không còn trong danh sách. Bài được giữ lại vì có câu trả lời trích dẫn.',
    answerGone: 'Câu trả lời mà địa chỉ này nêu không được lưu nên không thể hiện các đoạn trích của nó.',
    answerQuotesNone: 'Câu trả lời không trích dẫn gì từ bài viết này.',
    versionGone: 'Phiên bản mà câu trả lời trích dẫn không được lưu. Đây là phiên bản hiện nay.',
    nearlyTheSameAs: 'Gần giống với bài',
    nearCopies: 'Bài gần giống cũng có ở',
    quotedBy: 'Được trích dẫn trong câu trả lời cho',
    passages: (count) => `Đã đánh dấu ${count} đoạn.`,
    backToAnswer: 'Về câu trả lời',
    toCite: 'Đến đoạn được đánh dấu',
    footnote: (n) => `Chú thích ${n} của câu trả lời`,
    backToList: 'Tất cả bài viết',
  },
  errors: {
    notFound: 'Không có trang này',
    notFoundHint: 'Có thể địa chỉ bị gõ sai, hoặc nội dung đã được gỡ bỏ.',
    article: 'Không có bài viết này',
    articleVersion: 'Phiên bản này của bài viết không được lưu',
    answer: 'Không có câu trả lời này',
    answerHint:
      'Câu trả lời chỉ được lưu một thời gian. Có thể câu trả lời này đã bị xóa, hoặc địa chỉ bị gõ sai.',
    unavailable: 'Hiện không đọc được các bài viết',
    unavailableHint: 'Hãy thử lại sau ít phút.',
    failed: 'Máy chủ gặp lỗi',
    failedHint: 'Lỗi đã được ghi lại. Hãy thử lại sau ít phút.',
    reference: 'Mã tham chiếu',
  },
};

/** What the reading room says, by language. */
export const readingStrings: Readonly<Record<Language, ReadingStrings>> = { en: english, vi: vietnamese };
