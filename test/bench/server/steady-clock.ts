import process from 'node:process';

/** Microseconds of the system's monotonic clock, which all processes of a machine share. */
export function microseconds(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

const base = 26;
const firstLetter = 97;

/** A time as a word such as `Tbcdef`: in a reply, where a number would be compared with those of the articles. */
export function timeWord(time: number): string {
  let letters = '';
  for (let rest = Math.floor(time); rest > 0; rest = Math.floor(rest / base)) {
    letters = String.fromCharCode(firstLetter + (rest % base)) + letters;
  }
  return `T${letters}`;
}

/** The time in a word of {@link timeWord}; `undefined` when it is none. */
export function timeInWord(word: string): number | undefined {
  if (!/^T[a-z]{3,}$/u.test(word)) return undefined;
  return Array.from(word.slice(1)).reduce(
    (sum, letter) => sum * base + letter.charCodeAt(0) - firstLetter,
    0,
  );
}
