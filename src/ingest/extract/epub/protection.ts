import { FootnoteError } from '../../../domain/errors.ts';
import { elementsNamed, parseXml } from '../xml.ts';

const encryptionName = 'META-INF/encryption.xml';

/** These only disguise fonts: EPUB 3.3 section 4.3, and Adobe's way of before. */
const fontAlgorithms: ReadonlySet<string> = new Set([
  'http://www.idpf.org/2008/embedding',
  'http://ns.adobe.com/pdf/enc#RC',
]);

/**
 * Refuses a book whose text is encrypted.
 *
 * @param pages - names of the files that hold its text.
 * @throws FootnoteError `unreadable-article`
 */
export function checkProtection(files: ReadonlyMap<string, Uint8Array>, pages: readonly string[]): void {
  const encryption = files.get(encryptionName);
  if (!encryption) return;
  const names = new Set(pages);
  const locked = elementsNamed(parseXml(encryption, encryptionName), 'EncryptedData').some((data) => {
    const algorithm = elementsNamed(data, 'EncryptionMethod')[0]?.getAttribute('Algorithm') ?? '';
    if (fontAlgorithms.has(algorithm)) return false;
    const target = elementsNamed(data, 'CipherReference')[0]?.getAttribute('URI') ?? '';
    return names.has(target.replace(/^\//u, '')) || names.has(safeDecode(target));
  });
  if (!locked) return;
  throw new FootnoteError(
    'unreadable-article',
    'The text of the book is locked by digital rights management (DRM).',
    { remedy: 'Ask the publisher for a copy without it.' },
  );
}

function safeDecode(value: string): string {
  try {
    return decodeURIComponent(value.replace(/^\//u, ''));
  } catch {
    return value;
  }
}
