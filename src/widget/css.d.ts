declare module '*.css?inline' {
  const css: string;
  // Vite makes modules of style sheets with this export only.
  // oxlint-disable-next-line import/no-default-export
  export default css;
}
