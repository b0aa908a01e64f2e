-- The registry, version 1. Words and states: docs/registry.md.
--
-- Times are milliseconds since 1970, UTC. `status` is RunStatus, `outcome` is AttemptOutcome.
-- Collection 0 is every run; it has no row in `collection` and no members, only queue entries and tallies.

PRAGMA application_id = 0x45585052;

CREATE TABLE experiment (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    definition  INTEGER,                      -- the latest submitted
    paused      INTEGER NOT NULL DEFAULT 0,
    running_max INTEGER                       -- runs at a time; null: as many as there are slots
);

CREATE TABLE definition (                     -- immutable; equal ones are stored once
    id         INTEGER PRIMARY KEY,
    experiment INTEGER NOT NULL REFERENCES experiment,
    lane       INTEGER NOT NULL REFERENCES lane,
    hash       BLOB NOT NULL UNIQUE,
    json       TEXT NOT NULL
);

CREATE TABLE lane (                           -- claims look at the first waiting run of each lane
    id         INTEGER PRIMARY KEY,
    experiment INTEGER NOT NULL REFERENCES experiment,
    gpus       INTEGER NOT NULL,
    UNIQUE (experiment, gpus)
);

CREATE TABLE collection (                     -- a sweep or another submitted target
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE tagset (                         -- runs of a sweep mostly share theirs
    id   INTEGER PRIMARY KEY,
    tags TEXT NOT NULL UNIQUE                 -- JSON array, sorted
);

CREATE TABLE tag (
    name   TEXT NOT NULL,
    tagset INTEGER NOT NULL REFERENCES tagset,
    PRIMARY KEY (name, tagset)
) WITHOUT ROWID;

CREATE TABLE run (
    key          INTEGER PRIMARY KEY,                  -- grows with submission: age, and the order of lists
    id           TEXT NOT NULL COLLATE NOCASE UNIQUE,  -- a directory: two ids that differ in case may share one
    experiment   INTEGER NOT NULL REFERENCES experiment,
    definition   INTEGER NOT NULL REFERENCES definition,
    lane         INTEGER NOT NULL REFERENCES lane,
    tagset       INTEGER REFERENCES tagset,
    status       INTEGER NOT NULL DEFAULT 0,
    priority     INTEGER NOT NULL,
    epoch        INTEGER NOT NULL DEFAULT 0,           -- the fencing token: grows with every claim and adoption
    attempts     INTEGER NOT NULL DEFAULT 0,           -- begun
    failures     INTEGER NOT NULL DEFAULT 0,           -- that count against the retry limit, since submitted or retried
    inputs       INTEGER NOT NULL DEFAULT 0,
    unmet        INTEGER NOT NULL DEFAULT 0,           -- inputs that are not completed and published
    broken       INTEGER NOT NULL DEFAULT 0,           -- inputs that are failed, cancelled or themselves blocked
    published    INTEGER NOT NULL DEFAULT 0,           -- the winner's files are in the run's home
    cancelling   INTEGER NOT NULL DEFAULT 0,           -- its worker was asked to stop it
    attempt      INTEGER REFERENCES attempt,           -- the latest
    created      INTEGER NOT NULL,
    started      INTEGER,
    ended        INTEGER,
    delayed_from INTEGER,                              -- backoff: from when
    delayed_to   INTEGER,                              -- backoff: until when; null: no wait
    category     TEXT,
    message      TEXT,
    hash         BLOB NOT NULL,
    config       TEXT NOT NULL,                        -- canonical JSON
    remedied     TEXT                                  -- the configuration of its next attempts, when remedies have changed it
);

CREATE INDEX run_experiment   ON run (experiment);
CREATE INDEX run_tagset       ON run (tagset) WHERE tagset IS NOT NULL;
CREATE INDEX run_unusual      ON run (status) WHERE status = 1 OR status = 3 OR status = 4;
CREATE INDEX run_unpublished  ON run (key) WHERE status = 2 AND published = 0;
CREATE INDEX run_blocked      ON run (key) WHERE status = 0 AND broken > 0;
CREATE INDEX run_delayed_to   ON run (delayed_to) WHERE delayed_to IS NOT NULL;
CREATE INDEX run_delayed_from ON run (delayed_from) WHERE delayed_to IS NOT NULL;

CREATE TABLE input (
    run   INTEGER NOT NULL REFERENCES run,
    name  TEXT NOT NULL,
    input INTEGER NOT NULL REFERENCES run,
    PRIMARY KEY (run, name)
) WITHOUT ROWID;

CREATE INDEX input_used_by ON input (input, run);

CREATE TABLE member (
    run        INTEGER NOT NULL REFERENCES run,
    collection INTEGER NOT NULL REFERENCES collection,
    added      INTEGER NOT NULL DEFAULT 0,    -- there only because a target needs it
    PRIMARY KEY (run, collection)
) WITHOUT ROWID;

CREATE INDEX member_collection ON member (collection, added, run);

CREATE TABLE queue (                          -- pending runs that nothing blocks, once for collection 0 and once for each of their collections
    collection INTEGER NOT NULL,
    lane       INTEGER NOT NULL,
    waiting    INTEGER NOT NULL,              -- 0: claimable now; 1: for an input or a backoff
    priority   INTEGER NOT NULL,
    run        INTEGER NOT NULL,
    PRIMARY KEY (collection, lane, waiting, priority DESC, run)
) WITHOUT ROWID;

CREATE TABLE tally (                          -- runs by state; added inputs are not counted
    collection INTEGER NOT NULL,
    experiment INTEGER NOT NULL,
    state      INTEGER NOT NULL,              -- status, or 5: blocked
    runs       INTEGER NOT NULL,
    PRIMARY KEY (collection, experiment, state)
) WITHOUT ROWID;

CREATE TABLE worker (
    key         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    host        TEXT NOT NULL,
    pid         INTEGER NOT NULL,
    start_ticks INTEGER NOT NULL,
    boot_id     TEXT NOT NULL,
    slots       INTEGER NOT NULL,
    gpus        TEXT NOT NULL,                -- JSON array
    held        TEXT,                         -- why it claims nothing at present
    started     INTEGER NOT NULL,
    seen        INTEGER NOT NULL,
    ended       INTEGER
);

CREATE INDEX worker_alive ON worker (host) WHERE ended IS NULL;

CREATE TABLE attempt (
    key         INTEGER PRIMARY KEY,
    run         INTEGER NOT NULL REFERENCES run,
    number      INTEGER NOT NULL,             -- from 1
    epoch       INTEGER NOT NULL,             -- of the claim or the latest adoption
    worker      INTEGER NOT NULL REFERENCES worker,
    outcome     INTEGER NOT NULL DEFAULT 0,
    lease_ms    INTEGER NOT NULL,
    renewed     INTEGER NOT NULL,             -- when the lease was last renewed
    points      INTEGER NOT NULL DEFAULT 0,   -- metric values reported
    offset      INTEGER NOT NULL DEFAULT 0,   -- bytes of its events file that are recorded
    pid         INTEGER,
    start_ticks INTEGER,
    boot_id     TEXT,
    started     INTEGER NOT NULL,
    ended       INTEGER,
    exit_code   INTEGER,
    signal      INTEGER,
    category    TEXT,
    message     TEXT,
    counts      INTEGER NOT NULL DEFAULT 0,   -- 1: as a retry; 2: as queued again for what was not its fault
    gpus        TEXT,                         -- JSON array of the GPUs a failed one computed on
    config      TEXT,                         -- canonical JSON, when remedies had changed the run's
    UNIQUE (run, number)
);

CREATE INDEX attempt_running ON attempt (worker) WHERE outcome = 0;
CREATE INDEX attempt_node_failure ON attempt (ended) WHERE category = 'node-failure';

CREATE TABLE metric (
    id         INTEGER PRIMARY KEY,
    experiment INTEGER NOT NULL REFERENCES experiment,
    name       TEXT NOT NULL,
    UNIQUE (name, experiment)
);

-- `value` has no type, so that NaN (which SQLite stores as null) can be the text 'NaN'. It sorts after every number.

CREATE TABLE score (                          -- last value of each metric of a run
    run    INTEGER NOT NULL REFERENCES run,
    metric INTEGER NOT NULL REFERENCES metric,
    value  NOT NULL,
    final  INTEGER NOT NULL DEFAULT 0,        -- of the winning attempt of a completed run
    PRIMARY KEY (run, metric)
) WITHOUT ROWID;

CREATE INDEX score_ranking ON score (metric, value, run) WHERE final = 1;

CREATE TABLE point (                          -- whole series
    attempt INTEGER NOT NULL REFERENCES attempt,
    metric  INTEGER NOT NULL REFERENCES metric,
    number  INTEGER NOT NULL,                 -- order within the attempt
    step    INTEGER,
    value   NOT NULL,
    time    INTEGER NOT NULL,
    PRIMARY KEY (attempt, metric, number)
) WITHOUT ROWID;

CREATE TABLE event (
    key     INTEGER PRIMARY KEY,
    attempt INTEGER NOT NULL REFERENCES attempt,
    name    TEXT NOT NULL,
    data    TEXT NOT NULL,
    time    INTEGER NOT NULL
);

CREATE INDEX event_attempt ON event (attempt);

-- New runs are queued and tallied by the submission itself; from then on these keep queue and tally true.

CREATE TRIGGER run_queue AFTER UPDATE OF status, unmet, broken, delayed_to, lane, priority ON run
WHEN (old.status = 0 AND old.broken = 0) <> (new.status = 0 AND new.broken = 0)
  OR (new.status = 0 AND new.broken = 0
      AND ((old.unmet > 0 OR old.delayed_to IS NOT NULL) <> (new.unmet > 0 OR new.delayed_to IS NOT NULL)
        OR old.lane <> new.lane OR old.priority <> new.priority))
BEGIN
    DELETE FROM queue
    WHERE old.status = 0 AND old.broken = 0
      AND collection IN (SELECT 0 UNION ALL SELECT collection FROM member WHERE run = old.key)
      AND lane = old.lane AND waiting = (old.unmet > 0 OR old.delayed_to IS NOT NULL) AND priority = old.priority AND run = old.key;
    INSERT INTO queue (collection, lane, waiting, priority, run)
    SELECT c.collection, new.lane, new.unmet > 0 OR new.delayed_to IS NOT NULL, new.priority, new.key
    FROM (SELECT 0 AS collection UNION ALL SELECT collection FROM member WHERE run = new.key) c
    WHERE new.status = 0 AND new.broken = 0;
END;

CREATE TRIGGER run_tally AFTER UPDATE OF status, broken, experiment ON run
WHEN old.experiment <> new.experiment
  OR (CASE WHEN old.status = 0 AND old.broken > 0 THEN 5 ELSE old.status END) <> (CASE WHEN new.status = 0 AND new.broken > 0 THEN 5 ELSE new.status END)
BEGIN
    INSERT INTO tally (collection, experiment, state, runs)
    SELECT c.collection, old.experiment, CASE WHEN old.status = 0 AND old.broken > 0 THEN 5 ELSE old.status END, -1
    FROM (SELECT 0 AS collection UNION ALL SELECT collection FROM member WHERE run = old.key AND added = 0) c
    WHERE true
    ON CONFLICT DO UPDATE SET runs = runs - 1;
    INSERT INTO tally (collection, experiment, state, runs)
    SELECT c.collection, new.experiment, CASE WHEN new.status = 0 AND new.broken > 0 THEN 5 ELSE new.status END, 1
    FROM (SELECT 0 AS collection UNION ALL SELECT collection FROM member WHERE run = new.key AND added = 0) c
    WHERE true
    ON CONFLICT DO UPDATE SET runs = runs + 1;
END;
