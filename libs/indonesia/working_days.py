#!/usr/bin/env python3
"""working_days.py FOLDER FIRST LAST: what PyPI `holidays`, unpacked in FOLDER, knows of the years FIRST to LAST, as
holidays.csv. National holidays (LIBUR) and the days that the yearly decree of three ministers adds (CUTI)."""
import sys


def main():
    folder, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    sys.path.insert(0, folder)
    import holidays  # Not before its folder is known.
    years = range(first, last + 1)
    national = holidays.country_holidays("ID", years=years, categories=("public",), language="id")
    added = holidays.country_holidays("ID", years=years, categories=("government",), language="id")
    print("date,kind,name")
    for day in sorted({*national, *added}):
        kind, name = ("LIBUR", national[day]) if day in national else ("CUTI", added[day])
        print(f"{day.isoformat()},{kind},{name.replace(',', ' ')}")


if __name__ == "__main__":
    main()
