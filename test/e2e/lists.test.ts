import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { quotations } from '../support/check-answer.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';

let folder: TemporaryFolder;
let footnote: FootnoteServer;

const islandPlan = `---
title: The island plan of Marrow Sound
publishedAt: 2024-02-03
---
The council of Marrow Sound met in February. Mayor Ines Calder named three obstacles to the new harbour. Sand
closes the channel every winter. No road reaches the eastern quay. The old crane lifts only two tonnes.

The plan for the harbour lists its buildings:

- A cold store for fish.
- A workshop for sails.
- A chapel for sailors.
- A school of navigation.

The crane was bought in 1961 and is painted green.

Nurse Odile Brandt spoke about the clinic. The clinic has three weaknesses. Its first weakness is the leaking
roof. The second weakness is the lack of a second nurse. The visitors laughed. The third weakness is the narrow
door.
`;
const festival = `---
title: Lễ hội đèn lồng ở Mũi Sếu
publishedAt: 2024-09-17
---
Lễ hội đèn lồng Mũi Sếu năm 2024 có bốn hoạt động chính:

- Thi làm đèn lồng giấy.
- Rước đèn quanh hồ Bàng.
- Đua thuyền thúng.
- Hát dân ca dưới trăng.

Ban tổ chức cảm ơn các nhà hảo tâm.
`;

beforeAll(async () => {
  folder = await createFolder();
  const corpus = join(folder.path, 'corpus');
  await writeFiles(corpus, { 'plan.md': islandPlan, 'festival.md': festival });
  footnote = await serveFootnote({ CORPUS_DIR: corpus, INDEX_DIR: join(folder.path, 'index') });
  await footnote.assistant.ingest();
});

afterAll(async () => {
  await footnote.close();
  await folder.remove();
});

const cited = async (question: string): Promise<string[]> =>
  quotations(await footnote.askAndCheck({ question })).split('\n');

describe('a question for a list', () => {
  it('is answered with the whole list, and nothing after it', async () => {
    expect(await cited('Which buildings does the plan for the harbour list?')).toEqual([
      'The plan for the harbour lists its buildings:',
      'A cold store for fish.',
      'A workshop for sails.',
      'A chapel for sailors.',
      'A school of navigation.',
    ]);
  });

  it('keeps the items below one another', async () => {
    const { text } = await footnote.askAndCheck({
      question: 'Which buildings does the plan for the harbour list?',
    });
    expect(text.split('\n\n')).toHaveLength(5);
  });

  it('is answered with as many sentences as the article announces', async () => {
    const quotes = await cited('What are the three obstacles to the new harbour that Ines Calder named?');
    expect(quotes).toEqual([
      'Mayor Ines Calder named three obstacles to the new harbour.',
      expect.stringContaining('Sand'),
      'No road reaches the eastern quay.',
      'The old crane lifts only two tonnes.',
    ]);
  });

  it('is answered with every numbered thing of a running text', async () => {
    const quotes = await cited('What are the weaknesses of the clinic?');
    expect(quotes.filter((quote) => /(?:first|second|third) weakness/u.test(quote))).toHaveLength(3);
  });

  it('is answered in Vietnamese, also when typed without diacritics', async () => {
    const items = [
      'Thi làm đèn lồng giấy.',
      'Rước đèn quanh hồ Bàng.',
      'Đua thuyền thúng.',
      'Hát dân ca dưới trăng.',
    ];
    expect(await cited('Lễ hội đèn lồng Mũi Sếu có những hoạt động nào?')).toEqual(
      expect.arrayContaining(items),
    );
    expect(await cited('Le hoi den long Mui Seu co nhung hoat dong nao?')).toEqual(
      expect.arrayContaining(items),
    );
  });
});
