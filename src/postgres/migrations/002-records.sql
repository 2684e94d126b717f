-- What is kept of those who ask. Instants are epoch milliseconds by the database's clock, which all replicas share.
-- JSON is kept as text, as it was given.

-- Shard of the answer's id, as of quotes and feedback.
CREATE TABLE answers (
  shard integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  stored_at bigint NOT NULL,
  -- ISO 8601.
  begun_at text COLLATE "C" NOT NULL,
  answer text NOT NULL,
  PRIMARY KEY (shard, id)
);
CREATE INDEX answers_by_age ON answers (stored_at);
-- Articles that the answer has words of: cited, near or in its evidence.
CREATE TABLE answer_articles (
  shard integer NOT NULL,
  answer text COLLATE "C" NOT NULL,
  article text COLLATE "C" NOT NULL,
  PRIMARY KEY (shard, answer, article),
  FOREIGN KEY (shard, answer) REFERENCES answers (shard, id) ON DELETE CASCADE
);
CREATE INDEX answer_articles_by_article ON answer_articles (article);
-- Article versions that answers quote. Shard of the article's id.
CREATE TABLE quoted_articles (
  shard integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  version text NOT NULL,
  article text NOT NULL,
  PRIMARY KEY (shard, id, version)
);
CREATE TABLE quotes (
  shard integer NOT NULL,
  answer text COLLATE "C" NOT NULL,
  article text COLLATE "C" NOT NULL,
  version text NOT NULL,
  PRIMARY KEY (shard, answer, article, version),
  FOREIGN KEY (shard, answer) REFERENCES answers (shard, id) ON DELETE CASCADE
);
CREATE INDEX quotes_by_article ON quotes (article, version);
CREATE SEQUENCE feedback_keys;
CREATE TABLE feedback (
  shard integer NOT NULL,
  key bigint NOT NULL,
  answer text COLLATE "C" NOT NULL,
  given_at bigint NOT NULL,
  feedback text NOT NULL,
  PRIMARY KEY (shard, key),
  FOREIGN KEY (shard, answer) REFERENCES answers (shard, id) ON DELETE CASCADE
);
CREATE INDEX feedback_by_answer ON feedback (shard, answer);
CREATE INDEX feedback_by_key ON feedback (key);

-- Shard of the conversation's id.
CREATE TABLE conversations (
  shard integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  PRIMARY KEY (shard, id)
);
CREATE INDEX conversations_by_expiry ON conversations (expires_at);
CREATE SEQUENCE exchange_keys;
-- `question` and `reply` are JSON strings, because a text column takes no NUL, `characters` is the length of both without that.
CREATE TABLE exchanges (
  shard integer NOT NULL,
  key bigint NOT NULL,
  conversation text COLLATE "C" NOT NULL,
  answer text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  question text NOT NULL,
  reply text NOT NULL,
  characters integer NOT NULL,
  PRIMARY KEY (shard, key),
  FOREIGN KEY (shard, conversation) REFERENCES conversations (shard, id) ON DELETE CASCADE
);
CREATE INDEX exchanges_by_conversation ON exchanges (shard, conversation, key);
CREATE INDEX exchanges_by_answer ON exchanges (answer);

-- Repeatable requests. Shard of the key.
CREATE TABLE requests (
  shard integer NOT NULL,
  key text COLLATE "C" NOT NULL,
  fingerprint text NOT NULL,
  token text NOT NULL,
  expires_at bigint NOT NULL,
  response text,
  PRIMARY KEY (shard, key)
);
CREATE INDEX requests_by_expiry ON requests (expires_at);

-- Keys of the API. Shard of the id.
CREATE TABLE keys (
  shard integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  hash bytea NOT NULL,
  name text NOT NULL,
  scopes text NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint,
  revoked_at bigint,
  PRIMARY KEY (shard, id)
);

-- Requests counted within a window of time. Shard of the key. Losing them in a crash lets a few more requests through.
CREATE UNLOGGED TABLE request_counts (
  shard integer NOT NULL,
  key text COLLATE "C" NOT NULL,
  count integer NOT NULL,
  resets_at bigint NOT NULL,
  -- When it was counted last: what is left of the window is told without reading the clock again.
  counted_at bigint NOT NULL,
  PRIMARY KEY (shard, key)
);
CREATE INDEX request_counts_by_reset ON request_counts (resets_at);
