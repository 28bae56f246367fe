"""What a million businesses change: the same work beside so many and beside a few, in one run. See README.md."""
import time
from dataclasses import dataclass

from benchmarks import REGENCY, Entry, Poll, Side, measured, picked
from world import TOOL, TOPIC, run_program, wait_until

ENTRY = Entry(make=None, floor=0.8, aim=0.95)
SEARCH = Entry(make=None, floor=0.5, aim=0.8)  # Of a few there is less to find.
PIECE = 100_000  # Rows of one file.
SCALE_SMALL = 2
PROVINCE = "36"  # Where all of them are.
PAGE = 20
HITS = 2  # Of two words in a district of the small one: so both answer with as much.
ALL_DAYS = "2199-12-31"  # All have been registered by then, whatever the time zone.
CALLS = ("register_256", "import", "get_business", "list_businesses", "filter_businesses", "list_as_of",
         "search_district", "search_province", "search_rare", "find_by_phone")
SEARCHES = CALLS[3:]


@dataclass
class Sizes:
    small: int = 10_000
    large: int = 1_000_000
    step: int = 20_000  # Rows of an import, events that are caught up with.
    seconds: int = 3


class Rate:
    """How results are read: by the second, more is better."""
    unit = "1/s"
    is_latency = False


def side_of(figures):
    return Side(figures["rate"], picked(figures, "service_us", "postgres_us"))


def as_reference(side):
    return Side(side.value, {f"reference_{name}": figure for name, figure in side.details.items()})


class Growth:
    """The registries of both sizes take turns. Figures follow one topic, which grows: theirs are measured before and
    after."""

    def __init__(self, world, sizes):
        self.world, self.sizes = world, sizes

    def run(self, rounds):
        """Arguments of result_of(), for each line of the table."""
        figures = Figures(self.world, self.sizes)
        self.make_registry("small", "registration_schema", self.sizes.small)
        figures.publish("small")
        self.make_registry("more", "small", 2 * rounds * self.sizes.step)
        small = figures.measure(rounds)
        self.make_registry("large", "small", self.sizes.large - self.sizes.small)
        figures.publish("large")
        large = figures.measure(rounds)
        pairs = {name: list(zip(large[name], small[name])) for name in large} | self.measure_registries(rounds)
        for name, sides in pairs.items():
            entry = SEARCH if name in SEARCHES else ENTRY
            yield f"growth_{name}", entry, Rate, [(value, as_reference(reference)) for value, reference in sides]

    def make_registry(self, name, template, rows):
        """So many more than the template has; their events stay in the outbox."""
        print(f"  {rows:,} businesses for {name}", flush=True)
        world = self.world
        world.new_database(name, template)
        world.hold_relay(name)
        world.sql("postgres", f"ALTER DATABASE {name} SET synchronous_commit = off")
        service = world.start("registration", name)
        for done in range(0, rows, PIECE):
            self.send_file(service, min(rows - done, PIECE))
        service.stop()
        world.sql("postgres", f"ALTER DATABASE {name} RESET synchronous_commit")
        world.free_relay(name)
        world.sql(name, "VACUUM ANALYZE")

    def send_file(self, service, rows):
        file = self.world.folder / "growth.csv"
        file.write_text(run_program(TOOL, "csv", self.world.take_businesses(rows), rows))
        return self.world.tool("import", service.address, self.world.token, file)

    def measure_registries(self, rounds):
        pairs = {name: [] for name in CALLS}
        for number in range(rounds):
            sides = {}
            for name in ("large", "small") if number % 2 == 0 else ("small", "large"):
                sides[name] = self.measure_registry(name)
            for call in CALLS:
                pairs[call].append((sides["large"][call], sides["small"][call]))
                print(f"    {call:20}{sides['large'][call].value:12.1f} {sides['small'][call].value:12.1f}", flush=True)
        return pairs

    def measure_registry(self, name):
        world, seconds = self.world, self.sizes.seconds
        if name == "small":  # So that it stays small, each round has a copy.
            name = world.new_database("small_now", "small")
        ids = world.folder / "ids"
        ids.write_text(world.sql(name, "SELECT business_id FROM businesses ORDER BY random() LIMIT 5000"))
        service = world.start("registration", name)

        def loop(call, callers, *more):
            return lambda: world.tool(call, service.address, world.token, callers, seconds, *more)
        loop("register", 64, world.take_businesses(1_000_000))()
        work = {"register_256": loop("register", 256, world.take_businesses(1_000_000)),
                "import": lambda: self.send_file(service, self.sizes.step),
                "get_business": loop("get", 64, ids),
                "list_businesses": loop("list", 16, 0, "now"),
                "filter_businesses": loop("list", 16, SCALE_SMALL, "now"),
                "list_as_of": loop("list", 16, 0, ALL_DAYS),
                "search_district": loop("search", 16, "warung aminah", "district", HITS),
                "search_province": loop("search", 16, "warung aminah", PROVINCE, PAGE),
                "search_rare": loop("search", 16, "kenanga", PROVINCE, PAGE),
                "find_by_phone": loop("find", 16)}
        sides = {call: side_of(measured(world, service, work[call])) for call in CALLS}
        sides["register_256"].details["registration_loaded_mb"] = service.memory(peak=True)
        service.stop()
        return sides


class Figures:
    """A read model of the events in the topic."""
    database = "figures"
    callers = 64

    def __init__(self, world, sizes):
        self.world, self.sizes = world, sizes
        self.events = 0  # In the topic.

    def publish(self, registry):
        """Brings the events of a registry to the topic."""
        self.events += self.world.backlog(registry)
        self.world.tool("drain", self.world.dsn(registry), self.world.kafka, TOPIC)
        self.world.sql(registry, "VACUUM ANALYZE outbox")

    def publish_more(self):
        """The next ones of the registry `more`."""
        world = self.world
        world.new_database("next_events", "more")
        some = f"(SELECT id FROM outbox ORDER BY id LIMIT {self.sizes.step})"
        world.sql("next_events", f"DELETE FROM outbox WHERE id NOT IN {some}")
        world.sql("more", f"DELETE FROM outbox WHERE id IN {some}")
        self.publish("next_events")

    def measure(self, rounds):
        world = self.world
        world.new_database(self.database, "dashboard_schema")
        sides = {"rebuild": [self.catch_up(self.events)], "projector": [], "get_dashboard": []}
        for _ in range(rounds):
            self.publish_more()
            sides["projector"].append(self.catch_up(self.sizes.step))
        service = world.start("dashboard", self.database)
        for _ in range(rounds):
            sides["get_dashboard"].append(side_of(measured(world, service, lambda: world.tool(
                "dashboard", service.address, world.token, self.callers, self.sizes.seconds, REGENCY))))
        sides["get_dashboard"][0].details["dashboard_loaded_mb"] = service.memory(peak=True)
        service.stop()
        for name, each in sides.items():
            print(f"    {name:20}" + "".join(f"{side.value:12.1f}" for side in each), flush=True)
        return sides

    def catch_up(self, events):
        """Until all that is in the topic is in the figures and in the cache."""
        world = self.world
        with Poll(world.dsn(self.database)) as poll:
            service = world.start("dashboard", self.database)
            service.wait_for_partitions(TOPIC)
            start = time.monotonic()
            figures = measured(world, service, lambda: self.wait_until_caught_up(poll, events))
            figures["rate"] = events / (time.monotonic() - start)
        side = side_of(figures)
        side.details["dashboard_loaded_mb"] = service.memory(peak=True)
        service.stop()
        return side

    def wait_until_caught_up(self, poll, events):
        wait_until(lambda: int(poll.ask("SELECT coalesce(sum(next_offset), 0) FROM inbox_offsets")) >= self.events
                   and poll.ask("SELECT count(*) FROM dirty_dashboards") == "0", "the figures are complete", pause=0.02)
        return {"calls": events}
