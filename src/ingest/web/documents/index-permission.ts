/**
 * Why a page asks not to be kept, in its `X-Robots-Tag` header or its `<meta name="robots">`; `undefined` when it does not.
 *
 * @param header - the header; it may name programs: `otherbot: noindex, nofollow`.
 * @param meta - contents of the meta elements.
 */
export function reasonNotToKeep(
  { header, meta }: { readonly header: string | undefined; readonly meta: readonly string[] },
  robotName: string,
): string | undefined {
  if (headerForbids(header ?? '', robotName)) return 'its X-Robots-Tag header asks not to be indexed';
  if (meta.some((content) => content.split(',').some(isNoIndex)))
    return 'its robots meta tag asks not to be indexed';
  return undefined;
}

function headerForbids(header: string, robotName: string): boolean {
  // A name counts for the directives behind it, until the next name.
  let isForUs = true;
  for (const part of header.slice(0, 2_000).split(',')) {
    const [, name, directive = part] = /^\s*([\w-]+)\s*:(.*)$/u.exec(part) ?? [];
    const isValue =
      name === undefined ||
      ['max-snippet', 'max-image-preview', 'max-video-preview', 'unavailable_after'].includes(
        name.toLowerCase(),
      );
    if (!isValue) isForUs = name.toLowerCase() === robotName;
    if (isForUs && isNoIndex(directive)) return true;
  }
  return false;
}

function isNoIndex(directive: string): boolean {
  return ['noindex', 'none'].includes(directive.trim().toLowerCase());
}
