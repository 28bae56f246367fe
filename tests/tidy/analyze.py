#!/usr/bin/env python3
"""analyze.py [BUILD-FOLDER]: clang-tidy for every source file of ours, on all cores, with the checks of .clang-tidy.

A file that was clean is not looked at again while it, the headers that it includes, its command line and the checks
stay the same; that is remembered in ~/.cache/bangkit, for every checkout of the same sources.
"""
import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLANG_TIDY = ROOT / ".deps/bin/clang-tidy"
MEMORY = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "bangkit/clang-tidy"


def our_commands(build):
    """The compile commands of what is written by hand."""
    for command in json.loads((build / "compile_commands.json").read_text()):
        path = Path(command["file"])
        if path.suffix == ".cc" and ROOT in path.parents and build not in path.parents:
            yield command


def object_file(command):
    words = command["command"].split()
    return words[words.index("-o") + 1]


def included_files(build):
    """Object file -> files of this checkout that it was made from, as the last build found them."""
    found, files = {}, []
    listing = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True, check=True).stdout
    for line in listing.splitlines():
        if line.startswith("    "):
            path = (build / line.strip()).resolve()
            if ROOT in path.parents:
                files.append(path)
        elif line:
            files = found.setdefault(line.split(":")[0], [])
    return found


def fingerprint(command, headers, common):
    digest = hashlib.sha256(common)
    digest.update(command["command"].replace(str(ROOT), "").encode())
    for path in sorted({Path(command["file"]), *headers}):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def is_clean(command, build, mark):
    if mark.exists():
        return True
    run = subprocess.run([CLANG_TIDY, "--quiet", "-p", build, command["file"]], capture_output=True, text=True)
    if run.returncode == 0:
        mark.touch()
        return True
    print(run.stdout, flush=True)
    if not run.stdout:
        print(run.stderr, flush=True)
    return False


def main():
    build = (Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build/release").resolve()
    MEMORY.mkdir(parents=True, exist_ok=True)
    version = subprocess.run([CLANG_TIDY, "--version"], capture_output=True, check=True).stdout
    common = version + (ROOT / ".clang-tidy").read_bytes()
    headers = included_files(build)
    commands = list(our_commands(build))
    marks = [MEMORY / fingerprint(c, headers.get(object_file(c), []), common) for c in commands]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        clean = list(pool.map(lambda pair: is_clean(pair[0], build, pair[1]), zip(commands, marks)))
    print(f"{clean.count(True)} files clean, {clean.count(False)} not")
    return 0 if all(clean) and clean else 1


if __name__ == "__main__":
    sys.exit(main())
