#!/usr/bin/env bash
# story_test.sh PEERCERT [STORY]: a story (the demonstration, if none is named), on SQLite and on PostgreSQL, is told
# the same to the letter.
set -euo pipefail
program=$1
story=${2:-story.sh}
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

play() { # name, database
  "$here/../demo/$story" "$program" "$2" >"$work/$1" 2>"$work/$1.errors" ||
    { tail -n 30 "$work/$1"; cat "$work/$1.errors"; echo "the story stopped on $1"; exit 1; }
}

play sqlite "$work/story.db"
[ "$(sqlite3 "$work/story.db" 'pragma integrity_check')" = ok ] || { echo "the database is not whole"; exit 1; }

if [ -z "${PEERCERT_TEST_PG:-}" ]; then
  echo "skipped on PostgreSQL: PEERCERT_TEST_PG is not set"
  exit 0
fi
psql=$(find /usr/lib/postgresql/*/bin/psql | sort -V | tail -n 1)
folder=$(sed -n 's/^host=\([^ ]*\) .*/\1/p' <<<"$PEERCERT_TEST_PG")
name=${story%.sh}_$$
"$psql" -q "$PEERCERT_TEST_PG" -c "create database $name"
play postgresql "postgresql://peercert@/$name?host=$folder"
"$psql" -q "$PEERCERT_TEST_PG" -c "drop database $name"
diff <(grep -v '^made a demo database' "$work/sqlite") <(grep -v '^made a demo database' "$work/postgresql") ||
  { echo "the two databases tell different stories"; exit 1; }
