import type { FoundBy, IngestJob, Language } from '../../protocol/ingest.ts';

/** What the script of the admin page says, in one language; the page itself says the rest. */
export interface AdminStrings {
  readonly kinds: Readonly<Record<IngestJob['kind'], string>>;
  readonly states: Readonly<Record<IngestJob['state'], string>>;
  readonly phases: Readonly<Record<NonNullable<IngestJob['progress']>['phase'], string>>;
  readonly progress: (done: string, total: string) => string;
  readonly outcome: Readonly<
    Record<'added' | 'changed' | 'removed' | 'unchanged' | 'failed', (count: number) => string>
  >;
  readonly nothing: string;
  readonly noJobs: string;
  readonly noSources: string;
  readonly noArticles: string;
  readonly deleted: string;
  readonly count: (shown: string, total: string) => string;
  readonly sending: (files: number) => string;
  readonly sent: string;
  readonly tooLarge: (name: string, limit: string) => string;
  readonly beside: string;
  readonly deletes: string;
  readonly restores: string;
  readonly gone: string;
  readonly loading: string;
  readonly noView: string;
  readonly cut: string;
  readonly notText: string;
  readonly offline: string;
  readonly badKey: string;
  readonly failed: (detail: string) => string;
  readonly undated: string;
  readonly languages: Readonly<Record<Language, string>>;
  readonly fields: Readonly<
    Record<
      'title' | 'publishedAt' | 'language' | 'publisher' | 'author' | 'sourceUrl' | 'path' | 'bytes',
      string
    >
  >;
  readonly foundBy: Readonly<Record<FoundBy, string>>;
  readonly disk: Readonly<Record<'articles' | 'sources' | 'index' | 'corpus' | 'free', string>>;
}

const english: AdminStrings = {
  kinds: { add: 'Add', delete: 'Delete', restore: 'Restore', update: 'Re-index' },
  states: { queued: 'waiting', running: 'running', done: 'done', failed: 'failed' },
  phases: { fetching: 'Fetching pages', reading: 'Reading files', embedding: 'Indexing articles' },
  progress: (done, total) => `${done} of ${total}`,
  outcome: {
    added: (count) => `${count} added`,
    changed: (count) => `${count} changed`,
    removed: (count) => `${count} removed`,
    unchanged: (count) => `${count} there already`,
    failed: (count) => `${count} could not be read`,
  },
  nothing: 'nothing has changed',
  noJobs: 'No jobs yet.',
  noSources: 'There are no such sources.',
  noArticles: 'no articles',
  deleted: 'deleted',
  count: (shown, total) => `${shown} of ${total}`,
  sending: (files) => (files === 1 ? 'Sending 1 file…' : `Sending ${files} files…`),
  sent: 'Sent. The job is in the list.',
  tooLarge: (name, limit) => `${name} is larger than ${limit}, the most that is accepted.`,
  beside: 'Compare with the original',
  deletes: 'Delete',
  restores: 'Restore',
  gone: 'This article is not in the index.',
  loading: 'Loading…',
  noView: 'Browsers cannot show this kind of file. It can be saved.',
  cut: 'Only the beginning is shown.',
  notText: 'Nothing could be extracted.',
  offline: 'The server cannot be reached.',
  badKey: 'That key cannot be used: it is unknown, revoked, expired, or has not the scope admin.',
  failed: (detail) => `That could not be done. ${detail}`,
  undated: 'no date',
  languages: { en: 'English', vi: 'Vietnamese' },
  fields: {
    title: 'Title',
    publishedAt: 'Published',
    language: 'Language',
    publisher: 'Publisher',
    author: 'Author',
    sourceUrl: 'Address',
    path: 'Path',
    bytes: 'Size',
  },
  foundBy: {
    given: 'as given',
    'front-matter': 'from the front matter',
    properties: 'from the file’s properties',
    'json-ld': 'from JSON-LD',
    meta: 'from meta tags',
    'time-element': 'from a time element',
    link: 'from a link element',
    'page-title': 'from the page’s title',
    'page-language': 'from the page’s language',
    feed: 'from the feed',
    dateline: 'from the dateline',
    byline: 'from the byline',
    'date-line': 'from a line with a date',
    'source-line': 'from a line with the source',
    heading: 'from the heading',
    'first-line': 'from the first line',
    address: 'from the address',
    'file-name': 'from the name of the file',
    detected: 'by the words',
  },
  disk: { articles: 'Articles', sources: 'Sources', index: 'Index', corpus: 'Corpus', free: 'Free' },
};

const vietnamese: AdminStrings = {
  kinds: { add: 'Thêm', delete: 'Xóa', restore: 'Khôi phục', update: 'Lập lại chỉ mục' },
  states: { queued: 'đang chờ', running: 'đang chạy', done: 'xong', failed: 'thất bại' },
  phases: { fetching: 'Đang tải trang', reading: 'Đang đọc tệp', embedding: 'Đang lập chỉ mục bài viết' },
  progress: (done, total) => `${done}/${total}`,
  outcome: {
    added: (count) => `thêm ${count}`,
    changed: (count) => `sửa ${count}`,
    removed: (count) => `bỏ ${count}`,
    unchanged: (count) => `${count} đã có`,
    failed: (count) => `${count} không đọc được`,
  },
  nothing: 'không có gì thay đổi',
  noJobs: 'Chưa có tác vụ nào.',
  noSources: 'Không có nguồn nào như vậy.',
  noArticles: 'không có bài viết',
  deleted: 'đã xóa',
  count: (shown, total) => `${shown}/${total}`,
  sending: (files) => `Đang gửi ${files} tệp…`,
  sent: 'Đã gửi. Tác vụ nằm trong danh sách.',
  tooLarge: (name, limit) => `${name} lớn hơn ${limit}, mức tối đa được chấp nhận.`,
  beside: 'So với bản gốc',
  deletes: 'Xóa',
  restores: 'Khôi phục',
  gone: 'Bài viết này không có trong chỉ mục.',
  loading: 'Đang tải…',
  noView: 'Trình duyệt không hiện được loại tệp này. Có thể lưu tệp về máy.',
  cut: 'Chỉ hiện phần đầu.',
  notText: 'Không trích được gì.',
  offline: 'Không kết nối được với máy chủ.',
  badKey: 'Không dùng được khóa này: không rõ, đã thu hồi, hết hạn hoặc không có quyền admin.',
  failed: (detail) => `Không thực hiện được. ${detail}`,
  undated: 'không rõ ngày',
  languages: { en: 'Tiếng Anh', vi: 'Tiếng Việt' },
  fields: {
    title: 'Tiêu đề',
    publishedAt: 'Ngày đăng',
    language: 'Ngôn ngữ',
    publisher: 'Nơi đăng',
    author: 'Tác giả',
    sourceUrl: 'Địa chỉ',
    path: 'Đường dẫn',
    bytes: 'Kích thước',
  },
  foundBy: {
    given: 'do người thêm cho biết',
    'front-matter': 'từ phần đầu tệp',
    properties: 'từ thuộc tính của tệp',
    'json-ld': 'từ JSON-LD',
    meta: 'từ thẻ meta',
    'time-element': 'từ thẻ time',
    link: 'từ thẻ link',
    'page-title': 'từ tiêu đề trang',
    'page-language': 'từ ngôn ngữ của trang',
    feed: 'từ nguồn tin',
    dateline: 'từ dòng địa danh',
    byline: 'từ dòng tác giả',
    'date-line': 'từ dòng ngày tháng',
    'source-line': 'từ dòng nguồn',
    heading: 'từ đề mục',
    'first-line': 'từ dòng đầu',
    address: 'từ địa chỉ',
    'file-name': 'từ tên tệp',
    detected: 'theo từ ngữ',
  },
  disk: {
    articles: 'Bài viết',
    sources: 'Nguồn',
    index: 'Chỉ mục',
    corpus: 'Tệp bài viết',
    free: 'Còn trống',
  },
};

/** What the script says, by language. */
export const stringsOf: Readonly<Record<Language, AdminStrings>> = { en: english, vi: vietnamese };
