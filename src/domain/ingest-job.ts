/** How far an ingest has come: pages while fetching, files while reading, articles while embedding. */
export interface IngestProgress {
  readonly phase: 'fetching' | 'reading' | 'embedding';
  readonly done: number;
  readonly total: number;
}

/** A file that could not be read, or is no article, and why. */
export interface FileNote {
  /** Relative to the corpus, with `/`; or the address of a page. */
  readonly file: string;
  readonly reason: string;
}

/** What a job did. Articles are named by id. */
export interface IngestJobResult {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Articles of what was sent that were there already, word for word. */
  readonly unchanged: readonly string[];
  readonly failed: readonly FileNote[];
  /** The generation of the index that holds it. */
  readonly generation: string;
}

/** Something to be done to the index, in the order of arrival. Times are ISO 8601 instants. */
export interface IngestJob {
  readonly id: string;
  readonly kind: 'add' | 'delete' | 'restore' | 'update';
  /** What it is about, for people: names of files, an address, the id of an article. */
  readonly subject: readonly string[];
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** While it runs. */
  readonly progress?: IngestProgress;
  /** While it has to wait, or is to be tried again: for what, as one sentence. */
  readonly waiting?: string;
  /** When it is done. A job is done although files failed, as long as the index was brought up to date. */
  readonly result?: IngestJobResult;
  /** When it failed: what happened, and how to mend it. */
  readonly error?: string;
}
