import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Language } from '#footnote/domain/language.js';
import { segmentSentences } from '#footnote/ingest/split/sentences.js';

import { zipfRanks } from './random.ts';

/** Distinct words that take the place of others; so many that rare words stay rare among a million passages. */
const inventedWords = 60_000;

/** Share of the longer words that another takes the place of. */
const exchanged = 0.45;

const syllables =
  'ba be bo ca ce co da de di fa fi ga go ha he ka ki la le li lo ma me mi na ne no pa pe po ra re ri ro sa se so ta te ti to va ve vi za'.split(
    ' ',
  );

/** Sentences that read like the articles of a folder, with other words and figures in them. */
export interface GeneratedText {
  /** A sentence, by a source of randomness. */
  sentence(language: Language, random: () => number): string;
  /** A few words that stand together in `sentence`. */
  excerpt(sentence: string, random: () => number): string;
}

/** Takes the sentences of the Markdown files below `folder` as patterns. */
export function createGeneratedText(folder: string): GeneratedText {
  const patterns = {
    en: sentencesBelow(join(folder, 'en'), 'en'),
    vi: sentencesBelow(join(folder, 'vi'), 'vi'),
  };
  const rank = zipfRanks(inventedWords);
  const replaced = (pattern: string, random: () => number) =>
    pattern
      .replaceAll(/(?<![\p{L}\p{N}])\p{Ll}{5,}(?![\p{L}\p{N}])/gu, (word) =>
        random() < exchanged ? inventedWord(rank(random)) : word,
      )
      .replaceAll(/(?<![\p{L}\p{N}.,])\d{1,3}(?![\p{L}\p{N}.,/])/gu, (figure) =>
        random() < 0.7 ? String(2 + Math.floor(random() * 970)) : figure,
      );
  return {
    sentence: (language, random) => {
      const pattern = patterns[language][Math.floor(random() * patterns[language].length)] ?? '';
      return replaced(pattern, random);
    },
    excerpt: (sentence, random) => {
      const words = sentence.replaceAll(/[^\p{L}\p{N}\s-]/gu, '').split(/\s+/u);
      const count = 5 + Math.floor(random() * 6);
      const start = Math.floor(random() * Math.max(1, words.length - count));
      return words.slice(start, start + count).join(' ');
    },
  };
}

/** Numbers with many digits written in syllables: every rank another word. */
function inventedWord(rank: number): string {
  let word = '';
  for (let left = rank + syllables.length; left > 0; left = Math.floor(left / syllables.length)) {
    word += syllables[left % syllables.length] ?? '';
  }
  return word;
}

function sentencesBelow(folder: string, language: Language): string[] {
  return readdirSync(folder)
    .toSorted()
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8').replace(/^---\n[\s\S]*?\n---\n/u, '');
      const paragraphs = text.split(/\n+/u).filter((line) => /^\p{L}.{60,}/u.test(line));
      return paragraphs.flatMap((line) =>
        segmentSentences(line, language).map(({ start, end }) => line.slice(start, end)),
      );
    })
    .filter((sentence) => sentence.length > 40 && sentence.length < 400);
}
