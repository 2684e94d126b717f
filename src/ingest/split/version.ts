/** Version of the rules that split articles. Raise it whenever they change: everything is indexed anew then. */
export const splitterVersion = 'sentences-1.passages-1';
