import type { WebSourceKind } from '../../domain/ingest-admin.ts';
import type { Language } from '../../domain/language.ts';

/** What the page for looking after the articles says; what its script says is in `src/widget/admin/strings.ts`. */
interface AdminStrings {
  readonly title: string;
  readonly lead: string;
  readonly noScript: string;
  readonly key: string;
  readonly keyHint: string;
  readonly keyLabel: string;
  readonly keyUse: string;
  readonly add: string;
  readonly drop: string;
  readonly choose: string;
  readonly formats: string;
  readonly address: string;
  readonly kind: string;
  readonly kinds: Readonly<Record<WebSourceKind, string>>;
  readonly fetch: string;
  readonly paste: string;
  readonly articleTitle: string;
  readonly text: string;
  readonly published: string;
  readonly language: string;
  readonly detect: string;
  readonly publisher: string;
  readonly author: string;
  readonly original: string;
  readonly addText: string;
  readonly jobs: string;
  readonly allJobs: string;
  readonly update: string;
  readonly updateHint: string;
  readonly sources: string;
  readonly find: string;
  readonly show: string;
  readonly everything: string;
  readonly failed: string;
  readonly withdrawnOnly: string;
  readonly apply: string;
  readonly more: string;
  readonly withdrawn: string;
  readonly withdrawnHint: string;
  readonly disk: string;
  readonly deletion: string;
  readonly deletionHint: string;
  readonly purge: string;
  readonly cancel: string;
  readonly confirm: string;
  readonly close: string;
  readonly extracted: string;
  readonly originalFile: string;
  readonly save: string;
}

export const adminStrings: Readonly<Record<Language, AdminStrings>> = {
  en: {
    title: 'Look after the articles',
    lead: 'What you add here can be asked about as soon as its job is done.',
    noScript:
      'This page needs JavaScript. The same can be done with POST /api/articles and its neighbours, which /docs describes.',
    key: 'A key is needed',
    keyHint:
      'Type an API key with the scope admin. It is kept until this tab is closed, and sent to this server only.',
    keyLabel: 'API key',
    keyUse: 'Use this key',
    add: 'Add articles',
    drop: 'Drag files here, or',
    choose: 'Choose files',
    formats: 'Accepted:',
    address: 'Address on the web',
    kind: 'What is there',
    kinds: {
      auto: 'Find out',
      page: 'Page',
      feed: 'Feed',
      sitemap: 'Sitemap',
      list: 'List of addresses',
    },
    fetch: 'Fetch',
    paste: 'Paste a text',
    articleTitle: 'Title',
    text: 'Text',
    published: 'Published (optional)',
    language: 'Language',
    detect: 'Detect',
    publisher: 'Publisher (optional)',
    author: 'Author (optional)',
    original: 'Address of the original (optional)',
    addText: 'Add this text',
    jobs: 'Jobs',
    allJobs: 'Show all jobs',
    update: 'Re-index',
    updateHint: 'Re-indexing reads what has changed in the corpus folder.',
    sources: 'Sources',
    find: 'Find in paths and titles',
    show: 'Show',
    everything: 'Everything',
    failed: 'Only with failures',
    withdrawnOnly: 'Only deleted',
    apply: 'Apply',
    more: 'Show more',
    withdrawn: 'Deleted articles',
    withdrawnHint: 'They stay away, also when their file or address is read again, until they are restored.',
    disk: 'Disk',
    deletion: 'Delete this article?',
    deletionHint: 'No answer will use it any more. It can be restored later.',
    purge:
      'Also remove its file and the versions that stored answers quote: those answers can then no longer be checked, and it cannot be restored.',
    cancel: 'Cancel',
    confirm: 'Delete',
    close: 'Close',
    extracted: 'What was extracted',
    originalFile: 'The original',
    save: 'Save the original',
  },
  vi: {
    title: 'Quản lý bài viết',
    lead: 'Nội dung thêm ở đây có thể được hỏi ngay khi tác vụ hoàn tất.',
    noScript:
      'Trang này cần JavaScript. Có thể làm các việc này bằng POST /api/articles và các địa chỉ liên quan, được mô tả ở /docs.',
    key: 'Cần có khóa',
    keyHint: 'Nhập khóa API có quyền admin. Khóa được giữ đến khi đóng thẻ này và chỉ gửi đến máy chủ này.',
    keyLabel: 'Khóa API',
    keyUse: 'Dùng khóa này',
    add: 'Thêm bài viết',
    drop: 'Kéo tệp vào đây, hoặc',
    choose: 'Chọn tệp',
    formats: 'Chấp nhận:',
    address: 'Địa chỉ trên mạng',
    kind: 'Loại nội dung',
    kinds: {
      auto: 'Tự nhận biết',
      page: 'Trang',
      feed: 'Nguồn tin (RSS/Atom)',
      sitemap: 'Sơ đồ trang',
      list: 'Danh sách địa chỉ',
    },
    fetch: 'Tải về',
    paste: 'Dán một văn bản',
    articleTitle: 'Tiêu đề',
    text: 'Nội dung',
    published: 'Ngày đăng (không bắt buộc)',
    language: 'Ngôn ngữ',
    detect: 'Tự nhận biết',
    publisher: 'Nơi đăng (không bắt buộc)',
    author: 'Tác giả (không bắt buộc)',
    original: 'Địa chỉ bản gốc (không bắt buộc)',
    addText: 'Thêm văn bản này',
    jobs: 'Tác vụ',
    allJobs: 'Hiện tất cả tác vụ',
    update: 'Lập lại chỉ mục',
    updateHint: 'Lập lại chỉ mục là đọc những gì đã thay đổi trong thư mục bài viết.',
    sources: 'Nguồn',
    find: 'Tìm trong đường dẫn và tiêu đề',
    show: 'Hiện',
    everything: 'Tất cả',
    failed: 'Chỉ nguồn có lỗi',
    withdrawnOnly: 'Chỉ nguồn đã xóa',
    apply: 'Áp dụng',
    more: 'Hiện thêm',
    withdrawn: 'Bài viết đã xóa',
    withdrawnHint:
      'Các bài này không trở lại, kể cả khi tệp hoặc địa chỉ được đọc lại, cho đến khi được khôi phục.',
    disk: 'Dung lượng đĩa',
    deletion: 'Xóa bài viết này?',
    deletionHint: 'Sẽ không câu trả lời nào dùng bài này nữa. Có thể khôi phục sau.',
    purge:
      'Xóa cả tệp và các phiên bản mà những câu trả lời đã lưu trích dẫn: khi đó không kiểm tra lại được các câu trả lời ấy, và không khôi phục được bài.',
    cancel: 'Hủy',
    confirm: 'Xóa',
    close: 'Đóng',
    extracted: 'Nội dung trích ra',
    originalFile: 'Bản gốc',
    save: 'Lưu bản gốc',
  },
};
