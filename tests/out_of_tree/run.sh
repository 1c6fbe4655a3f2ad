#!/usr/bin/env bash
# Installs the SDK to a prefix of its own, builds the template there as a stranger would, runs its test, and lets the
# installed host's checks load it. Arguments: build folder, sanitizers of that build (may be empty), a build type.
set -euo pipefail
umask 022   # a plugin folder that a group can write to is refused
here=$(cd "$(dirname "$0")" && pwd)
build=$1 sanitize=${2:-} type=${3:-Debug}
work=$(mktemp -d "${TMPDIR:-/tmp}/peercert-out-of-tree-XXXXXX")
trap 'rm -rf "$work"' EXIT

step() { # what, command...: silent unless it goes wrong
  local what=$1; shift
  "$@" >"$work/log" 2>&1 || { echo "out of tree: $what:" >&2; tail -n 40 "$work/log" >&2; exit 1; }
}

cp -r "$here/template" "$work/mystate"
step "the SDK does not install" cmake --install "$build" --component sdk --prefix "$work/prefix"
step "the template does not configure" cmake -S "$work/mystate" -B "$work/build" -G Ninja \
  -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_BUILD_TYPE="$type" ${sanitize:+-DCMAKE_CXX_FLAGS=-fsanitize=$sanitize}
step "the template does not build" cmake --build "$work/build"
step "the template's test" ctest --test-dir "$work/build" --output-on-failure --no-tests=error

# A wrong name is said when it is configured, not found out by the host.
if cmake -S "$work/mystate" -B "$work/other" -G Ninja -DCMAKE_PREFIX_PATH="$work/nowhere" >"$work/log" 2>&1; then
  echo "out of tree: a peercert that is not there was found" >&2; exit 1
fi

if [ -x "$build/bin/peercert" ]; then # the real host: installed plugins, the new one among them once it is trusted
  step "the plugins do not install" cmake --install "$build" --component plugins --prefix "$work/prefix"
  folder=$(dirname "$(find "$work/prefix" -name plugins.allow)")
  cp "$work/build/mystate.so" "$folder"
  export PEERCERT_PLUGINS=$folder
  step "peercert plugin check refuses the template" "$build/bin/peercert" plugin check "$work/build/mystate.so"
  grep -q "mystate:two-counties" "$work/log" || { cat "$work/log" >&2; exit 1; }
  step "peercert plugin trust refuses the template" "$build/bin/peercert" plugin trust "$folder/mystate.so"
  step "the installed plugins do not load" "$build/bin/peercert" plugin list
  [ "$(grep -c "loads" "$work/log")" = 5 ] || { cat "$work/log" >&2; exit 1; }
fi
echo "out of tree: built, tested and loaded against an installed SDK"
