#!/bin/sh
# PostgreSQL's restore_command: fetch-wal.sh WAL-FOLDER NAME TARGET. The segment that was last being written has a name of
# its own and is as good as the others. Exit code 1: there is no such segment; above 125: the recovery must not go on.
[ -r "$1" ] || exit 126
for file in "$1/$2" "$1/$2.partial"; do
    if [ -f "$file" ]; then
        cp "$file" "$3" || exit 126
        exit 0
    fi
done
exit 1
