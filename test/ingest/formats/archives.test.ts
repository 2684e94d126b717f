import { describe, expect, it } from 'vitest';

import { extractFile } from '../../../src/ingest/extract/extract-file.ts';
import { makeDocx, wordParagraph, zipOf } from '../../support/make-docx.ts';
import { makeEpub } from '../../support/make-epub.ts';
import { shown } from './shown.ts';

describe('a Word document', () => {
  it('keeps its headings, lists, tables and notes, with changes accepted and without comments', async () => {
    const cell = (text: string) => `<w:tc>${wordParagraph(text)}</w:tc>`;
    const bytes = makeDocx({
      core: '<dc:title>Lúa gạo và cảng biển</dc:title><dc:creator>Nguyễn Văn An</dc:creator><dcterms:created>2024-04-05T03:00:00Z</dcterms:created>',
      footnote: 'Measured at the bridge.',
      body: [
        wordParagraph('Rice', { style: 'Heading1' }),
        '<w:p><w:r><w:t>The price rose</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:ins w:id="1" w:author="x"><w:r><w:t xml:space="preserve"> by a tenth</w:t></w:r></w:ins><w:del w:id="2" w:author="x"><w:r><w:delText> by half</w:delText></w:r></w:del><w:r><w:commentReference w:id="0"/></w:r><w:r><w:t>.</w:t></w:r></w:p>',
        wordParagraph('Ports', { style: 'Heading2' }),
        wordParagraph('Hai Phong', { item: true }),
        wordParagraph('Da Nang', { item: true }),
        `<w:tbl><w:tr>${cell('Port')}${cell('Ships')}</w:tr><w:tr>${cell('Hai Phong')}${cell('412')}</w:tr></w:tbl>`,
      ].join(''),
    });
    const { documents } = await extractFile('a.docx', bytes, {});
    expect(shown(documents[0])).toEqual([
      'h1 Rice',
      'paragraph The price rose by a tenth.',
      'h2 Ports',
      'item Hai Phong',
      'item Da Nang',
      'item Port: Hai Phong; Ships: 412.',
      'item Measured at the bridge.',
    ]);
    expect(documents[0]?.metadata).toEqual({
      title: 'Lúa gạo và cảng biển',
      author: 'Nguyễn Văn An',
      found: { title: 'properties', author: 'properties' },
    });
    expect(documents[0]?.createdAt).toBe('2024-04-05');
  });
});

describe('a book', () => {
  const metadata =
    '<dc:title>Ports of the Delta</dc:title><dc:creator>Lan Tran</dc:creator><dc:date>2023-11-02</dc:date><dc:language>en-GB</dc:language><dc:publisher>Delta Press</dc:publisher><dc:source>https://books.example/ports</dc:source>';

  it.each(['2.0', '3.0'] as const)(
    'of EPUB %s is one article with its chapters, without cover and imprint',
    async (version) => {
      const bytes = makeEpub({
        version,
        metadata,
        pages: {
          'cover.xhtml': '<p>Cover</p>',
          'front.xhtml':
            '<section epub:type="copyright-page"><p>All rights reserved to nobody.</p></section>',
          'one.xhtml':
            '<h1>The harbour<a id="x"/></h1><p>Ships &amp; boats&nbsp;lie here<sup><a epub:type="noteref" href="#n">1</a></sup>.</p>',
          'two.xhtml': '<p>The river goes on.</p>',
        },
        contents: { 'one.xhtml': 'The harbour', 'two.xhtml': 'The river' },
      });
      const { documents } = await extractFile('a.epub', bytes, {});
      expect(shown(documents[0])).toEqual([
        'h1 The harbour',
        'paragraph Ships & boats lie here.',
        'h1 The river',
        'paragraph The river goes on.',
      ]);
      expect(documents[0]?.metadata).toMatchObject({
        title: 'Ports of the Delta',
        author: 'Lan Tran',
        publishedAt: '2023-11-02',
        language: 'en',
        publisher: 'Delta Press',
        sourceUrl: 'https://books.example/ports',
      });
    },
  );

  it('with encrypted text is refused; disguised fonts do not matter', async () => {
    const encryption = (uri: string, algorithm: string) =>
      `<encryption><enc:EncryptedData xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptionMethod Algorithm="${algorithm}"/><enc:CipherData><enc:CipherReference URI="${uri}"/></enc:CipherData></enc:EncryptedData></encryption>`;
    const book = (file: string) =>
      makeEpub({
        version: '3.0',
        metadata,
        pages: { 'one.xhtml': '<p>The river.</p>' },
        files: { 'META-INF/encryption.xml': file },
      });
    const locked = book(encryption('OPS/one.xhtml', 'http://www.w3.org/2001/04/xmlenc#aes256-cbc'));
    await expect(extractFile('a.epub', locked, {})).rejects.toThrow('digital rights management');
    const fonts = book(encryption('OPS/font.otf', 'http://www.idpf.org/2008/embedding'));
    await expect(extractFile('a.epub', fonts, {})).resolves.toMatchObject({ failures: [] });
  });
});

describe('a hostile archive', () => {
  const entities = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><w:document/>';

  it.each([
    [
      'a bomb',
      { files: { 'word/document.xml': new Uint8Array(30_000_000) } },
      'times as large when unpacked',
    ],
    ['a name that leads out of it', { files: { '../evil.xml': 'x' } }, 'invalid relative path'],
    ['an absolute name', { files: { '/etc/evil.xml': 'x' } }, 'absolute path'],
    ['a name with backslashes', { files: { '..\\evil.xml': 'x' } }, 'invalid characters'],
    ['entities', { files: { 'word/document.xml': entities } }, 'defines entities'],
    [
      'a DOCTYPE',
      { files: { 'word/styles.xml': '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>' } },
      'DOCTYPE',
    ],
    ['deep nesting', { body: '<w:tbl>'.repeat(20_000) }, 'nests more than'],
    [
      'no text encoding',
      { files: { 'word/document.xml': Uint8Array.of(0x3c, 0xff, 0xc0) } },
      'not valid text',
    ],
  ])('with %s is refused with a reason', async (_, content, reason) => {
    const bytes = makeDocx({ body: wordParagraph('a'), ...content });
    await expect(extractFile('a.docx', bytes, {})).rejects.toThrow(reason);
  });

  it('that nests too deeply is called what it is', async () => {
    const deep = `${'<div>'.repeat(2_000)}Text${'</div>'.repeat(2_000)}`;
    await expect(extractFile('a.docx', makeDocx({ body: deep }), {})).rejects.toThrow(/^The document nests/u);
    const book = makeEpub({ version: '3.0', metadata: '', pages: { 'one.xhtml': deep } });
    await expect(extractFile('a.epub', book, {})).rejects.toThrow(/^The book's chapter \S*one\.xhtml nests/u);
  });

  it('that is none, is cut off, or has another kind of content is refused', async () => {
    const docx = makeDocx({ body: wordParagraph('a') });
    await expect(extractFile('a.docx', docx.subarray(0, 900), {})).rejects.toThrow('damaged or incomplete');
    await expect(extractFile('a.docx', zipOf({ 'a.txt': 'x' }), {})).rejects.toThrow('no Word document');
    await expect(extractFile('a.epub', docx, {})).rejects.toThrow('no EPUB');
    const compound = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1);
    await expect(extractFile('a.docx', compound, {})).rejects.toThrow('protected by a password');
  });

  it('of random bytes is refused, whatever its extension says', async () => {
    const bytes = Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7_919 + (index % 13) * 31) % 256);
    for (const extension of ['.pdf', '.docx', '.epub', '.csv', '.jsonl', '.html', '.md', '.txt']) {
      await expect(extractFile(`a${extension}`, bytes, {})).rejects.toThrow(/\S{3}/u);
    }
  });
});
