#!/usr/bin/env bash
# postgres.sh run -- COMMAND...: runs COMMAND with a PostgreSQL cluster that only it can reach, and takes the cluster
# away afterwards. COMMAND finds its address in PEERCERT_TEST_PG (a libpq conninfo). The server listens on a socket in
# a private folder and on no port; it runs as "postgres" or "nobody" when we are root, which PostgreSQL refuses.
set -euo pipefail

if [ "${1:-}" != run ] || [ "${2:-}" != -- ] || [ $# -lt 3 ]; then
  echo "usage: postgres.sh run -- COMMAND [ARGUMENT...]" >&2
  exit 2
fi
shift 2

programs=$(find /usr/lib/postgresql/*/bin -maxdepth 0 -type d 2>/dev/null | sort -V | tail -n 1)
if [ ! -x "${programs:-}/initdb" ]; then
  echo "postgres.sh: PostgreSQL's server is not installed (Debian package postgresql)" >&2
  exit 1
fi

owner=$(id -un)
as_owner=()
if [ "$(id -u)" = 0 ]; then
  owner=nobody
  getent passwd postgres >/dev/null && owner=postgres
  as_owner=(setpriv --reuid "$(id -u "$owner")" --regid "$(id -g "$owner")" --clear-groups)
fi

# Not under build/: the owner may not be able to reach our checkout, and a socket's path must stay below 108 bytes.
folder=$(mktemp -d /tmp/peercert-pg-XXXXXX)
server=
stop() {
  trap - EXIT INT TERM HUP
  if [ -n "$server" ]; then
    kill -INT "$server" 2>/dev/null || true # fast shutdown
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT
trap 'stop; exit 130' INT
trap 'stop; exit 143' TERM HUP
[ "$(id -u)" != 0 ] || chown "$owner" "$folder"

# trust is safe here: the socket's folder is closed to everyone but its owner and root.
chmod 700 "$folder"
(cd "$folder" && "${as_owner[@]}" env LC_ALL=C.UTF-8 "$programs/initdb" --pgdata "$folder/data" --username peercert \
  --auth trust --encoding UTF8 --no-sync >"$folder/initdb.log" 2>&1) ||
  { cat "$folder/initdb.log" >&2; echo "postgres.sh: initdb did not succeed" >&2; exit 1; }

# Nothing outlives the run, so nothing needs to reach the disk. --pdeathsig: not even kill -9 of this script leaves it.
(cd "$folder" && exec "${as_owner[@]:-setpriv}" --pdeathsig INT "$programs/postgres" -D "$folder/data" -k "$folder" \
  -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 \
  -c shared_buffers=128MB -c timezone=UTC -c log_min_messages=warning) >"$folder/server.log" 2>&1 9>&- &
server=$!

for ((attempt = 0; attempt < 300; attempt++)); do
  "$programs/pg_isready" -q -h "$folder" -U peercert -d postgres && break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
if ! "$programs/pg_isready" -q -h "$folder" -U peercert -d postgres; then
  cat "$folder/server.log" >&2
  echo "postgres.sh: the server did not start within 30 seconds" >&2
  exit 1
fi

export PEERCERT_TEST_PG="host=$folder user=peercert dbname=postgres"
status=0
"$@" || status=$?
exit "$status"
