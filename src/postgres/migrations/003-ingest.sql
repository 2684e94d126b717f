-- The corpus and the jobs that change it.

-- Every file of the corpus, with what is said of it beside it (sidecar, JSON). Shard of the path.
CREATE TABLE files (
  shard integer NOT NULL,
  path text COLLATE "C" NOT NULL,
  -- Equal for names that some file system takes for the same (src/ingest/added/file-name.ts).
  name_key text COLLATE "C" NOT NULL,
  bytes bytea NOT NULL,
  size integer NOT NULL,
  sidecar text,
  -- SourceFile.digest, for the rules of reading at the time.
  digest text NOT NULL,
  -- Of a page: its address as it was asked for, without what does not count.
  address text COLLATE "C",
  stored_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (shard, path)
);
-- Their bytes are mostly compressed already.
ALTER TABLE files ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE INDEX files_by_name_key ON files (name_key);
CREATE INDEX files_by_address ON files (address) WHERE address IS NOT NULL;

-- Articles that stay away. Shard of the article's id. The rest is JSON (src/ingest/added/withdrawn.ts).
CREATE TABLE withdrawals (
  shard integer NOT NULL,
  article text COLLATE "C" NOT NULL,
  withdrawal text NOT NULL,
  PRIMARY KEY (shard, article)
);

-- When which source on the web was looked at. Shard of the key.
CREATE TABLE source_looks (
  shard integer NOT NULL,
  key text COLLATE "C" NOT NULL,
  look text NOT NULL,
  PRIMARY KEY (shard, key)
);

-- Jobs, in the order of their ids. Shard 0, as of job_files: whoever takes a job locks it and looks at those before it, which
-- has to be in one place.
CREATE TABLE jobs (
  shard integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  -- 'queued', 'running', 'done' or 'failed'.
  state text NOT NULL,
  -- StagedJob and IngestJob, as JSON (src/ingest/added/staged-job.ts, src/domain/ingest-job.ts).
  job text NOT NULL,
  shown text NOT NULL,
  -- What it changes: of two jobs that share one of these, the later waits for the earlier.
  keys text[] NOT NULL,
  -- How often it was begun, and the instant from which on it may be begun again.
  attempts integer NOT NULL DEFAULT 0,
  run_after timestamptz NOT NULL DEFAULT now(),
  -- While it runs: who carries it out, and after which instant that worker counts as gone.
  worker text,
  lease_until timestamptz,
  -- Grows with every change, for those who follow it.
  revision bigint NOT NULL DEFAULT 0,
  ended_at timestamptz,
  PRIMARY KEY (shard, id)
);
CREATE INDEX jobs_to_do ON jobs (id) WHERE state IN ('queued', 'running');
CREATE INDEX jobs_over ON jobs (ended_at) WHERE state IN ('done', 'failed');
-- What was sent with a job, until it is done.
CREATE TABLE job_files (
  shard integer NOT NULL,
  job text COLLATE "C" NOT NULL,
  staged text NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (shard, job, staged),
  FOREIGN KEY (shard, job) REFERENCES jobs (shard, id) ON DELETE CASCADE
);
ALTER TABLE job_files ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- By which rules the digests of `files` were made. One row, shard 0.
CREATE TABLE reading_rules (
  shard integer NOT NULL PRIMARY KEY,
  rules text NOT NULL
);
