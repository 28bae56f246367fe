-- Files of businesses on their way into the registry. The rows of a job are registered in the name of whoever created it.
CREATE TABLE import_jobs (
    job_id uuid PRIMARY KEY,
    subject text NOT NULL,
    roles text NOT NULL,               -- Joined by ','; as of the creation, like the regions.
    regions text NOT NULL,
    file_name text NOT NULL,
    format smallint NOT NULL CHECK (format BETWEEN 1 AND 2),
    dry_run boolean NOT NULL,
    stated_size bigint CHECK (stated_size >= 0),
    stated_sha256 bytea CHECK (length(stated_sha256) = 32),
    traceparent text NOT NULL,
    wrapped_key bytea,                 -- Seals pieces and failed rows; NULL: destroyed, and they with it.
    state smallint NOT NULL CHECK (state BETWEEN 1 AND 6),
    bytes_accepted bigint NOT NULL DEFAULT 0 CHECK (bytes_accepted >= 0),
    failure_reason text NOT NULL DEFAULT '',
    failure_message text NOT NULL DEFAULT '',

    -- How far it is. Changed in the transaction that registers the rows, and only by who holds the lease.
    table_bytes bigint,                -- Size of the CSV that is read; NULL: an XLSX file that is not converted yet.
    position bigint NOT NULL DEFAULT 0,
    rows_passed bigint NOT NULL DEFAULT 0,  -- Before the position; blank ones, which are not read, count.
    rows_read bigint NOT NULL DEFAULT 0,
    registered bigint NOT NULL DEFAULT 0,
    unchanged bigint NOT NULL DEFAULT 0,
    failed bigint NOT NULL DEFAULT 0,
    warnings bigint NOT NULL DEFAULT 0,
    error_header text NOT NULL DEFAULT '',

    epoch bigint NOT NULL DEFAULT 0,   -- Of the lease: whoever takes it raises it, and all others write nothing more.
    lease_until timestamptz NOT NULL DEFAULT '-infinity',
    served_at timestamptz NOT NULL DEFAULT '-infinity',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    finished_at timestamptz,
    CHECK ((state >= 4) = (finished_at IS NOT NULL)),
    CHECK (rows_read = registered + unchanged + failed)
) WITH (fillfactor = 50);

-- The jobs that somebody has to do something about, and those whose personal data is still there: few, however many jobs
-- there were.
CREATE INDEX import_jobs_open ON import_jobs (state, served_at) WHERE state < 4;
CREATE INDEX import_jobs_open_by_subject ON import_jobs (subject) WHERE state < 4;
CREATE INDEX import_jobs_sealed ON import_jobs (updated_at) WHERE wrapped_key IS NOT NULL;
CREATE INDEX import_jobs_by_subject ON import_jobs (subject, job_id);

-- The file as it was uploaded and, of a workbook, as it was converted to CSV; destroyed when the job is finished.
CREATE TABLE import_pieces (
    job_id uuid NOT NULL,
    part smallint NOT NULL CHECK (part BETWEEN 1 AND 2),  -- 1: uploaded. 2: converted.
    begins_at bigint NOT NULL,
    ends_at bigint NOT NULL CHECK (ends_at > begins_at),
    content bytea NOT NULL,            -- Sealed.
    PRIMARY KEY (job_id, part, begins_at)
);
ALTER TABLE import_pieces ALTER content SET STORAGE EXTERNAL;  -- What is sealed does not become smaller.

-- Rows that were not registered, as lines of the file that their creator may download.
CREATE TABLE import_failed_rows (
    job_id uuid NOT NULL,
    row_number bigint NOT NULL,
    nik_hash bytea,                    -- Keyed hash of the row's NIK, by which an erasure finds it; NULL: no NIK.
    line bytea NOT NULL,               -- Sealed.
    PRIMARY KEY (job_id, row_number)
);
CREATE INDEX import_failed_rows_by_nik ON import_failed_rows (nik_hash) WHERE nik_hash IS NOT NULL;

-- What a dry run would have claimed: its later rows are checked as if its earlier ones were registered.
CREATE TABLE import_dry_claims (
    job_id uuid NOT NULL,
    kind smallint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (job_id, kind, hash)
);

GRANT SELECT, INSERT, UPDATE ON import_jobs TO bangkit_runtime;
GRANT SELECT, INSERT, DELETE ON import_pieces, import_failed_rows, import_dry_claims TO bangkit_runtime;
