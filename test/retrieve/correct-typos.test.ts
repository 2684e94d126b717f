import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { Language } from '../../src/domain/language.ts';
import { searchTerm } from '../../src/domain/text/search-terms.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { findBundledModelFiles } from '../../src/models/bundled-model-files.ts';
import { correctTypos } from '../../src/retrieve/correct-typos.ts';
import { readKnownWords } from '../../src/retrieve/typos/known-words.ts';
import { isVietnameseSyllable } from '../../src/retrieve/typos/vietnamese-syllable.ts';
import { indexedArticle, indexOptions, ingest, temporaryFolder } from '../index/fixtures.ts';

const english = `Hai Phong has 76 science and technology enterprises. Decision 1131 lists strategic industries and
products. The chief engineer and the chief architect coordinate national projects. UNESCO recognised the heritage of
Trang An in Ninh Binh as a landscape complex. Eastern International University hosts the Becamex Business Incubator.
The Politburo adopted a resolution on research and development. The provincial government approved the investment
and the ministry announced a conference on innovation, cooperation and digital transformation. Visitors came to
Techfest, an exhibition of startups from the whole ecosystem. The People's Committee elected its chairman. Many
laboratories gained knowledge and funding. Road, count, board, broad, part, place, state, order, form, step, read,
breed, then withdrew. Which of them were received as artificial intelligence for management and support?`;

const vietnamese = `Nghị quyết về khoa học và công nghệ. Doanh nghiệp ở Hải Phòng. Thành phố thông minh. Techfest Việt Nam.
Trung tâm khởi nghiệp Bình Dương. Quan hệ Ninh Bình.`;

const misspellings = `sience=science tecnology=technology technolgy=technology enterprices=enterprises decison=decision
resoluton=resolution resoultion=resolution heritige=heritage heritge=heritage cheif=chief enginneer=engineer
achitect=architect architecht=architect addopted=adopted strategc=strategic stratigic=strategic prodcuts=products
produts=products bussiness=business buisness=business incubater=incubator incubtor=incubator chaiman=chairman
comittee=committee commitee=committee vistors=visitors confrence=conference conferrence=conference
goverment=government govenment=government provnicial=provincial universty=university univercity=university
inovation=innovation innovatoin=innovation labratories=laboratories laboritories=laboratories reserch=research
resarch=research develpment=development digtal=digital transformaton=transformation manegement=management
minstry=ministry natioanl=national nationl=national landscpae=landscape recogised=recognised reconised=recognised
suport=support fundng=funding invesment=investment investmnet=investment statups=startups eccosystem=ecosystem
ecosytem=ecosystem coperation=cooperation cooperaton=cooperation knowlege=knowledge exibition=exhibition
aproved=approved approvd=approved recieved=received anounced=announced artifical=artificial
inteligence=intelligence Bihn=Binh Phogn=Phong Tecfest=Techfest Techfets=Techfest UNESO=UNESCO Becmex=Becamex
Wich=which wich=which Polituro=Politburo`;

const correctWords = `bread bake baker withdraw withdrawal breath thread treat broth beard road coat court county
country mount sport port party plane plate stage statue skate older border farm firm foam stop steep ready recipe
soup salad pasta garden flower winter summer weather rain storm flood desert ocean river mountain island forest
animal tiger elephant monkey horse chicken family mother father brother sister marriage wedding birthday holiday
christmas music guitar piano dance movie actor theatre painting poem novel author football tennis swimming marathon
olympic medal champion coach doctor nurse hospital medicine vaccine virus cancer disease surgery pharmacy dentist
insurance mortgage loan salary pension tax budget dollar currency bitcoin inflation unemployment strike election
president senator vote parliament king queen prince castle temple church mosque pagoda religion buddhism prayer
police crime murder prison judge lawyer trial jury airport plane train railway bicycle motorbike taxi traffic
highway bridge tunnel ship harbour petrol battery engine solar nuclear planet rocket satellite astronaut telescope
earthquake volcano tsunami typhoon drought pollution climate carbon oxygen hydrogen protein vitamin recycling
conversation observation preservation reputation composition opposition provision revision division television
instance distance entrance admission commission transmission`;

const names = `Nairobi Kathmandu Reykjavik Ljubljana Vientiane Yangon Mandalay Surabaya Bandung Shenzhen Guangzhou
Busan Osaka Fukuoka Macron Scholz Zuckerberg Huang Modi Viettel Vingroup Samsung Nvidia Huawei NASA ASEAN Quang Vinh
Phuc Thanh Hoa Dinh Khanh Lam Kon Tum Soc Trang Bac Lieu Hau Giang Phuoc Dong Nai`;

const listOf = (text: string) => text.split(/\s+/u);

let isKnownWord: (word: string) => boolean;

beforeAll(async () => {
  isKnownWord = await readKnownWords((await findBundledModelFiles()).tokenizer);
});

/** A function that corrects questions to an index of the articles above, with a word list unless told otherwise. */
async function corrector() {
  const options = indexOptions(await temporaryFolder());
  await ingest(options, [
    indexedArticle('en', english),
    indexedArticle('vi', vietnamese, { language: 'vi' }),
  ]);
  const index = await openIndex(options);
  onTestFinished(() => index.close());
  return (question: string, language: Language = 'en', withList = true) =>
    correctTypos({ index, question, language, ...(withList && { isKnownWord }) });
}

describe('correctTypos', () => {
  it.each([
    ['Hai Phogn sience and tecnology enterprizes', 'Hai Phong science and technology enterprizes'],
    ['decison 1131: strategc industrys, prodcuts?', 'decision 1131: strategic industrys, products?'],
    ['Ninh Bihn Trang An UNESO heritige', 'Ninh Binh Trang An UNESCO heritage'],
    [
      'Wich university hosts the Becamex Bussiness Incubater?',
      'Which university hosts the Becamex Business Incubator?',
    ],
    ['What does the cheif enginer do?', 'What does the chief enginer do?'],
  ])('mends %s', async (typed, meant) => {
    const correct = await corrector();
    const { question, corrections } = await correct(typed);
    expect(question).toBe(meant);
    for (const [from, to] of corrections) {
      expect(typed).toContain(from);
      expect(meant).toContain(to);
    }
  });

  it.each([
    'How do I bake bread?',
    'Why did UNESCO withdraw?',
    'What is the population of Quang Nam?',
    'Which road does the Vinh Phuc coach take?',
    'Decision 1132',
    '',
  ])('leaves %j alone', async (question) => {
    const correct = await corrector();
    expect(await correct(question)).toEqual({ question, corrections: new Map() });
    expect((await correct(question, 'en', false)).question).toBe(question);
  });

  it.each([
    ['with a word list', true, 0.9],
    ['without a word list', false, 0.75],
  ])('mends most misspellings %s', async (_name, withList, least) => {
    const correct = await corrector();
    const missed: string[] = [];
    const pairs = listOf(misspellings).map((pair) => pair.split('='));
    for (const [typed = '', meant = ''] of pairs) {
      const { question } = await correct(typed, 'en', withList);
      if (searchTerm(question, 'en') !== searchTerm(meant, 'en')) missed.push(`${typed}: ${question}`);
    }
    expect(pairs.length).toBeGreaterThanOrEqual(60);
    expect({ missed, share: missed.length / pairs.length }).toMatchObject({
      share: expect.toSatisfy((share: number) => share <= 1 - least),
    });
  });

  it.each([
    ['with a word list', true],
    ['without a word list', false],
  ])('replaces fewer than 3 %% of words and names that are right %s', async (_name, withList) => {
    const correct = await corrector();
    const right = [...listOf(correctWords), ...listOf(names)];
    const replaced: string[] = [];
    for (const word of right) {
      const { question } = await correct(word, 'en', withList);
      if (question !== word) replaced.push(`${word}: ${question}`);
    }
    expect(right.length).toBeGreaterThanOrEqual(200);
    expect({ replaced, share: replaced.length / right.length }).toMatchObject({
      share: expect.toSatisfy((share: number) => share < 0.03),
    });
  });

  it.each([
    ['nghj quyet 57', 'nghi quyet 57'],
    ['doanh ngiep', 'doanh nghiep'],
    ['Techfets Việt Nam', 'Techfest Việt Nam'],
    ['Hải Phòg', 'Hải Phong'],
    ['thành phố thôgn minh', 'thành phố thong minh'],
  ])('mends the Vietnamese %s', async (typed, meant) => {
    const correct = await corrector();
    expect((await correct(typed, 'vi')).question).toBe(meant);
  });

  it.each(['dân số Quảng Nam', 'ngân hàng bank', 'quyển sách', 'Bình Định', 'phogj'])(
    'leaves the Vietnamese %s alone',
    async (question) => {
      const correct = await corrector();
      expect((await correct(question, 'vi')).question).toBe(question);
    },
  );

  it('leaves a text alone that has more wrong words than typing errors explain', async () => {
    const correct = await corrector();
    const question = 'sience '.repeat(9).trim();
    expect((await correct(question)).question).toBe(question);
  });

  it('leaves a question in a language alone that no article is in', async () => {
    const options = indexOptions(await temporaryFolder());
    await ingest(options, [indexedArticle('en', english)]);
    const index = await openIndex(options);
    onTestFinished(() => index.close());
    const { question } = await correctTypos({ index, question: 'nghj quyet', language: 'vi' });
    expect(question).toBe('nghj quyet');
  });
});

describe('isVietnameseSyllable', () => {
  it.each(
    listOf('nghiep quyet phong binh quang khoa nghe duong truong uyen yen gi giua nguyen xoong hue tuyet'),
  )('knows %s', (word) => expect(isVietnameseSyllable(word)).toBe(true));
  it.each(listOf('nghj ngiep phog bihn techfest bread chief keo1 gha ghao cie'))('does not know %s', (word) =>
    expect(isVietnameseSyllable(word)).toBe(false),
  );
});

describe('readKnownWords', () => {
  it('knows words and their regular forms, and no misspellings', () => {
    expect(listOf('bread bake baker withdraws withdrew reopened happily').filter(isKnownWord)).toHaveLength(
      7,
    );
    expect(listOf('cheif wich sience bussiness seperate adress').filter(isKnownWord)).toEqual([]);
  });

  it('refuses a file that is no tokenizer', async () => {
    await expect(readKnownWords(new URL(import.meta.url).pathname)).rejects.toMatchObject({
      code: 'model-files',
    });
  });
});
