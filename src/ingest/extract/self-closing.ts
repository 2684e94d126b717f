const voidElements = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/iu;

/** XHTML that an HTML parser reads as it is meant: it takes `<a id="x"/>` for a beginning without an end. */
export function withEndTags(xhtml: string): string {
  return xhtml
    .replace(/^\s*<\?xml[^>]*\?>/u, '')
    .replace(/<([a-z][\w:.-]*)(?![\w:.-])([^<>]*)\/>/giu, (whole, element: string, rest: string) =>
      voidElements.test(element) ? whole : `<${element}${rest}></${element}>`,
    );
}
