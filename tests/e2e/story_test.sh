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

# What is echoed can be typed: the shell reads the very words back.
eval "$(sed -n '/^shown()/,/^}/p' "$here/../demo/telling.sh")"
words=(record "it's" "two  blanks" 'a "b" $c `d` \e' "" plain-1.0 "'" "*")
echoed=$(shown "${words[@]}")
eval "read_back=(${echoed#*$ peercert})"
[ "${#read_back[@]}" = "${#words[@]}" ] || { echo "a shell reads other words than were run: $echoed"; exit 1; }
for i in "${!words[@]}"; do
  [ "${read_back[i]}" = "${words[i]}" ] || { echo "echoed \"${words[i]}\", read back \"${read_back[i]}\""; exit 1; }
done

play sqlite "$work/story.db"
bash -n <(sed -n 's/^\$ //p' "$work/sqlite") || { echo "a command of the story cannot be typed as it is echoed"; exit 1; }
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
