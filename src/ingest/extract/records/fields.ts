import { foldDiacritics } from '../../../domain/text/fold.ts';

/** What a row or a record can say of an article. */
export type RecordField =
  | 'id'
  | 'title'
  | 'text'
  | 'publishedAt'
  | 'sourceUrl'
  | 'author'
  | 'publisher'
  | 'language';

// Folded, in lower case, letters and digits only. Where a table has several names of a field, the first one counts.
const names: Readonly<Record<RecordField, readonly string[]>> = {
  id: ['id', 'slug', 'articleid', 'ma', 'mabai', 'mabaiviet'],
  title: ['title', 'tieude', 'headline', 'tenbai', 'tenbaiviet', 'name'],
  text: [
    'text',
    'content',
    'body',
    'noidung',
    'noidungbaiviet',
    'articlebody',
    'fulltext',
    'contenthtml',
    'html',
    'vanban',
  ],
  publishedAt: [
    'date',
    'published',
    'publishedat',
    'publishdate',
    'publisheddate',
    'publicationdate',
    'datepublished',
    'pubdate',
    'ngay',
    'ngaydang',
    'ngayxuatban',
    'thoigian',
    'thoigiandang',
  ],
  sourceUrl: ['url', 'sourceurl', 'link', 'canonicalurl', 'permalink', 'lienket', 'duongdan', 'diachi'],
  author: ['author', 'authors', 'byline', 'creator', 'tacgia', 'nguoiviet', 'phongvien'],
  publisher: [
    'publisher',
    'source',
    'sitename',
    'outlet',
    'nguon',
    'nguontin',
    'nhaxuatban',
    'toasoan',
    'bao',
  ],
  language: ['language', 'lang', 'ngonngu'],
};

const fieldOf = new Map<string, { field: RecordField; rank: number }>(
  Object.entries(names).flatMap(([field, list]) =>
    isField(field) ? list.map((name, rank) => [name, { field, rank }] as const) : [],
  ),
);

/** The field that a column or key with this name is of, with its place among the names of that field. */
export function recordField(name: string): { field: RecordField; rank: number } | undefined {
  return fieldOf.get(foldDiacritics(name).replace(/[^a-z0-9]+/gu, ''));
}

function isField(name: string): name is RecordField {
  return Object.hasOwn(names, name);
}
