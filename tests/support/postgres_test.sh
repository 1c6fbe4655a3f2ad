#!/usr/bin/env bash
# The helper that lends tests a PostgreSQL: it answers, hands the exit status on, and leaves nothing behind.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
psql=$(find /usr/lib/postgresql/*/bin/psql | sort -V | tail -n 1)

said=$("$here/postgres.sh" run -- bash -c "
  echo \"\$PEERCERT_TEST_PG\"
  $psql \"\$PEERCERT_TEST_PG\" -Atc 'select 40 + 2'
  $psql \"\$PEERCERT_TEST_PG\" -Atc \"select count(*) from pg_settings where name = 'listen_addresses' and setting <> ''\"")
folder=$(sed -n 's/^host=\([^ ]*\) .*/\1/p' <<<"$said")
[ "$(sed -n 2p <<<"$said")" = 42 ] || { echo "it did not answer: $said"; exit 1; }
[ "$(sed -n 3p <<<"$said")" = 0 ] || { echo "it listens on a port"; exit 1; }
[ -n "$folder" ] && [ ! -e "$folder" ] || { echo "its folder $folder is still there"; exit 1; }

status=0
"$here/postgres.sh" run -- bash -c 'exit 7' || status=$?
[ $status = 7 ] || { echo "the command's exit status 7 became $status"; exit 1; }

status=0
"$here/postgres.sh" run 2>/dev/null || status=$?
[ $status = 2 ] || { echo "without a command it ended with $status, not 2"; exit 1; }
