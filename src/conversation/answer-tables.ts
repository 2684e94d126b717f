/** Raised when the tables change in a way that older code cannot read. */
export const answerFormat = 1;

/** The tables of stored answers, in SQL. */
export const answerTables = `
  CREATE TABLE answers (
    id TEXT PRIMARY KEY,
    stored_at INTEGER NOT NULL,
    answer TEXT NOT NULL
  ) STRICT;
  CREATE INDEX answers_by_age ON answers (stored_at);
  CREATE TABLE articles (
    id TEXT NOT NULL,
    version TEXT NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (id, version)
  ) STRICT;
  CREATE TABLE quotes (
    answer TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
    article TEXT NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (answer, article, version)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX quotes_by_article ON quotes (article, version);
  CREATE TABLE feedback (
    key INTEGER PRIMARY KEY,
    answer TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
    given_at INTEGER NOT NULL,
    feedback TEXT NOT NULL
  ) STRICT;
  CREATE INDEX feedback_by_answer ON feedback (answer);
`;
