import { describe, expect, it } from 'vitest';

import { chooseSentences } from '../../../src/answer/choose/choose-sentences.ts';
import type { RankedCandidate } from '../../../src/answer/rank-candidates.ts';
import { type Evidence, sentenceText } from '../../../src/domain/evidence.ts';
import type { Language } from '../../../src/domain/language.ts';
import { evidence } from '../chat/support.ts';

const [best, other] = evidence;
if (!best || !other) throw new Error('The evidence is missing.');

function candidate(from: Evidence, language: Language, odds: number): RankedCandidate {
  const [sentence] = from.passage.sentences;
  if (!sentence) throw new Error('There is no such sentence.');
  const signals = { dense: 0.5, coverage: 0.5, context: 0.5, topic: 0.5, essentials: 1, missing: 0 };
  return {
    evidence: { ...from, article: { ...from.article, language } },
    sentence,
    text: sentenceText(from, sentence),
    mode: 'meaning',
    isOwnLanguage: language === 'en',
    features: { ...signals, kind: 1, passage: 1 },
    belief: odds / (1 + odds),
    odds,
  };
}

describe('a sentence beside the best one', () => {
  const chosenWith = (second: RankedCandidate) =>
    chooseSentences({
      candidates: [candidate(best, 'en', 10), second],
      question: 'Who opened the centre?',
      questionLanguage: 'en',
      most: 4,
    });

  it.each([
    ['the same language, less likely', 'en', 2, 2],
    ['another language, nearly as likely', 'vi', 6, 2],
    ['another language, less likely', 'vi', 2, 1],
  ] as const)('in %s', (_, language, odds, count) => {
    expect(chosenWith(candidate(other, language, odds))).toHaveLength(count);
  });
});
