import { describe, expect, it } from 'vitest';

import { answerHash, sealAnswer, type UnsealedAnswer } from '../../src/answer/receipt.ts';
import type { NearestArticle } from '../../src/domain/answer.ts';
import { canonicalJson } from '../../src/domain/canonical-json.ts';
import { sha256 } from '../../src/domain/fingerprint.ts';

const nearest: NearestArticle = {
  articleId: 'nghi-quyet',
  articleVersion: 'v1',
  passageId: 'p1',
  title: 'Nghị quyết',
  language: 'vi',
  quote: 'Nghị quyết đã ban hành.',
  source: { start: 0, end: 23 },
  links: { passage: '/p', reader: '/r' },
};

const unsealed: UnsealedAnswer = {
  id: 'one',
  question: 'Nghị quyết 57?',
  standaloneQuestion: 'Nghị quyết 57?',
  language: 'vi',
  outcome: 'declined',
  text: 'Các bài viết không trả lời câu hỏi này.',
  unanswered: [],
  nearest: [nearest],
  abstained: true,
  degraded: false,
  citations: [],
  sentences: [],
  evidence: [],
  summary: { supported: 0, partial: 0, unsupported: 0, uncited: 0, droppedCitations: 0, removedSentences: 0 },
  receipt: {
    indexGeneration: 'g1',
    articleVersions: {},
    embeddingModel: 'test',
    writer: 'extractive',
    settings: { topK: 8, language: 'vi', filters: {}, strict: false },
    createdAt: '2026-01-02T03:04:05.678Z',
  },
};

describe('the hash of an answer', () => {
  it('can be computed by anyone: SHA-256 over the canonical JSON without id, time and hash', () => {
    const { id: _id, receipt, ...rest } = unsealed;
    const { createdAt: _createdAt, ...kept } = receipt;
    expect(answerHash(unsealed)).toBe(sha256(canonicalJson({ ...rest, receipt: kept })));
  });

  it('is the same with and without the seal, under another id and at another time', () => {
    const sealed = sealAnswer(unsealed);
    expect(sealed.receipt.sha256).toBe(answerHash(unsealed));
    expect(answerHash(sealed)).toBe(sealed.receipt.sha256);
    const later = { ...unsealed.receipt, createdAt: '2027-01-01T00:00:00.000Z' };
    expect(answerHash({ ...unsealed, id: 'two', receipt: later })).toBe(sealed.receipt.sha256);
  });

  it('survives the way over the wire', () => {
    const sealed = sealAnswer(unsealed);
    const received: typeof sealed = JSON.parse(JSON.stringify(sealed));
    expect(answerHash(received)).toBe(sealed.receipt.sha256);
  });

  it.each([
    ['the text', { text: 'Có.' }],
    ['the verdict on the whole', { abstained: false }],
    ['the outcome', { outcome: 'answered' as const }],
    ['what is unanswered', { unanswered: ['ngày nào?'] }],
    ['a quotation that is nearest', { nearest: [{ ...nearest, quote: 'Nghị quyết.' }] }],
    ['the question', { question: 'Nghị quyết 58?' }],
    ['the index', { receipt: { ...unsealed.receipt, indexGeneration: 'g2' } }],
    ['a setting', { receipt: { ...unsealed.receipt, settings: { ...unsealed.receipt.settings, topK: 9 } } }],
  ])('changes with %s', (_name, change) => {
    expect(answerHash({ ...unsealed, ...change })).not.toBe(answerHash(unsealed));
  });
});
