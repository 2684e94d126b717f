import { FootnoteError } from '../../domain/errors.ts';

/** A prompt with named slots, written `{{slot}}` in its file. */
export interface Prompt<Slot extends string> {
  readonly text: string;
  /**
   * The prompt with every slot replaced. Values are inserted as they are: a `{{slot}}` inside a value stays.
   *
   * @throws TypeError when a slot is missing or unknown.
   */
  render(values: Readonly<Record<Slot, string>>): string;
}

const slotPattern = /\{\{\s*([\w-]+)\s*\}\}/gu;

/**
 * A prompt from the text of its file.
 *
 * @param file - named in errors.
 * @throws FootnoteError `configuration` when the text lacks one of `slots`, has another one, or is empty.
 */
export function createPrompt<Slot extends string>(
  file: string,
  source: string,
  slots: readonly Slot[],
): Prompt<Slot> {
  const text = source.replaceAll('\r\n', '\n').trim();
  const found = new Set(Array.from(text.matchAll(slotPattern), (match) => match[1]));
  const expected = new Set<string | undefined>(slots);
  const missing = slots.filter((slot) => !found.has(slot));
  const unknown = [...found].filter((slot) => !expected.has(slot));
  const problems = [
    ...(text === '' ? ['it is empty'] : []),
    ...missing.map((slot) => `the slot {{${slot}}} is missing`),
    ...unknown.map((slot) => `the slot {{${slot}}} is unknown`),
    ...(/\{\{|\}\}/u.test(text.replace(slotPattern, '')) ? ['it has stray double braces'] : []),
  ];
  if (problems.length > 0) {
    throw new FootnoteError('configuration', `The prompt ${file} cannot be used: ${problems.join('; ')}.`, {
      remedy: `Correct ${file}; it takes ${slots.map((slot) => `{{${slot}}}`).join(', ')}.`,
    });
  }
  return {
    text,
    render(values) {
      const given = new Map<string, string>(Object.entries(values));
      const stray = [...given.keys()].find((slot) => !expected.has(slot));
      if (stray !== undefined) throw new TypeError(`The prompt ${file} has no slot "${stray}".`);
      return text.replace(slotPattern, (_, slot: string) => {
        const value = given.get(slot);
        if (value === undefined) throw new TypeError(`The prompt ${file} needs a value for "${slot}".`);
        return value;
      });
    },
  };
}
