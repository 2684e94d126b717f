/**
 * Whether a title in the properties of a file was put there by a program and says nothing: `Microsoft Word - x.docx`,
 * `untitled`, `Document1`, the name of a file.
 */
export function isWorkingTitle(title: string): boolean {
  return (
    !/\p{L}{2}/u.test(title) ||
    /^(?:microsoft (?:word|powerpoint|excel)\b|powerpoint presentation$|slide ?\d*$|word document$|pdf document$|adobe photoshop)/iu.test(
      title,
    ) ||
    /^(?:untitled|no title|title|document|presentation|book|scan(?:ned)?|bản trình bày|tài liệu|không (?:có )?tiêu đề|default)\W*\d*$/iu.test(
      title,
    ) ||
    /\.(?:docx?|odt|rtf|pdf|indd|qxd|tex|dvi|ps|pptx?|xlsx?|html?|txt|md|pages|pub|cdr|ai|eps)$/iu.test(
      title,
    ) ||
    /^(?:[a-z]:\\|\/|file:|https?:)/iu.test(title) ||
    /^[\w-]*\d[\w-]*_[\w-]*$/u.test(title)
  );
}

/** Whether an author in the properties of a file is a program or an account: `Administrator`, `user1`. */
export function isWorkingName(author: string): boolean {
  return (
    !/\p{L}{2}/u.test(author) ||
    /^(?:admin\w*|users?\d*|unknown|owner|pc|author|default.*|microsoft.*|windows.*|python-docx|calibre.*|openai.*|[\w.-]+@[\w.-]+)$/iu.test(
      author,
    )
  );
}
