#!/usr/bin/env bash
# run.sh PEERCERT WORK_DIR FOLDER...: holds the curriculum files of the folders against `peercert curriculum schema`, as an editor
# would. Exit 77 (skipped) without the Debian packages nodejs and npm, or when the two test-only npm packages cannot be had.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
peercert=$(readlink -f "$1"); work=$2; shift 2
mapfile -t folders < <(readlink -f "$@")
for program in node npm; do
  command -v "$program" >/dev/null || { echo "skipped: no $program"; exit 77; }
done
mkdir -p "$work"
cp "$here"/{package.json,package-lock.json,.npmrc,check_schema.mjs} "$work"
"$peercert" curriculum schema >"$work/schema.json"
cd "$work"
if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci --ignore-scripts >npm.log 2>&1 || { echo "skipped: npm ci did not succeed:"; tail -n 5 npm.log; exit 77; }
  cp package-lock.json node_modules/.installed-lock
fi
exec node check_schema.mjs schema.json "${folders[@]}"
