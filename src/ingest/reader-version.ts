/** Version of the rules that read files. Raise it whenever they change: every file is read anew then. */
export const readerVersion = 'reader-2';
