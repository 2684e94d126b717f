/** What decides which of several copies leads. */
export interface Copy {
  readonly id: string;
  readonly title: string;
  /** `YYYY-MM-DD` */
  readonly publishedAt: string | null;
  /** UTF-16 code units of the text. */
  readonly length: number;
}

/** The newest first, undated ones last; of one date the longest first, then by id. */
export function compareCopies(a: Copy, b: Copy): number {
  const [dateOfA, dateOfB] = [a.publishedAt ?? '', b.publishedAt ?? ''];
  if (dateOfA !== dateOfB) return dateOfA < dateOfB ? 1 : -1;
  return b.length - a.length || (a.id < b.id ? -1 : 1);
}

/**
 * Groups near copies. In the order of {@link compareCopies}, each article that no group has yet leads those of its near
 * copies that none has: so every member resembles its leader, not only another member, and the order of `pairs` is
 * all the same. Titles that name different years are of different things, however equal the texts.
 *
 * @returns ids of the leaders by those of all members, leaders included.
 */
export function groupCopies(pairs: readonly (readonly [Copy, Copy])[]): Map<string, string> {
  const neighbours = new Map<string, Copy[]>();
  const articles = new Map<string, Copy>();
  for (const [a, b] of pairs) {
    if (!agreeOnYears(a.title, b.title)) continue;
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      articles.set(one.id, one);
      const list = neighbours.get(one.id);
      if (list) list.push(other);
      else neighbours.set(one.id, [other]);
    }
  }
  const leaders = new Map<string, string>();
  for (const { id } of Array.from(articles.values()).toSorted(compareCopies)) {
    if (leaders.has(id)) continue;
    const members = (neighbours.get(id) ?? []).filter((other) => !leaders.has(other.id));
    if (members.length === 0) continue;
    leaders.set(id, id);
    for (const member of members) leaders.set(member.id, id);
  }
  return leaders;
}

function agreeOnYears(a: string, b: string): boolean {
  const [yearsOfA, yearsOfB] = [yearsIn(a), yearsIn(b)];
  return yearsOfA.length === 0 || yearsOfB.length === 0 || yearsOfA.some((year) => yearsOfB.includes(year));
}

const yearsIn = (title: string): string[] => title.match(/(?<!\d)(?:18|19|20)\d\d(?!\d)/gu) ?? [];
