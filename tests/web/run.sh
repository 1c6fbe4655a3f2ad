#!/usr/bin/env bash
# run.sh PAGE_SERVER WORK_DIR [PICTURES_DIR]: checks the verification page in headless Chromium. Exit 77 (skipped) without the
# Debian packages chromium, nodejs and npm, or when the two test-only npm packages cannot be had.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
server=$(readlink -f "$1"); work=$2; pictures=${3:-}
for program in node npm chromium; do
  command -v "$program" >/dev/null || { echo "skipped: no $program"; exit 77; }
done
mkdir -p "$work"
cp "$here"/{package.json,package-lock.json,.npmrc,check_page.mjs} "$work"
cd "$work"
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci --ignore-scripts >npm.log 2>&1 || { echo "skipped: npm ci did not succeed:"; tail -n 5 npm.log; exit 77; }
  cp package-lock.json node_modules/.installed-lock
fi
coproc SERVER { exec "$server"; }
read -r port <&"${SERVER[0]}"
status=0
timeout 240 node check_page.mjs "$port" "$pictures" || status=$?
eval "exec ${SERVER[1]}>&-"    # the end of its input ends the server
wait "$SERVER_PID" || true
exit "$status"
