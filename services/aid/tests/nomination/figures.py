#!/usr/bin/env python3
"""figures.py FOLDER: what must have become of a list of nominations, counted from the files that were sent and came back, and
from nothing else. Prints one "name number" a line.

    list.csv           the list as it was sent
    validation.csv     the agency's answers to it
    corrections.txt    references of those that were put right in the window
    revalidation.csv   the agency's answers to those, after the window
    decree.csv, bank.csv"""
import csv
import sys
from collections import Counter
from pathlib import Path

GIVEN = 2_400_000
REASONS = {"NIK_TIDAK_PADAN": "nik", "KREDIT_AKTIF": "credit", "BUKAN_USAHA_MIKRO": "not_micro", "KUR_AKTIF": "kur",
           "MENINGGAL": "deceased", "GANDA_NIK": "twice", "ASN_TNI_POLRI": "state"}


def rows(folder, name):
    with open(folder / name, newline="") as file:
        return list(csv.DictReader(file))


def person(row):
    return row["nomor_usulan"].split("-")[0]


def main():
    folder = Path(sys.argv[1])
    people = [person(row) for row in rows(folder, "list.csv")]
    assert len(people) == len(set(people)), "nobody is in the list twice"
    validation = {person(row): row for row in rows(folder, "validation.csv")}
    valid = {who for who, row in validation.items() if row["status"] == "VALID"}
    invalid = {who for who, row in validation.items() if row["status"] == "TIDAK VALID"}
    corrected = set((folder / "corrections.txt").read_text().split())
    assert corrected <= invalid, "only what was returned is put right"
    again = {person(row): row for row in rows(folder, "revalidation.csv")}
    assert set(again) == corrected, "no new names"
    valid |= {who for who, row in again.items() if row["status"] == "VALID"}
    found = Counter()
    for who in people:
        codes = set(validation[who]["alasan"].split())
        if who in again:
            codes |= set(again[who]["alasan"].split())
        found.update(codes)
    decreed = {person(row): row["status"] for row in rows(folder, "decree.csv")}
    determined = {who for who, status in decreed.items() if status == "DITETAPKAN"}
    bank = rows(folder, "bank.csv")
    said = {status: {person(row) for row in bank if row["status"] == status}
            for status in ("DIBAYAR", "DICAIRKAN", "DIKEMBALIKAN")}
    figures = {"nominated": len(people),
               "valid": len(valid - set(decreed)),
               "rejected": len(invalid - corrected) + len(corrected - valid)
                           + sum(status == "DITOLAK" for status in decreed.values()),
               "determined": len(determined),
               "determined_rupiah": len(determined) * GIVEN,
               "paid": len(said["DIBAYAR"]),
               "claimed": len(said["DICAIRKAN"]),
               "given_back": len(said["DIKEMBALIKAN"])}
    figures |= {f"reason_{REASONS[code]}": count for code, count in found.items() if code in REASONS}
    for name, number in sorted(figures.items()):
        print(name, number)


if __name__ == "__main__":
    main()
