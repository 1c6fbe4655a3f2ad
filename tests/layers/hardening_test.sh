#!/usr/bin/env bash
# hardening_test.sh BUILD_FOLDER: what we ship is position independent, bound at start, read-only where it can be, with
# no executable stack, and looks for libraries nowhere but where the system does and in its own build.
set -euo pipefail
build=$1
wrong=0

say() { echo "$1: $2"; wrong=1; }

for file in "$build/bin/peercert" "$build"/lib/libpeercert_sdk.so "$build"/plugins/*.so; do
  [ -e "$file" ] || { say "$file" "was not built"; continue; }
  segments=$(readelf -lW "$file"); dynamic=$(readelf -dW "$file")
  grep -q 'Elf file type is DYN' <<<"$segments" || say "$file" "is not position independent"
  grep -q GNU_RELRO <<<"$segments" || say "$file" "has no relocation-read-only part"
  grep -Eq 'BIND_NOW|FLAGS_1.*NOW' <<<"$dynamic" || say "$file" "binds lazily"
  grep -E GNU_STACK <<<"$segments" | grep -q 'RWE' && say "$file" "has an executable stack"
  paths=$(sed -n 's/.*R.*PATH.*\[\(.*\)\]/\1/p' <<<"$dynamic" | tr ':' '\n' | grep -vF "$build/" || true)
  [ -z "$paths" ] || say "$file" "looks for libraries in $paths"
done
exit $wrong
