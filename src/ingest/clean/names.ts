// Names of accounts and departments that say nothing of who wrote an article.
const nobody =
  /^(?:admin(?:istrator)?|root|web ?master|editors?|editorial(?: (?:staff|team|board))?|staff(?: (?:writer|reporter))?|user|guest|author|anonymous|unknown|n\/?a|super user|ban biên tập|quản trị(?: viên)?|biên tập viên|người đăng|tác giả|pv|ctv)$/iu;

/** Longest name of authors, in UTF-16 code units. */
const maxAuthorLength = 200;

/** `value` as the name of an author, without what introduces it; `undefined` for addresses, accounts and sentences. */
export function authorName(value: string | undefined): string | undefined {
  const name = value
    ?.replace(/^(?:by\b:?|bởi\b|author\s*:|tác giả\s*:|theo\s*:)\s*/iu, '')
    .replace(/[\s,;|–—-]+$/u, '')
    .trim();
  if (name === undefined || name === '' || name.length > maxAuthorLength || nobody.test(name))
    return undefined;
  return /:\/\/|^www\.|^\S+@\S+$|\p{L}[.!?]\s+\p{L}+\s+\p{Ll}/u.test(name) || !/\p{L}/u.test(name)
    ? undefined
    : name;
}
