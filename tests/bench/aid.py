"""Aid: approvals on one budget, one by one and by the thousands, and the call by which applications begin."""
import json

from benchmarks import Benchmark, Entry, Side, measured, picked
from world import AID_TOPIC, CLI, HERE, run_program

APPLICANTS = 60_000
TERMS = {"name": "Insentif", "instrument": "AID_INSTRUMENT_CASH_GRANT", "fundingSource": "FUNDING_SOURCE_APBD",
         "fiscalYear": 2026, "regionCode": "36", "opensOn": "2020-01-01", "closesOn": "2099-12-31", "amountRupiah": 1_134_429,
         "approvalBands": [{"upToRupiah": 5_000_000, "roles": ["APPROVER_ROLE_PROVINCE"]}],
         "rules": {"code": "TERDAMPAK", "rules": [{"code": "TIDAK_TERDAMPAK", "fact": "FACT_CONDITION",
                                                   "test": "RULE_TEST_ANY_OF", "numbers": [2], "unknown": "UNKNOWN_FAILS"}]}}


class Aid(Benchmark):
    """`approvable` has a programme with money for all, and applications that wait; each round begins with a copy of it."""

    def prepare(self):
        world = self.world
        self.ids, self.businesses = world.folder / "applications", world.folder / "businesses"
        world.new_topic(AID_TOPIC)
        if not self.ids.exists():
            self.make_applicants()
        self.program = world.sql("approvable", "SELECT program_id FROM bench_budget")
        self.widths = self.measure_widths()

    def make_applicants(self):
        world = self.world
        world.new_database("approvable", "aid_schema")
        service = world.start("aid", "approvable")
        terms = world.folder / "terms.json"
        terms.write_text(json.dumps(TERMS))
        program = self.cli(service, "program", "create", "--json-file", terms)
        self.cli(service, "budget", "allocate", "--program", program, "--region", "36", "--amount", 10**15, "--document", "DPA-1")
        self.cli(service, "program", "open", program)
        service.stop()
        run_program("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-v", f"applicants={APPLICANTS}", "-d", world.dsn("approvable"),
                    "-f", HERE / "applicants.sql")
        world.sql("approvable", "TRUNCATE idempotency, audit_entries, outbox")
        world.sql("approvable", "VACUUM ANALYZE")
        self.businesses.write_text(world.sql("approvable", "SELECT business_id FROM bench_ids ORDER BY n") + "\n")
        self.ids.write_text(world.sql("approvable", "SELECT application_id FROM bench_ids ORDER BY n") + "\n")

    def cli(self, service, *arguments):
        return run_program(CLI, "--aid", service.address, "--token", self.world.token, *arguments, env={})

    def measure_widths(self):
        """With what one short run stores."""
        self.world.new_database("widths", "approvable")
        self.world.hold_relay("widths")
        service = self.world.start("aid", "widths")
        self.load(service, 4, 1)
        service.stop()
        rows = self.world.sql("widths", (HERE / "aid_widths.sql").read_text()).splitlines()
        return dict(row.split("|") for row in rows)

    def value(self):
        database = self.world.new_database("approving", "approvable")
        service = self.world.start("aid", database)
        figures = measured(self.world, service, lambda: self.load(service, self.callers, self.seconds()))
        details = picked(figures, "p50_ms", "p99_ms", "service_us", "postgres_us", "kafka_us") | {
            "aid_idle_mb": self.world.idle_memory["aid"], "aid_loaded_mb": service.memory(peak=True)}
        service.stop()
        return Side(figures["rate"], details)

    def reference(self):
        database = self.world.new_database("reference", "approvable")
        widths = [part for name, width in self.widths.items() for part in ("-D", f"{name}={width}")]
        before = self.world.postgres_seconds()
        seconds = self.seconds() + 1  # As the other side with its first second, which it does not count.
        said = run_program("pgbench", "-n", "-M", "prepared", "-c", 16, "-j", 2, "-T", seconds, *widths,
                           "-D", f"businesses={APPLICANTS}", "-f", HERE / self.script, self.world.dsn(database))
        rate = next(float(line.split()[2]) for line in said.splitlines() if line.startswith("tps"))
        return Side(rate, {"reference_postgres_us": (self.world.postgres_seconds() - before) / (rate * seconds) * 1e6})


class Approve(Aid):
    """Everybody draws on the same budget."""
    callers = 256
    script = "approve.sql"

    def seconds(self):
        return min(self.size.seconds, 3)  # As long as there are applications.

    def load(self, service, callers, seconds):
        return self.world.tool("approve", service.address, self.world.token, callers, seconds, self.ids)


class StartApplication(Aid):
    callers = 64
    script = "start.sql"

    def seconds(self):
        return self.size.seconds

    def load(self, service, callers, seconds):
        return self.world.tool("start-application", service.address, self.world.token, callers, seconds, self.program,
                               self.businesses)


class ApproveStream(Aid):
    """Thousands in one call, against their rows alone."""

    def prepare(self):
        super().prepare()
        world = self.world
        self.lines = world.folder / "lines"
        self.lines.write_text("".join(self.ids.read_text().splitlines(keepends=True)[:self.size.lines]))
        world.new_database("approved", "approvable")
        world.hold_relay("approved")
        service = world.start("aid", "approved")
        self.send(service)
        service.stop()

    def load(self, service, callers, seconds):
        return self.world.tool("approve", service.address, self.world.token, callers, seconds, self.ids)

    def send(self, service):
        return self.world.tool("approve-stream", service.address, self.world.token, self.lines)

    def value(self):
        database = self.world.new_database("approving", "approvable")
        service = self.world.start("aid", database)
        figures = measured(self.world, service, lambda: self.send(service))
        details = picked(figures, "service_us", "postgres_us", "kafka_us") | {"aid_loaded_mb": service.memory(peak=True)}
        service.stop()
        return Side(figures["rate"], details)

    def reference(self):
        database = self.world.new_database("copied", "approvable")
        return Side(self.world.tool("copy-approvals", self.world.dsn("approved"), self.world.dsn(database))["rate"])


AID_BENCHMARKS = {
    "approve_256": Entry(Approve, 4, 10),
    "start_application_64": Entry(StartApplication, 1.2, 2),
    "approve_25k_stream": Entry(ApproveStream, 0.2, 0.4),
}
