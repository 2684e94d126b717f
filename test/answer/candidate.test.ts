import { describe, expect, it } from 'vitest';

import { collectCandidates } from '../../src/answer/candidate.ts';
import { rankCandidates } from '../../src/answer/rank-candidates.ts';
import type { MeasuredEvidence } from '../../src/retrieve/rerank.ts';
import type { Translations } from '../../src/retrieve/retriever.ts';
import { evidenceOf } from './chat/support.ts';

const signals = { dense: 0.6, coverage: 0.8, context: 0.8, topic: 0.8, essentials: 1, missing: 0.1 };

/** A passage whose sentences are all as close to the question as can be. */
function measured(language: 'en' | 'vi', ...sentences: string[]): MeasuredEvidence {
  const evidence = evidenceOf({ id: `in-${language}`, language }, sentences);
  return { ...evidence, signalsOfSentences: sentences.map(() => signals) };
}

const english = measured('en', 'The province has 76 enterprises.', 'It built 12 new roads in all.');
const question = 'Tỉnh có bao nhiêu doanh nghiệp?';
const translations = { en: 'How many enterprises does the province have?' };

describe('the sentences of articles in another language than the question', () => {
  it('are judged like those of its own language where a translation is at hand', () => {
    const modes = (given?: Translations) =>
      collectCandidates(question, 'vi', [english], undefined, given).map(({ mode }) => mode);
    expect(modes()).toEqual(['gloss', 'gloss']);
    expect(modes(translations)).toEqual(['meaning', 'meaning']);
    const wordsOnly = { ...english, signalsOfSentences: [{ ...signals, dense: 0 }] };
    expect(collectCandidates(question, 'vi', [wordsOnly], undefined, translations)[0]?.mode).toBe('words');
  });

  it('are asked for what the translation asks for', () => {
    const kinds = (given?: Translations) =>
      collectCandidates(question, 'vi', [english], undefined, given).map(({ features }) => features.kind);
    // Without it, no rule knows that "doanh nghiệp" are counted by "enterprises".
    expect(kinds()).toEqual([1, 1]);
    expect(kinds(translations)).toEqual([1, 0.3]);
  });

  it('stand back behind one in the question’s own language all the same', () => {
    const vietnamese = measured('vi', 'Tỉnh có 76 doanh nghiệp.');
    const ranked = rankCandidates(
      collectCandidates(question, 'vi', [english, vietnamese], undefined, translations),
    );
    expect(ranked[0]?.evidence.article.language).toBe('vi');
    const [alone] = rankCandidates(collectCandidates(question, 'vi', [english], undefined, translations));
    const other = ranked.find(({ evidence }) => evidence.article.language === 'en');
    expect(other?.belief).toBeLessThan(alone?.belief ?? 0);
  });
});
