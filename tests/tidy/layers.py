#!/usr/bin/env python3
"""layers.py [ROOT]: the rules of the layout that a compiler does not check. Prints each breach as "file:line: rule"."""
import re
import sys
from pathlib import Path

TOP_LEVEL = {"CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "buf.yaml",
             "deploy", "libs", "proto", "services", "tests"}
NOT_OURS = {"build", "var", "node_modules"}  # Made by tools, ignored by git.

# A foreign library is included by one library of ours: everybody else uses that.
WRAPPED = {"libpq": "postgres", "librdkafka/": "kafka", "hiredis/": "redis", "sodium": "crypto",
           "spdlog/": "telemetry", "boost/": "http", "cjose/": "identity", "jansson": "identity",
           "zip.h": "xlsx", "expat": "xlsx", "xlsxwriter": "xlsx", "zlib.h": "content",
           "libxml/": "iso20022"}

# What a layer of a service may include besides the standard library: libraries of ours, and layers of its own service.
# None: all libraries.
LAYERS = {
    "domain": ({"base", "indonesia"}, {"domain"}),
    "storage": ({"base", "indonesia", "postgres", "redis", "command", "messaging", "crypto", "identity", "objects", "rotation", "status", "telemetry"},
                {"domain", "storage", "migrations"}),
    "events": (None, {"domain", "storage", "events"}),
    "clients": ({"base", "grpc", "status", "telemetry"}, {"domain", "clients"}),
    "api": ({"base", "indonesia", "command", "content", "crypto", "csv", "grpc", "identity", "iso20022", "objects", "status", "telemetry", "xlsx"},
            {"domain", "storage", "clients", "api"}),
    "jobs": ({"base", "indonesia", "postgres", "command", "crypto", "csv", "objects", "xlsx", "identity", "status", "telemetry", "timers"},
             {"domain", "storage", "api", "jobs"}),
}
# And which generated headers: its own service's and the common ones, or those and everybody's events.
PROTOS = {"domain": "none", "storage": "own", "api": "own", "jobs": "own", "events": "own and events",
          "clients": "all"}  # They ask other services.
CLIENTS = {"cli"}  # They call services: every proto, no layers.

MAX_LINES = 350
LIMITED = {".cc", ".h", ".py", ".sh", ".sql", ".proto", ".cmake", ""}

INCLUDE = re.compile(r'#include\s+["<]([^">]+)[">]')
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")


def source_files(root):
    for folder in ("libs", "services", "proto", "tests", "deploy"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.relative_to(root).parts[:2] != ("deploy", "bin"):
                yield path.relative_to(root)


def breaches(root):
    """(file, line, rule) for everything that breaks a rule; line 0 is the whole file."""
    yield from layout_breaches(root)
    includes = {}
    for path in source_files(root):
        try:
            lines = (root / path).read_text().splitlines()
        except UnicodeDecodeError:
            continue
        if path.suffix in LIMITED and len(lines) > MAX_LINES:
            yield path, len(lines), f"a file has at most {MAX_LINES} lines"
        for number, line in enumerate(lines, 1):
            if UNFINISHED.search(line):
                yield path, number, "work is finished or not there"
            if path.suffix in (".cc", ".h") and (found := INCLUDE.match(line)):
                includes.setdefault(path, []).append((number, found[1]))
                rule = include_breach(path, found[1])
                if rule:
                    yield path, number, rule
    yield from cycle_breaches(includes)


def layout_breaches(root):
    for path in sorted(root.iterdir()):
        if not path.name.startswith(".") and path.name not in TOP_LEVEL | NOT_OURS:
            yield Path(path.name), 0, "not one of the folders and files of the top level"
    for folder in sorted([*root.glob("libs/*"), *root.glob("services/*")]):
        if (folder / "CMakeLists.txt").exists() and not (folder / "README.md").exists():
            yield folder.relative_to(root), 0, "every library and service has a README.md"


def include_breach(path, header):
    """The rule that `path` breaks by including `header`; None if it may."""
    for prefix, owner in WRAPPED.items():
        if header.startswith(prefix) and path.parts[:2] != ("libs", owner):
            return f"<{prefix}> is included by libs/{owner} only"
    if path.parts[0] == "libs" and header.startswith("services/"):
        return "a library knows no service"
    if path.parts[:2] == ("libs", "base") and header.startswith("libs/") and not header.startswith("libs/base/"):
        return "libs/base stands alone"
    if path.parts[0] == "services":
        return service_breach(path, header)
    return None


def service_breach(path, header):
    service, layer = path.parts[1], path.parts[2]
    target = header.split("/")
    if target[0] == "services" and target[1] != service:
        return "a service knows no other service's code"
    if layer not in LAYERS:
        knows_all = service in CLIENTS or layer == "tests" and path.name.startswith("fake_")  # It plays another service.
        return None if knows_all else proto_breach(service, "own and events", header)
    libs, layers = LAYERS[layer]
    if target[0] == "services" and target[2] not in layers:
        return f"{layer}/ does not include {target[2]}/"
    if target[0] == "libs" and libs is not None and target[1] not in libs:
        return f"{layer}/ does not include libs/{target[1]}"
    if layer == "domain" and "/" in header and target[0] not in ("libs", "services"):
        return "domain/ includes the standard library, libs/base and libs/indonesia only"
    return proto_breach(service, PROTOS[layer], header)


def proto_breach(service, allowed, header):
    target = header.split("/")
    if target[0] != "bangkit" or allowed == "all" or allowed != "none" and target[1] in (service, "common"):
        return None
    if allowed == "own and events" and header.endswith("_events.pb.h"):
        return None
    return "of another service, events/ may include *_events.proto, clients/ all, and nobody anything else"


def cycle_breaches(includes):
    """Libraries that include each other, tests left out."""
    uses = {}
    for path, headers in includes.items():
        if path.parts[0] == "libs" and "tests" not in path.parts:
            for number, header in headers:
                target = header.split("/")
                if target[0] == "libs" and target[1] != path.parts[1]:
                    uses.setdefault(path.parts[1], {}).setdefault(target[1], (path, number))
    for lib in sorted(uses):
        for other, (path, number) in sorted(uses[lib].items()):
            if lib in reachable(uses, other):
                yield path, number, f"libs/{lib} and libs/{other} include each other"


def reachable(uses, start):
    seen, waiting = set(), [start]
    while waiting:
        lib = waiting.pop()
        if lib not in seen:
            seen.add(lib)
            waiting.extend(uses.get(lib, {}))
    return seen


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]).resolve()
    found = list(breaches(root))
    for path, line, rule in found:
        print(f"{path}:{line}: {rule}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
