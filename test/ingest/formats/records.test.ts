import { describe, expect, it } from 'vitest';

import { extractFile } from '../../../src/ingest/extract/extract-file.ts';
import { shown } from './shown.ts';

const read = (file: string, text: string) => extractFile(file, new TextEncoder().encode(text), {});

describe('a table', () => {
  it('gives an article a row, with quotation marks and line ends inside of cells', async () => {
    const { documents, failures } = await read(
      'a.csv',
      '\ufeffid;Tiêu đề;Nội dung;Ngày đăng;Tác giả;Nguồn\nlua-gao;"Giá ""lúa"" tăng; rồi giảm";"Dòng một.\nDòng hai.";05/04/2024;Lan;Báo A\n;Hai;"<p>Một</p><h2>Hai</h2><ul><li>Ba</li></ul>";;;https://a.example/\n',
    );
    expect(failures).toEqual([]);
    expect(documents.map((document) => [document.key, document.guessHeadings, shown(document)])).toEqual([
      ['lua-gao', true, ['paragraph Dòng một.', 'paragraph Dòng hai.']],
      ['00002', false, ['paragraph Một', 'h2 Hai', 'item Ba']],
    ]);
    expect(documents[0]?.metadata).toEqual({
      id: 'lua-gao',
      title: 'Giá "lúa" tăng; rồi giảm',
      publishedAt: '2024-04-05',
      author: 'Lan',
      publisher: 'Báo A',
      found: {
        title: 'properties',
        publishedAt: 'properties',
        author: 'properties',
        publisher: 'properties',
      },
    });
    expect(documents[1]?.metadata).toMatchObject({ title: 'Hai', sourceUrl: 'https://a.example/' });
  });

  it('is read with tabs and commas too', async () => {
    const tabs = await read('a.tsv', 'title\ttext\nOne\tThe first.\n');
    const commas = await read('a.csv', 'headline,body\r\nOne,The first.\r\n');
    expect([tabs, commas].map(({ documents }) => documents[0]?.metadata.title)).toEqual(['One', 'One']);
  });

  it('names the rows that cannot be read, and reads the others', async () => {
    const { documents, failures } = await read(
      'a.csv',
      'id,title,text,date,url\na,A,The text.,,\nb,B,,,\nc,C,Text.,tomorrow,\nd,D,Text.,,ftp://x\na,E,Text.,,\nf,F,Text, with comma.,2024-01-01,,\ng,G,Text.,2024-01-02,\nh,H,"open',
    );
    expect(documents.map(({ key }) => key)).toEqual(['a', 'g']);
    expect(failures).toEqual([
      'Row 2 (ends in line 3): it has no text.',
      'Row 3 (ends in line 4): its date "tomorrow" is not understood.',
      'Row 4 (ends in line 5): its address "ftp://x" is no http(s) URL.',
      'Row 5 (ends in line 6): its id "a" is that of row 1 (ends in line 2) already.',
      expect.stringContaining('Row 6 (ends in line 7): '),
      'Row 8: a quotation mark is not closed; what follows it is not read.',
    ]);
  });

  it('without a column for the text is refused', async () => {
    await expect(read('a.csv', 'a,b\n1,2\n')).rejects.toThrow('names no column for the text');
  });

  it('lists a hundred failures at most', async () => {
    const { failures } = await read('a.csv', `title,text\n${'a,\n'.repeat(500)}`);
    expect(failures).toHaveLength(100);
    expect(failures.at(-1)).toBe('401 more could not be read. Mend these first.');
  });
});

describe('JSON Lines', () => {
  it('give an article a line, and name the lines that are none', async () => {
    const { documents, failures } = await read(
      'a.jsonl',
      [
        '{"id":"one","title":"One","content":"The first.","publishedAt":"2024-04-05T01:00:00+07:00","author":{"name":"Lan"},"lang":"vi-VN"}',
        '{"title":"broken"',
        '',
        '[1]',
        '{"id":7,"title":"Two","body":["First.","Second."],"published":1712275200}',
      ].join('\n'),
    );
    expect(failures).toEqual(['Line 2: it is no JSON object.', 'Line 4: it is no JSON object.']);
    expect(documents.map(({ key, metadata }) => [key, metadata])).toEqual([
      [
        'one',
        {
          id: 'one',
          title: 'One',
          publishedAt: '2024-04-05',
          author: 'Lan',
          language: 'vi',
          found: {
            title: 'properties',
            publishedAt: 'properties',
            author: 'properties',
            language: 'properties',
          },
        },
      ],
      [
        '7',
        {
          title: 'Two',
          publishedAt: '2024-04-05',
          found: { title: 'properties', publishedAt: 'properties' },
        },
      ],
    ]);
    expect(shown(documents[1])).toEqual(['paragraph First.', 'paragraph Second.']);
  });
});

describe('text', () => {
  it('is read in the charset that its server named, unless its bytes are UTF-8', async () => {
    const latin = Uint8Array.of(0x63, 0x61, 0x66, 0xe9);
    const text = async (bytes: Uint8Array) =>
      shown((await extractFile('a.txt', bytes, { charset: 'iso-8859-1' })).documents[0]);
    expect(await text(latin)).toEqual(['paragraph café']);
    expect(await text(new TextEncoder().encode('Hà Nội'))).toEqual(['paragraph Hà Nội']);
  });

  it('made to keep its parser busy is read quickly, or refused', async () => {
    const started = performance.now();
    await read('a.md', '['.repeat(100_000));
    await read('a.md', '[a](b '.repeat(40_000));
    await read('a.md', 'a__b_ '.repeat(40_000));
    await read('a.md', `${'>'.repeat(20_000)} a`);
    await expect(read('a.html', '<div>'.repeat(1_000_000))).rejects.toThrow('nests more than');
    await expect(read('a.html', '<'.repeat(4_000_000))).rejects.toThrow('tags');
    await read('a.txt', 'One sentence and another. '.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it('in Markdown keeps its structure with many links in a list', async () => {
    const { documents } = await read('a.md', '- [a](https://a.example/b_c)\n'.repeat(1_000));
    expect(documents[0]?.blocks).toHaveLength(1_000);
    expect(documents[0]?.blocks[0]).toEqual({ kind: 'item', text: 'a' });
  });
});
