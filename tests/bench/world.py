"""The servers, the services and what they cost: everything that a benchmark needs around it."""
import json
import os
import random
import re
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "bench"
BINARIES = ROOT / "build" / "release"
TOOL = BINARIES / "tests" / "bench" / "bangkit-bench"
CLI = BINARIES / "services" / "cli" / "bangkit"
TOPIC = "bangkit.registration.v1"
AID_TOPIC = "bangkit.aid.v1"
PASSWORD = "bench"
TICK = os.sysconf("SC_CLK_TCK")


def wait_until(is_true, what, seconds=120.0, pause=0.005):
    deadline = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what}: not within {seconds:.0f} s")
        time.sleep(pause)


def run_program(*command, **more):
    """What it says on standard output; RuntimeError with what it says on standard error if it fails."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise RuntimeError(f"{Path(command[0]).name}: {done.stderr.strip()[-2000:]}")
    return done.stdout.strip()


def is_free(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def free_ports():
    """One port and the next, below the range of outgoing connections, which could take them first."""
    for _ in range(100):
        port = random.randrange(20_000, 32_000)
        if is_free(port) and is_free(port + 1):
            return port
    raise RuntimeError("no free port")


def process_seconds(pid):
    """Processor time of a process; of its children, only of those that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(field) for field in fields[11:15]) / TICK


def children(pid):
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class Service:
    """A running service; logs to a file beside its keys."""

    def __init__(self, name, log, environment, port):
        self.name, self.log, self.port = name, log, port
        with open(log, "wb") as out:
            self.process = subprocess.Popen([BINARIES / "services" / name / f"bangkit-{name}"], env=environment,
                                            stdout=out, stderr=out)
        self.address = f"127.0.0.1:{port}"

    def wait_for_log(self, text):
        def has_it():
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} has ended: {self.log.read_text()[-2000:]}")
            return text in self.log.read_text()
        wait_until(has_it, f"{self.name} logs {text}")

    def wait_for_partitions(self, topic):
        self.wait_for_log(f'"event":"partitions_assigned","count":"12","topic":"{topic}"')

    def seconds(self):
        return process_seconds(self.process.pid)

    def memory(self, peak=False):
        """Resident set in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"Vm{'HWM' if peak else 'RSS'}:\s+(\d+)", status)[1]) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


class World:
    def __init__(self, folder):
        self.folder = folder
        self.postgres = os.environ["BANGKIT_TEST_POSTGRES"]
        self.redis = os.environ["BANGKIT_TEST_REDIS"]
        self.kafka = os.environ["BANGKIT_TEST_KAFKA"]
        data = Path(self.sql("postgres", "SHOW data_directory"))
        self.postmaster = int((data / "postmaster.pid").read_text().split()[0])
        self.broker = int((data.parents[1] / "kafka" / "pid").read_text())
        self.tool("keys", folder)
        self.token = (folder / "token").read_text()
        self.services = []
        self.idle_memory = {}  # MB, by the name of the service: just started, with nothing to do.
        self.logs = 0
        self.next_business = 0
        self.sql("postgres", "CREATE ROLE bangkit_runtime NOLOGIN")
        self.sql("postgres", f"CREATE ROLE bench_owner LOGIN PASSWORD '{PASSWORD}'")
        self.sql("postgres", f"CREATE ROLE bench LOGIN PASSWORD '{PASSWORD}' IN ROLE bangkit_runtime")
        self.make_schemas()

    def make_schemas(self):
        """Empty databases with the tables of each service, to be copied."""
        self.new_topic(TOPIC)
        self.new_topic(AID_TOPIC)
        for name in ("registration", "aid", "dashboard"):
            self.sql("postgres", f"CREATE DATABASE {name}_schema OWNER bench_owner")
            service = self.start(name, f"{name}_schema")
            time.sleep(1)
            self.idle_memory[name] = service.memory()
            service.stop()

    # Databases

    def dsn(self, database, role=None):
        """Of the superuser unless a role is named."""
        dsn = f"{self.postgres} dbname={database}"
        return dsn if role is None else re.sub(r"\b(user|password)=\S+", "", dsn) + f" user={role} password={PASSWORD}"

    def sql(self, database, statement):
        return run_program("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", self.dsn(database), "-c", statement)

    def new_database(self, name, template):
        """Replaces the database of that name; what it costs is over when this returns."""
        self.sql("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.sql("postgres", f"CREATE DATABASE {name} TEMPLATE {template} OWNER bench_owner STRATEGY file_copy")
        self.sql("postgres", "CHECKPOINT")
        return name

    def hold_relay(self, database):
        """Events stay in the outbox: nobody can take the lease."""
        self.sql(database, "REVOKE UPDATE ON relay_lease FROM bangkit_runtime")

    def free_relay(self, database):
        self.sql(database, "GRANT UPDATE ON relay_lease TO bangkit_runtime")

    def backlog(self, database):
        return int(self.sql(database, "SELECT count(*) FROM outbox"))

    # Programs

    def tool(self, *arguments):
        """Runs a command of bangkit-bench; what it measured."""
        said = run_program(TOOL, *arguments)
        return json.loads(said) if said else {}

    def new_topic(self, name, partitions=12):
        self.tool("topic", self.kafka, name, partitions)

    def take_businesses(self, count):
        """The first of so many synthetic businesses that nobody has used."""
        self.next_business += count
        return self.next_business - count

    def start(self, name, database):
        port = free_ports()
        environment = {"PATH": os.environ["PATH"],
                       "BANGKIT_ENV": "development",
                       "BANGKIT_DSN": self.dsn(database, "bench"),
                       "BANGKIT_MIGRATION_DSN": self.dsn(database, "bench_owner"),
                       "BANGKIT_KAFKA": self.kafka,
                       "BANGKIT_JWKS": str(self.folder / "jwks.json"),
                       "BANGKIT_LISTEN": f"127.0.0.1:{port}",
                       "BANGKIT_ADMIN_LISTEN": f"127.0.0.1:{port + 1}"}
        if name == "dashboard":
            environment["BANGKIT_REDIS"] = self.redis
        else:
            environment["BANGKIT_KEY_FILE"] = str(self.folder / "keys")
        if name == "aid":
            environment["BANGKIT_REGISTRATION"] = "127.0.0.1:1"  # Everybody who is asked for is known.
            environment["BANGKIT_DOCUMENTS"] = str(self.folder / "documents")
        self.logs += 1
        service = Service(name, self.folder / f"{name}-{self.logs}.log", environment, port)
        self.services.append(service)
        service.wait_for_log('"listening"')
        return service

    def stop_services(self):
        for service in self.services:
            if service.process.poll() is None:
                service.stop()
        self.services.clear()

    def kafka_seconds(self):
        return process_seconds(self.broker)

    def postgres_seconds(self):
        return process_seconds(self.postmaster) + sum(process_seconds(pid) for pid in children(self.postmaster))
