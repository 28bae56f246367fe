"""What is measured, and what it is compared with. Floors and aims are ratios, or the unit where there is no reference."""
import subprocess
import time
from dataclasses import dataclass, field

from world import CLI, HERE, TOOL, TOPIC, run_program, wait_until

REGENCY = "36.03"  # Kabupaten Tangerang, the largest of the province: its figures are asked for.


@dataclass
class Size:
    """How much is done in one round."""
    seconds: int = 4
    rows: int = 100_000
    paced_seconds: int = 8
    lines: int = 25_000


@dataclass
class Side:
    """One measurement of one side."""
    value: float
    details: dict = field(default_factory=dict)  # By the names under which they are printed.


def measured(world, service, work):
    """Runs `work`; what it says, with the processor time per call of everybody who worked for it."""
    meters = {"service_us": service.seconds, "postgres_us": world.postgres_seconds, "kafka_us": world.kafka_seconds}
    before = {name: read() for name, read in meters.items()}
    figures = work()
    return figures | {name: (read() - before[name]) / figures["calls"] * 1e6 for name, read in meters.items()}


def picked(figures, *names):
    return {name: figures[name] for name in names}


class Benchmark:
    """`value` and `reference` are called by turns, once in every round."""
    unit = "1/s"
    is_latency = False  # Then less is better: the floor and the aim are upper limits.

    def __init__(self, world, size):
        self.world, self.size = world, size

    def prepare(self):
        """Once, before the first round."""


class Register(Benchmark):
    database = "registration"

    def __init__(self, world, size, callers):
        super().__init__(world, size)
        self.callers = callers

    def prepare(self):
        self.world.new_topic(TOPIC)
        self.widths = self.measure_widths()
        self.world.new_database(self.database, "registration_schema")
        self.world.new_database("reference", "registration_schema")
        self.service = self.world.start("registration", self.database)
        self.load(self.service, 64, 2 * self.size.seconds)  # A cold broker takes several times the processor.

    def measure_widths(self):
        self.world.new_database("widths", "registration_schema")
        self.world.hold_relay("widths")
        service = self.world.start("registration", "widths")
        self.load(service, 4, 1)
        service.stop()
        rows = self.world.sql("widths", (HERE / "widths.sql").read_text()).splitlines()
        return dict(row.split("|") for row in rows)

    def load(self, service, callers, seconds):
        return self.world.tool("register", service.address, self.world.token, callers, seconds,
                               self.world.take_businesses(1_000_000))

    def value(self):
        self.world.sql("postgres", "CHECKPOINT")
        figures = measured(self.world, self.service,
                           lambda: self.load(self.service, self.callers, self.size.seconds))
        time.sleep(1)
        return Side(figures["rate"], picked(figures, "p50_ms", "p99_ms", "service_us", "postgres_us", "kafka_us") | {
            "backlog_after_1s": self.world.backlog(self.database),
            "registration_idle_mb": self.world.idle_memory["registration"],
            "registration_loaded_mb": self.service.memory(peak=True)})

    def reference(self):
        self.world.sql("postgres", "CHECKPOINT")
        widths = [part for name, width in self.widths.items() for part in ("-D", f"{name}={width}")]
        before = self.world.postgres_seconds()
        seconds = self.size.seconds + 1  # As the other side with its first second, which it does not count.
        said = run_program("pgbench", "-n", "-M", "prepared", "-c", 16, "-j", 2, "-T", seconds, *widths,
                           "-f", HERE / "register.sql", self.world.dsn("reference"))
        rate = next(float(line.split()[2]) for line in said.splitlines() if line.startswith("tps"))
        calls = rate * seconds
        return Side(rate, {"reference_postgres_us": (self.world.postgres_seconds() - before) / calls * 1e6})


class Corpus(Benchmark):
    """Imported rows: `corpus` has them all, with their events still in the outbox; `events` has the events only."""

    def prepare(self):
        world = self.world
        self.file = world.folder / "import.csv"
        if self.file.exists():
            return
        first = world.take_businesses(self.size.rows)
        self.file.write_text(run_program(TOOL, "csv", first, self.size.rows))
        world.new_database("corpus", "registration_schema")
        world.hold_relay("corpus")
        service = world.start("registration", "corpus")
        self.send_file(service)
        service.stop()
        world.free_relay("corpus")
        world.new_database("events", "corpus")
        world.sql("events", "TRUNCATE owners, owner_phones, identity_claims, businesses, condition_history,"
                            " scale_history, idempotency, audit_entries")
        for database in ("corpus", "events"):
            world.sql(database, "VACUUM ANALYZE")

    def send_file(self, service):
        return self.world.tool("import", service.address, self.world.token, self.file)


class Import(Corpus):
    def value(self):
        self.world.new_topic(TOPIC)
        database = self.world.new_database("imported", "registration_schema")
        service = self.world.start("registration", database)
        figures = measured(self.world, service, lambda: self.send_file(service))
        time.sleep(1)
        details = picked(figures, "service_us", "postgres_us", "kafka_us") | {
            "backlog_after_1s": self.world.backlog(database), "registration_loaded_mb": service.memory(peak=True)}
        service.stop()
        return Side(figures["rate"], details)

    def reference(self):
        database = self.world.new_database("copied", "registration_schema")
        before = self.world.postgres_seconds()
        figures = self.world.tool("copy-import", self.world.dsn("corpus"), self.world.dsn(database))
        used = self.world.postgres_seconds() - before  # With the reading beforehand.
        return Side(figures["rate"], {"reference_postgres_us": used / figures["calls"] * 1e6})


class RegisterDuringImport(Benchmark):
    """A few callers, alone and beside an import that takes all the processor that it gets."""
    unit = "ms"
    is_latency = True
    database = "shared"
    callers = 4
    rows_per_second = 25_000  # More than any import does.

    def prepare(self):
        self.world.new_topic(TOPIC)
        self.world.new_database(self.database, "registration_schema")
        self.service = self.world.start("registration", self.database)
        self.load()

    def load(self):
        return self.world.tool("register", self.service.address, self.world.token, self.callers, self.size.seconds,
                               self.world.take_businesses(1_000_000))

    def value(self):
        rows = self.rows_per_second * (self.size.seconds + 1)
        file = self.world.folder / "shared.csv"
        file.write_text(run_program(TOOL, "csv", self.world.take_businesses(rows), rows))
        before = self.imported()
        with subprocess.Popen(self.sender(file), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={}) as sender:
            wait_until(lambda: self.imported() > before, "the import begins", pause=0.1)
            figures = self.load()
            if self.has_ended(sender):
                raise RuntimeError("the import ended first")
            sender.kill()
        return Side(figures["p50_ms"], {"p99_ms": figures["p99_ms"]})

    def sender(self, file):
        return [TOOL, "import", self.service.address, self.world.token, file]

    def has_ended(self, sender):
        return sender.poll() is not None

    def imported(self):
        return int(self.world.sql(self.database, "SELECT count(*) FROM identity_claims WHERE kind = 3"))

    def reference(self):
        figures = self.load()
        return Side(figures["p50_ms"], {"reference_p99_ms": figures["p99_ms"]})


class RegisterDuringJob(RegisterDuringImport):
    """The same beside an import job, which the service carries out by itself once it has the file."""
    database = "shared_with_job"

    def value(self):
        side = super().value()
        self.world.sql(self.database, "UPDATE import_jobs SET state = 6, finished_at = now() WHERE finished_at IS NULL")
        return side

    def sender(self, file):
        return [CLI, "--registration", self.service.address, "--token", self.world.token, "import", file]

    def has_ended(self, sender):
        return self.world.sql(self.database, "SELECT count(*) FROM import_jobs WHERE finished_at IS NULL") == "0"


class RelayDrain(Corpus):
    topic = "bench.drain"

    def value(self):
        self.world.new_topic(self.topic, 6)
        database = self.world.new_database("drained", "events")
        return Side(self.world.tool("drain", self.world.dsn(database), self.world.kafka, self.topic)["rate"])

    def reference(self):
        self.world.new_topic(self.topic, 6)
        return Side(self.world.tool("produce", self.world.dsn("events"), self.world.kafka, self.topic)["rate"])


class ProjectorCatchup(Corpus):
    """Each round begins with an empty read model and the same full topic."""

    def prepare(self):
        super().prepare()
        self.world.new_topic(TOPIC)
        self.world.tool("produce", self.world.dsn("events"), self.world.kafka, TOPIC)

    def value(self):
        database = self.world.new_database("projected", "dashboard_schema")
        with Poll(self.world.dsn(database)) as poll:
            service = self.world.start("dashboard", database)
            service.wait_for_partitions(TOPIC)
            start = time.monotonic()
            figures = measured(self.world, service, lambda: self.wait_until_caught_up(poll))
            seconds = time.monotonic() - start
        details = picked(figures, "service_us", "postgres_us") | {"dashboard_loaded_mb": service.memory(peak=True)}
        service.stop()
        return Side(self.size.rows / seconds, details)

    def wait_until_caught_up(self, poll):
        wait_until(lambda: int(poll.ask("SELECT coalesce(sum(next_offset), 0) FROM inbox_offsets")) >= self.size.rows,
                   "the projector catches up", pause=0.02)
        return {"calls": self.size.rows}

    def reference(self):
        database = self.world.new_database("projected_by_hand", "dashboard_schema")
        return Side(self.world.tool("copy-read-model", self.world.dsn("projected"), self.world.dsn(database))["rate"])


class Poll:
    """One connection that is asked again and again: a psql for each question would take the processor from others."""

    def __init__(self, dsn):
        self.dsn = dsn

    def __enter__(self):
        self.psql = subprocess.Popen(["psql", "-XqAt", "-d", self.dsn], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                     text=True, bufsize=1)
        return self

    def __exit__(self, *_):
        self.psql.stdin.close()
        self.psql.wait()

    def ask(self, question):
        self.psql.stdin.write(question + ";\n")
        self.psql.stdin.flush()
        return self.psql.stdout.readline().strip()


class GetDashboard(ProjectorCatchup):
    callers = 64

    def prepare(self):
        super().prepare()
        self.world.new_database("served", "dashboard_schema")
        self.service = self.world.start("dashboard", "served")
        wait_until(lambda: int(self.world.sql("served", "SELECT coalesce(sum(next_offset), 0) FROM inbox_offsets"))
                   >= self.size.rows and self.world.sql("served", "SELECT count(*) FROM dirty_dashboards") == "0",
                   "the figures are complete", pause=0.2)

    def value(self):
        figures = measured(self.world, self.service, lambda: self.world.tool(
            "dashboard", self.service.address, self.world.token, self.callers, self.size.seconds, REGENCY))
        return Side(figures["rate"], picked(figures, "p50_ms", "p99_ms", "service_us") | {
            "dashboard_idle_mb": self.world.idle_memory["dashboard"],
            "dashboard_loaded_mb": self.service.memory(peak=True)})

    def reference(self):
        figures = measured(self.world, self.service, lambda: self.world.tool(
            "null", self.service.address, self.world.token, self.callers, self.size.seconds))
        return Side(figures["rate"], {"reference_service_us": figures["service_us"]})


class CommitToConsumer(Corpus):
    unit = "ms"
    is_latency = True
    rate = 500
    topic = "bench.latency"

    def prepare(self):
        super().prepare()
        self.world.new_topic(TOPIC)
        self.world.new_topic(self.topic)
        self.world.new_database("paced", "registration_schema")
        self.service = self.world.start("registration", "paced")

    def value(self):
        seconds = self.size.paced_seconds
        figures = self.world.tool("commit-latency", self.service.address, self.world.token, self.world.kafka, TOPIC,
                                  self.rate, seconds, self.world.take_businesses(self.rate * seconds))
        return Side(figures["p50_ms"], {"p99_ms": figures["p99_ms"]})

    def reference(self):
        figures = self.world.tool("produce-latency", self.world.dsn("events"), self.world.kafka, self.topic, self.rate,
                                  self.size.paced_seconds)
        return Side(figures["p50_ms"], {"reference_p99_ms": figures["p99_ms"]})


@dataclass
class Entry:
    make: type
    floor: float
    aim: float


BENCHMARKS = {
    "register_256": Entry(lambda world, size: Register(world, size, 256), 1.5, 3),
    "register_16": Entry(lambda world, size: Register(world, size, 16), 0.9, 1.2),
    "import_100k": Entry(Import, 0.3, 0.6),
    "register_during_import": Entry(RegisterDuringImport, 5, 2),
    "register_during_job": Entry(RegisterDuringJob, 5, 2),
    "relay_drain": Entry(RelayDrain, 0.2, 0.4),
    "projector_catchup": Entry(ProjectorCatchup, 0.3, 0.6),
    "get_dashboard_64": Entry(GetDashboard, 0.5, 0.8),
    "commit_to_consumer_p50": Entry(CommitToConsumer, 2.5, 1.5),
}
