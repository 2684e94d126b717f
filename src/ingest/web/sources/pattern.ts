/**
 * Whether `address` fits `pattern`: with `*` (any characters), the whole address has to; without, it has to stand
 * somewhere in it. No regular expressions: a badly written one takes for ever.
 */
export function fits(address: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return address.includes(pattern);
  if (!address.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = address.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return address.length - end.length >= at && address.endsWith(end);
}

/** Which pages of a list are wanted. */
export interface Selection {
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** Whether `address` fits an `include` pattern, where there are any, and no `exclude` pattern. */
export function isSelected(address: string, { include, exclude }: Selection): boolean {
  if (include && !include.some((pattern) => fits(address, pattern))) return false;
  return exclude?.some((pattern) => fits(address, pattern)) !== true;
}
