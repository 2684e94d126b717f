-- The index: articles, passages, their vectors and terms. See src/README.md, "PostgreSQL".
--
-- `shard` is the distribution column of every table, first in each primary key (src/postgres/shard.ts).
-- `added` and `removed` are batches: what a writer adds or removes becomes visible, or invisible, all at once when its batch
-- is committed. A reader's snapshot is (next_batch, pending): it sees what was added by a batch below next_batch that is not
-- pending, and not removed by such a batch.

CREATE SEQUENCE batch_numbers;
CREATE SEQUENCE passage_keys;

-- One row, shard 0: the current generation. Whoever commits locks it.
CREATE TABLE index_state (
  shard integer NOT NULL PRIMARY KEY,
  generation bigint NOT NULL,
  generation_id text NOT NULL,
  created_at text NOT NULL,
  next_batch bigint NOT NULL,
  pending bigint[] NOT NULL,
  format integer NOT NULL,
  embedding_model text NOT NULL,
  dimensions integer NOT NULL,
  -- Counts by language, as JSON: {"articles":1,"languages":{"en":{"passages":1,"tokens":1}}}
  content text NOT NULL
);

-- Shard 0. A batch is begun under the lock of index_state, so that no snapshot misses that it is pending.
CREATE TABLE batches (
  shard integer NOT NULL,
  batch bigint NOT NULL,
  -- Whose work it is, such as a job: what was interrupted is carried on for the same purpose.
  purpose text NOT NULL,
  -- 'building', 'suspended', 'committed' or, while its rows are being deleted, 'discarded'.
  state text NOT NULL,
  owner text NOT NULL,
  -- While it is building: after this instant its owner counts as gone.
  lease_until timestamptz NOT NULL,
  embedding_model text NOT NULL,
  format integer NOT NULL,
  -- The snapshot that it is built on.
  base_next bigint NOT NULL,
  base_pending bigint[] NOT NULL,
  committed_at timestamptz,
  PRIMARY KEY (shard, batch)
);

-- What a batch removes when it is committed, beside earlier versions of what it adds. Shard 0.
CREATE TABLE batch_removals (
  shard integer NOT NULL,
  batch bigint NOT NULL,
  -- 'article' or 'source'.
  kind text NOT NULL,
  id text COLLATE "C" NOT NULL,
  PRIMARY KEY (shard, batch, kind, id)
);

-- Shard of the article's id, as in the tables below. Lists and records are JSON, in the form of src/index/article-rows.ts.
CREATE TABLE articles (
  shard integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  added bigint NOT NULL,
  removed bigint,
  version text NOT NULL,
  title text NOT NULL,
  language text NOT NULL,
  published_at text COLLATE "C",
  source_url text,
  publisher text COLLATE "C",
  author text,
  sources text,
  length integer NOT NULL,
  headings text NOT NULL,
  text text NOT NULL,
  found text,
  signature bytea NOT NULL,
  fingerprint text NOT NULL,
  PRIMARY KEY (shard, id, added)
);
CREATE INDEX articles_by_date ON articles (published_at DESC NULLS LAST, id);
CREATE INDEX articles_by_batch ON articles (added);
CREATE INDEX articles_by_removal ON articles (removed) WHERE removed IS NOT NULL;

-- `key` grows in the order in which passages are put, and is never given twice.
CREATE TABLE passages (
  shard integer NOT NULL,
  key bigint NOT NULL,
  id text COLLATE "C" NOT NULL,
  article text COLLATE "C" NOT NULL,
  version text NOT NULL,
  added bigint NOT NULL,
  removed bigint,
  start_offset integer NOT NULL,
  end_offset integer NOT NULL,
  heading_path text NOT NULL,
  sentences text NOT NULL,
  -- Eight bits a number, see src/index/vector-blobs.ts.
  sentence_vectors bytea NOT NULL,
  PRIMARY KEY (shard, key)
);
CREATE INDEX passages_by_id ON passages (shard, id);
CREATE INDEX passages_by_article ON passages (shard, article);

-- What searches filter by stands beside what they search, so that the graph can be walked without looking elsewhere.
-- Unit length: the inner product is the cosine similarity.
CREATE TABLE passage_vectors (
  shard integer NOT NULL,
  key bigint NOT NULL,
  passage text COLLATE "C" NOT NULL,
  article text COLLATE "C" NOT NULL,
  language text NOT NULL,
  published_at text COLLATE "C",
  publisher text COLLATE "C",
  added bigint NOT NULL,
  removed bigint,
  embedding vector({{dimensions}}) NOT NULL,
  PRIMARY KEY (shard, key)
);
CREATE INDEX passage_vectors_by_article ON passage_vectors (shard, article);
-- For filters that keep so little that measuring all of it is quicker than walking the graph.
CREATE INDEX passage_vectors_by_language ON passage_vectors (language);
CREATE INDEX passage_vectors_by_publisher ON passage_vectors (publisher, published_at);
CREATE INDEX passage_vectors_by_date ON passage_vectors (published_at);
CREATE INDEX passage_vectors_graph ON passage_vectors USING hnsw (embedding vector_ip_ops) WITH (m = 16, ef_construction = 64);

-- Our own terms (src/domain/text/search-terms.ts), by their numbers (src/index/postgres/term-number.ts), ascending and each once,
-- with twice the weighted number of times that each occurs: title 3, headings 1.5, body 1.
CREATE TABLE passage_terms (
  shard integer NOT NULL,
  key bigint NOT NULL,
  passage text COLLATE "C" NOT NULL,
  article text COLLATE "C" NOT NULL,
  language text NOT NULL,
  published_at text COLLATE "C",
  publisher text COLLATE "C",
  added bigint NOT NULL,
  removed bigint,
  terms integer[] NOT NULL,
  frequencies smallint[] NOT NULL,
  -- Number of tokens of title, headings and body.
  length integer NOT NULL,
  -- BM25 of each term without its rarity, for a fixed average length: a first ranking in one pass; the best are then measured exactly.
  weights sparsevec(1000000000) NOT NULL,
  PRIMARY KEY (shard, key)
);
ALTER TABLE passage_terms ALTER COLUMN weights SET STORAGE MAIN;
-- Rows of ordinary passages stay whole and uncompressed: thousands are looked at for one question.
ALTER TABLE passage_terms SET (toast_tuple_target = 8160);
CREATE INDEX passage_terms_by_article ON passage_terms (shard, article);
-- Without a list of what is still to be entered: every search would go through it.
CREATE INDEX passage_terms_lists ON passage_terms USING gin (terms) WITH (fastupdate = off);

-- Every term that occurs in the current generation. Shard of `<language> <term>`.
CREATE TABLE terms (
  shard integer NOT NULL,
  language text NOT NULL,
  term text COLLATE "C" NOT NULL,
  number integer NOT NULL,
  -- Passages that have it.
  documents integer NOT NULL,
  PRIMARY KEY (shard, language, term)
);
-- For terms that are spelled alike: of a length and with a first letter.
CREATE INDEX terms_by_shape ON terms (language, length(term), left(term, 1));

-- What is known of the files that the articles come from. Shard of the path.
CREATE TABLE sources (
  shard integer NOT NULL,
  path text COLLATE "C" NOT NULL,
  added bigint NOT NULL,
  removed bigint,
  digest text NOT NULL,
  articles text NOT NULL,
  failures text NOT NULL,
  PRIMARY KEY (shard, path, added)
);
CREATE INDEX sources_by_batch ON sources (added);
CREATE INDEX sources_by_removal ON sources (removed) WHERE removed IS NOT NULL;

-- Near copies (src/index/copies). Shard 0 for bands and pairs: they are of two articles each; of the article otherwise.
CREATE TABLE copy_texts (
  shard integer NOT NULL,
  article text COLLATE "C" NOT NULL,
  version text NOT NULL,
  language text NOT NULL,
  signature bytea NOT NULL,
  compared boolean NOT NULL,
  PRIMARY KEY (shard, article)
);
CREATE TABLE copy_bands (
  shard integer NOT NULL,
  band bigint NOT NULL,
  article text COLLATE "C" NOT NULL,
  PRIMARY KEY (shard, band, article)
);
CREATE INDEX copy_bands_by_article ON copy_bands (shard, article);
CREATE TABLE copy_pairs (
  shard integer NOT NULL,
  article text COLLATE "C" NOT NULL,
  other text COLLATE "C" NOT NULL,
  PRIMARY KEY (shard, article, other)
);
CREATE INDEX copy_pairs_by_other ON copy_pairs (shard, other);
CREATE TABLE copy_groups (
  shard integer NOT NULL,
  article text COLLATE "C" NOT NULL,
  leader text COLLATE "C" NOT NULL,
  PRIMARY KEY (shard, article)
);
CREATE INDEX copy_groups_by_leader ON copy_groups (leader);
