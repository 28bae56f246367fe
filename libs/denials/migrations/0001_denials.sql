-- Calls that were denied: nobody known, a role that may not, nothing that the caller may see. One row a minute for each
-- caller, method and reason, and few of these, so that a flood of calls is no flood of rows.
CREATE TABLE denied_calls (
    minute timestamptz NOT NULL,
    actor text NOT NULL,          -- Subject of the token; empty: no valid one, or one of too many in this minute.
    method text NOT NULL,
    reason text NOT NULL,
    calls bigint NOT NULL CHECK (calls > 0),
    PRIMARY KEY (minute, actor, method, reason)
);

GRANT SELECT, INSERT, UPDATE (calls) ON denied_calls TO bangkit_runtime;
