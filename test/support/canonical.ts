/** RFC 8785 as the documentation of the API tells it, written apart from the server's own. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const members = new Map<string, unknown>(Object.entries(value));
  const names = [...members.keys()].toSorted();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(members.get(name))}`).join()}}`;
}
