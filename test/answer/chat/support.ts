import { fileURLToPath } from 'node:url';

import { createChatWriter } from '../../../src/answer/chat/chat-writer.ts';
import type { ChatLimits } from '../../../src/answer/chat/limits.ts';
import { loadPrompts } from '../../../src/answer/chat/prompts.ts';
import type { Draft, DraftSentence, WriterInput } from '../../../src/answer/writer.ts';
import type { Evidence } from '../../../src/domain/evidence.ts';
import { sentenceText } from '../../../src/domain/evidence.ts';
import { sha256 } from '../../../src/domain/fingerprint.ts';
import { passageId } from '../../../src/domain/passage.ts';
import { createChatModel } from '../../../src/models/chat-model.ts';
import type { OpenAiServer } from '../../support/openai-server.ts';

/** The folder of the prompts that ship with the project. */
export const promptsDir = fileURLToPath(new URL('../../../prompts', import.meta.url));

/** An article of one passage; a sentence that begins with `# ` is a heading. */
export function evidenceOf(
  article: Partial<Evidence['article']> & { id: string },
  sentences: readonly string[],
  headingPath: readonly string[] = [],
): Evidence {
  const text = sentences.join(' ');
  const version = sha256(text);
  let start = 0;
  const spans = sentences.map((sentence) => {
    const span = { start, end: start + sentence.length };
    start = span.end + 1;
    return sentence.startsWith('# ') ? { ...span, heading: true as const } : span;
  });
  const span = { start: 0, end: text.length };
  const { id } = article;
  return {
    passage: {
      ...span,
      id: passageId({ id, version }, span),
      articleId: id,
      articleVersion: version,
      sentences: spans,
      headingPath,
    },
    text,
    article: { title: `About ${id}`, language: 'en', ...article, version },
    score: 1,
    signals: {},
  };
}

/** Two small articles of three and two sentences: S1–S3 and S4–S5. */
export const evidence = [
  evidenceOf({ id: 'startup-centre', publishedAt: '2023-02-01', publisher: 'Province Paper' }, [
    'The province approved the centre by Decision No. 57-NQ/TW.',
    'It received 3.5 million visitors.',
    'The centre opened in Thu Dau Mot.',
  ]),
  evidenceOf({ id: 'ranking', publishedAt: '2025-08-11' }, [
    'Hai Phong ranks third in the index.',
    'It has 76 science enterprises.',
  ]),
];

/** A question about {@link evidence}. */
export const input: WriterInput = {
  question: 'Which decision approved the centre?',
  history: [],
  language: 'en',
  evidence,
  candidates: [],
};

/** The chat writer over the real client, talking to `server`. */
export async function writerFor(server: Pick<OpenAiServer, 'baseUrl'>, limits: Partial<ChatLimits> = {}) {
  const model = await createChatModel({
    model: 'openai:test-model',
    temperature: 0,
    maxTokens: 256,
    timeoutMs: 20_000,
    baseUrl: server.baseUrl,
    maxRetries: 0,
  });
  const prompts = await loadPrompts({ dir: promptsDir });
  return createChatWriter({ model, name: 'openai:test-model', prompts, limits });
}

/** Everything that a writer yields. */
export async function collect(drafts: AsyncIterable<Draft>): Promise<Draft[]> {
  const all: Draft[] = [];
  for await (const draft of drafts) all.push(draft);
  return all;
}

/** The sentences among `drafts`, with their sources spelled out. */
export function sentencesOf(drafts: readonly Draft[]) {
  return drafts
    .filter((draft): draft is DraftSentence => draft.type === 'sentence')
    .map((draft) => ({
      text: draft.text,
      sources: draft.sources.map((source) => sentenceText(source.evidence, source.sentence)),
      dropped: draft.droppedCitations,
    }));
}
