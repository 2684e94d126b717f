import { describe, expect, it, onTestFinished } from 'vitest';

import type { AnswerStore } from '../../src/conversation/answer-store.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { answerFrom, answerNamed, sampleArticle } from '../conversation/sample-records.ts';
import { collected, type NewPlace } from './places.ts';

const dayMs = 86_400_000;

/** What every store of answers does, which keeps them for 30 days. */
export function answerStoreContract(name: string, newPlace: NewPlace<AnswerStore>): void {
  async function place() {
    const open = await newPlace();
    return (...options: Parameters<typeof open>) => {
      const store = open(...options);
      onTestFinished(() => store.close());
      return store;
    };
  }

  describe(`answers in ${name}`, () => {
    it('are given back as they were saved, also to others and after the store was closed', async () => {
      const open = await place();
      const store = open();
      const [answer, article] = [answerNamed('a'), sampleArticle('fair', 'The fair drew 5,400 visitors.')];
      await store.save(answer, [article]);
      const other = open();
      expect(await other.get('a')).toEqual(answer);
      expect(await other.article('fair', article.version)).toEqual(article);
      await store.close();
      expect(await open().get('a')).toEqual(answer);
      await expect(store.get('a')).rejects.toMatchObject({ code: 'unavailable' });
    });

    it('keep members that the store does not know, and every character: they are part of the hash', async () => {
      const store = (await place())();
      const answer = Object.assign(answerNamed('a'), { mood: 'sunny\0 \uD83D\uDE00 đã "rồi" \\u0000' });
      await store.save(answer, []);
      expect(await store.get('a')).toEqual(answer);
    });

    it('are none before the first one', async () => {
      const store = (await place())();
      expect([await store.get('a'), await store.article('a', 'v')]).toEqual([undefined, undefined]);
      expect([await store.get('\0'), await store.article('\0', '\0')]).toEqual([undefined, undefined]);
      expect(await collected(store.feedback())).toEqual([]);
      expect(await collected(store.records())).toEqual([]);
      await expect(store.addFeedback('a', { rating: 'up' })).rejects.toMatchObject({ code: 'not-found' });
      await expect(store.addFeedback('\0', { rating: 'up' })).rejects.toMatchObject({ code: 'not-found' });
      expect([await store.holdsArticle('a'), await store.answersFrom('a')]).toEqual([false, []]);
      expect(await store.purgeArticle('a')).toEqual({ answers: [], versions: 0 });
    });

    it('have each article version beside the others', async () => {
      const store = (await place())();
      const [old, revised] = [sampleArticle('fair', 'It rained.'), sampleArticle('fair', 'It poured.')];
      await store.save(answerNamed('a'), [old]);
      await store.save(answerNamed('b'), [revised, old]);
      expect(await store.article('fair', old.version)).toEqual(old);
      expect(await store.article('fair', revised.version)).toEqual(revised);
      expect([await store.holdsArticle('fair'), await store.holdsArticle('ferry')]).toEqual([true, false]);
    });

    it('are saved all or nothing', async () => {
      const store = (await place())();
      const article = sampleArticle('fair', 'It rained.');
      await store.save(answerNamed('a'), []);
      await expect(store.save(answerNamed('a'), [article])).rejects.toMatchObject({ code: 'unavailable' });
      expect(await store.article('fair', article.version)).toBeUndefined();
    });

    it('go when they are old, with their feedback and the articles that nothing else quotes', async () => {
      const open = await place();
      const [shared, own] = [sampleArticle('shared', 'Shared.'), sampleArticle('own', 'Own.')];
      let now = 0;
      const first = open({ now: () => now });
      await first.save(answerNamed('old'), [shared, own]);
      await first.addFeedback('old', { rating: 'up' });
      now = 20 * dayMs;
      await first.save(answerNamed('new'), [shared]);
      const kept = async (day: number) => {
        const store = open({ now: () => day * dayMs });
        const answers = [await store.get('old'), await store.get('new')].map((answer) => answer?.id);
        const articles = [
          await store.article('own', own.version),
          await store.article('shared', shared.version),
        ];
        const feedback = await collected(store.feedback());
        await store.close();
        return { answers, articles: articles.map((article) => article?.id), feedback: feedback.length };
      };
      expect(await kept(29)).toEqual({ answers: ['old', 'new'], articles: ['own', 'shared'], feedback: 1 });
      expect(await kept(31)).toEqual({
        answers: [undefined, 'new'],
        articles: [undefined, 'shared'],
        feedback: 0,
      });
      expect(await kept(51)).toEqual({
        answers: [undefined, undefined],
        articles: [undefined, undefined],
        feedback: 0,
      });
    });

    it('list their feedback with the question, oldest first, and up to a hundred of it each', async () => {
      let now = Date.UTC(2024, 0, 1);
      const store = (await place())({ now: () => now });
      await store.save(answerNamed('a'), []);
      await store.save(answerNamed('b'), []);
      await store.addFeedback('a', { rating: 'down', reason: 'outdated', comment: 'Cũ rồi.\0' });
      now += dayMs;
      await store.addFeedback('b', { rating: 'up' });
      const { question, text } = answerNamed('a');
      expect(await collected(store.feedback())).toEqual([
        {
          answerId: 'a',
          question,
          text,
          rating: 'down',
          reason: 'outdated',
          comment: 'Cũ rồi.\0',
          givenAt: '2024-01-01T00:00:00.000Z',
        },
        { answerId: 'b', question, text, rating: 'up', givenAt: '2024-01-02T00:00:00.000Z' },
      ]);
      for (let count = 1; count < 100; count += 1) await store.addFeedback('a', { rating: 'up' });
      expect(await collected(store.feedback())).toHaveLength(101);
      await expect(store.addFeedback('a', { rating: 'up' })).rejects.toMatchObject({
        code: 'invalid-request',
      });
    });
  });

  describe(`purging an article from the answers in ${name}`, () => {
    const [secret, harmless] = ['The mayor owns the ferry.', 'The ferry leaves at four.'];

    it('removes the answers that quote it, its versions and what only those answers quoted', async () => {
      const store = (await place())();
      const [mayor, ferry, extra] = [
        sampleArticle('mayor', secret),
        sampleArticle('ferry', harmless),
        sampleArticle('extra', 'It also sails.'),
      ];
      await store.save(answerFrom('a', 'mayor', secret), [mayor, ferry]);
      await store.save(answerFrom('b', 'ferry', harmless), [ferry, extra]);
      await store.addFeedback('a', { rating: 'up' });
      expect(await store.answersFrom('mayor')).toEqual(['a']);
      expect(await store.purgeArticle('mayor')).toEqual({ answers: ['a'], versions: 1 });
      expect([await store.get('a'), await store.article('mayor', mayor.version)]).toEqual([
        undefined,
        undefined,
      ]);
      expect(await collected(store.feedback())).toEqual([]);
      expect((await store.get('b'))?.id).toBe('b');
      expect(await store.article('ferry', ferry.version)).toEqual(ferry);
      expect(await store.purgeArticle('mayor')).toEqual({ answers: [], versions: 0 });
      expect(await store.purgeArticle('ferry')).toEqual({ answers: ['b'], versions: 1 });
    });

    it('counts what an answer was given from, but not copies that it only names', async () => {
      const store = (await place())();
      const retrieved = answerFrom('retrieved', 'ferry', harmless);
      const [evidence] = retrieved.evidence;
      if (!evidence) throw new Error('the sample has evidence');
      await store.save({ ...retrieved, evidence: [{ ...evidence, articleId: 'mayor', text: secret }] }, []);
      const named = answerFrom('named', 'ferry', harmless);
      const alsoIn = [{ articleId: 'mayor', title: 'T', passageId: 'mayor:0' }];
      await store.save({ ...named, citations: named.citations.map((entry) => ({ ...entry, alsoIn })) }, []);
      await store.save(answerFrom('longer', 'mayor-2', harmless), []);
      expect(await store.answersFrom('mayor')).toEqual(['retrieved']);
    });

    it('leaves answers that were begun later, and the versions that they quote', async () => {
      const store = (await place())();
      const begunAt = (id: string, instant: string): Answer => answerFrom(id, 'mayor', secret, instant);
      const article = sampleArticle('mayor', secret);
      await store.save(begunAt('early', '2026-01-01T00:00:00.000Z'), [article]);
      await store.save(begunAt('late', '2026-01-01T00:00:02.000Z'), [article]);
      const begunUntil = '2026-01-01T00:00:01.000Z';
      expect(await store.answersFrom('mayor', { begunUntil })).toEqual(['early']);
      expect(await store.purgeArticle('mayor', { begunUntil })).toEqual({ answers: ['early'], versions: 0 });
      expect((await store.get('late'))?.id).toBe('late');
      expect(await store.article('mayor', article.version)).toEqual(article);
    });
  });

  describe(`the records of answers in ${name}`, () => {
    it('hold everything, make an equal store, and change nothing the second time', async () => {
      const [from, to] = [(await place())({ now: () => Date.UTC(2024, 0, 1) }), (await place())()];
      const [fair, ferry] = [sampleArticle('fair', 'It rained.'), sampleArticle('ferry', 'It sailed.')];
      const ids = Array.from({ length: 60 }, (_, index) => `answer-${String(index).padStart(2, '0')}`);
      for (const id of ids) await from.save(answerNamed(id), [fair, ferry]);
      await from.addFeedback('answer-07', { rating: 'up' });
      await from.addFeedback('answer-07', { rating: 'down', reason: 'other' });
      const sorted = async (store: AnswerStore) =>
        (await collected(store.records())).toSorted((one, other) =>
          one.answer.id < other.answer.id ? -1 : 1,
        );
      const records = await sorted(from);
      expect(records.map(({ answer }) => answer.id)).toEqual(ids);
      const at = Date.UTC(2024, 0, 1);
      expect(records[7]).toEqual({
        answer: answerNamed('answer-07'),
        storedAt: at,
        articles: [fair, ferry],
        feedback: [
          { givenAt: at, feedback: { rating: 'up' } },
          { givenAt: at, feedback: { rating: 'down', reason: 'other' } },
        ],
      });
      for (const record of [...records, ...records.slice(0, 10)]) await to.restore(record);
      expect(await sorted(to)).toEqual(records);
      expect(await collected(to.feedback())).toEqual(await collected(from.feedback()));
    });
  });
}
