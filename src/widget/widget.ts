import { defineFootnoteChat } from './widget.module.ts';

/** What `<script type="module" src=".../widget.js">` loads: from here on, `<footnote-chat>` works. */
defineFootnoteChat();

export { defineFootnoteChat, FootnoteChat } from './widget.module.ts';
