import { describe, expect, it } from 'vitest';

import { conclude } from '../../src/answer/conclude.ts';
import { notSaid } from '../../src/answer/phrases.ts';
import { quotedSource } from '../../src/answer/quoted-source.ts';
import type { RankedCandidate } from '../../src/answer/rank-candidates.ts';
import type { Citation } from '../../src/domain/citation.ts';
import { type Evidence, sentenceText } from '../../src/domain/evidence.ts';
import { evidence, evidenceOf } from './chat/support.ts';

const [startup, ranking] = evidence;
if (!startup || !ranking) throw new Error('The evidence is missing.');

const judged = { mode: 'meaning', isOwnLanguage: true } as const;

/** A sentence as the rules see it: related to the question by `context`, and believed to answer it by `belief`. */
function candidate(
  from: Evidence,
  number: number,
  { belief = 0.1, ...features }: Partial<RankedCandidate['features']> & { belief?: number } = {},
): RankedCandidate {
  const sentence = from.passage.sentences[number];
  if (!sentence) throw new Error('There is no such sentence.');
  const signals = { dense: 0.5, coverage: 0.5, context: 0.5, topic: 0.5, essentials: 1, missing: 0 };
  return {
    evidence: from,
    sentence,
    text: sentenceText(from, sentence),
    ...judged,
    features: { ...signals, kind: 0.5, passage: 1, ...features },
    belief,
    odds: belief,
  };
}

const citationOf = ({ evidence: from, sentence }: RankedCandidate): Citation => ({
  n: 1,
  ...quotedSource({ evidence: from, sentence }),
  answer: { start: 0, end: 1 },
  support: { verdict: 'supported', score: 1 },
});

const asked = 'Which decision approved the centre, and how many people visited it?';

function job(parts: readonly (readonly RankedCandidate[])[], shown: readonly Evidence[] = evidence) {
  const questions = ['Which decision approved the centre', 'how many people visited it?'];
  return {
    request: { question: asked },
    meantQuestion: asked,
    questions: parts.length === 1 ? [asked] : questions,
    questionLanguage: 'en',
    language: 'en',
    evidence: shown,
    candidates: parts.flat(),
    parts,
  } as const;
}

const declined = { citations: [], isWritten: false, writer: 'extractive' } as const;
const quotes = ({ nearest }: ReturnType<typeof conclude>) => nearest.map(({ quote }) => quote);

describe('the nearest articles', () => {
  it('each show the sentence that is itself the closest', () => {
    const part = [
      candidate(startup, 0, { coverage: 0.1 }),
      candidate(startup, 1, { coverage: 0.9 }),
      candidate(ranking, 1),
    ];
    expect(quotes(conclude({ job: job([part]), ...declined }))).toEqual([
      'It received 3.5 million visitors.',
      'It has 76 science enterprises.',
    ]);
  });

  it('are at most three, those in the language of the question first, then the closest', () => {
    const articles = ['a', 'b', 'c', 'd'].map((id) => evidenceOf({ id }, [`About ${id}.`]));
    const near = (shown: readonly Evidence[]) => {
      const part = shown.map((article, index) => candidate(article, 0, { context: 0.5 + index / 10 }));
      return quotes(conclude({ job: job([part], shown), ...declined }));
    };
    expect(near(articles)).toEqual(['About d.', 'About c.', 'About b.']);
    const vietnamese = evidenceOf({ id: 'd', language: 'vi' }, ['About d.']);
    expect(near(articles.with(3, vietnamese))).toEqual(['About c.', 'About b.', 'About a.']);
  });

  it('leave out what is not related, what is not shown, and what only opens a list', () => {
    const opener = evidenceOf({ id: 'opener' }, ['The results are these:']);
    const part = [
      candidate(startup, 0, { dense: 0.2, context: 0.2, belief: 0.45 }),
      candidate(ranking, 0),
      candidate(opener, 0),
    ];
    expect(conclude({ job: job([part], [startup, opener]), ...declined }).nearest).toEqual([]);
  });

  it('need all names of the question nearby where only words tell', () => {
    const words = { dense: 0, context: 0.4 };
    const named = { ...candidate(startup, 0, { ...words, topic: 0.2 }), mode: 'words' as const };
    const nameless = {
      ...candidate(ranking, 0, { ...words, topic: 0.2, essentials: 0.5 }),
      mode: 'words' as const,
    };
    expect(quotes(conclude({ job: job([[named, nameless]]), ...declined }))).toEqual([named.text]);
  });
});

describe('a reply to several questions', () => {
  const approved = candidate(startup, 0, { belief: 0.9 });
  const visitors = candidate(startup, 1, { belief: 0.3 });
  const parts = [
    [approved, candidate(startup, 1)],
    [visitors, candidate(startup, 0)],
  ];
  const written = { job: job(parts), isWritten: true } as const;

  it('is partial where the rules believe in no sentence for one of them', () => {
    const conclusion = conclude({ ...written, citations: [citationOf(approved)], writer: 'extractive' });
    expect(conclusion).toMatchObject({
      outcome: 'partial',
      unanswered: ['how many people visited it?'],
      remark: 'The articles do not say: how many people visited it.',
    });
    // What the reply cites is not shown again.
    expect(quotes(conclusion)).toEqual([visitors.text]);
  });

  it('is whole where a chat model answers out of a sentence that the rules do not believe in', () => {
    const citations = [citationOf(approved), { ...citationOf(visitors), n: 2 }];
    const conclusion = conclude({ ...written, citations, writer: 'chat' });
    expect(conclusion).toEqual({ outcome: 'answered', unanswered: [], nearest: [] });
  });

  it('names the parts as the conversation made them where a model rewrote the question', () => {
    const conclusion = conclude({
      ...written,
      job: { ...job(parts), request: { question: 'And this one?' } },
      citations: [citationOf(approved)],
      writer: 'chat',
    });
    expect(conclusion.unanswered).toEqual(['how many people visited it?']);
  });
});

describe('the sentence about what is not said', () => {
  it.each([
    ['en', ['who led it?', 'when  \n did it end?!'], 'The articles do not say: who led it; when did it end.'],
    ['vi', ['ai lãnh đạo?'], 'Các bài viết không cho biết: ai lãnh đạo.'],
    ['en', ['why\u202E is [1] \u0007so'], 'The articles do not say: why is (1) so.'],
  ] as const)('repeats the user’s words harmlessly, in %s: %j', (language, unanswered, sentence) => {
    expect(notSaid(unanswered, language)).toBe(sentence);
  });

  it('repeats no more than a line of them, and never half a character', () => {
    const sentence = notSaid(['😀'.repeat(400)], 'en');
    expect(sentence).toMatch(/: 😀+…\.$/u);
    expect(sentence.length).toBeLessThan(400);
    expect(sentence.isWellFormed()).toBe(true);
  });
});
