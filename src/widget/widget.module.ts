/** The element without the effect of defining it, for pages that bundle their scripts. */
export { defineFootnoteChat, FootnoteChat, type FootnoteChatEvents } from './footnote-chat.ts';
