import type { ExtractedDocument } from '../../../src/ingest/extract/document.ts';

/** The blocks of a document as `kind text`, headings as `h1 text`. */
export function shown(document: ExtractedDocument | undefined): string[] {
  return (document?.blocks ?? []).map((block) =>
    block.kind === 'heading' ? `h${block.level} ${block.text}` : `${block.kind} ${block.text}`,
  );
}
