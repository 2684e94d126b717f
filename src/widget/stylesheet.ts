import css from './footnote-chat.css?inline';

let shared: CSSStyleSheet | undefined;

/** Gives `root` the widget's styles, in a way that a strict Content-Security-Policy allows. */
export function adoptStyles(root: ShadowRoot, nonce: string): void {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    if (!shared) {
      shared = new CSSStyleSheet();
      shared.replaceSync(css);
    }
    root.adoptedStyleSheets = [shared];
    return;
  }
  const style = document.createElement('style');
  style.nonce = nonce;
  style.textContent = css;
  root.prepend(style);
}
