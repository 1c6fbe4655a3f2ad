#!/usr/bin/env bash
# readme_test.sh FOLDER_OF_PEERCERT README: runs the first ten minutes of README.md, line by line. A comment "exit N" in a
# line says how its command ends; all others succeed.
set -euo pipefail
folder=$1 readme=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

lines=0
while IFS= read -r line; do
  if [[ $line == export\ * ]]; then
    export PATH="$folder:$PATH" PEERCERT_DB="$work/try.db"
    continue
  fi
  wanted=0
  [[ $line =~ \#\ exit\ ([0-9]+) ]] && wanted=${BASH_REMATCH[1]}
  got=0
  said=$(eval "$line" 2>&1) || got=$?
  if [ "$got" != "$wanted" ]; then
    echo "README.md promises exit code $wanted and this ended with $got: $line"
    echo "$said"
    exit 1
  fi
  lines=$((lines + 1))
done < <(sed -n '/^## The first ten minutes/,/^## Use it/{/^```sh$/,/^```$/{/^```/d;p}}' "$readme")
[ "$lines" -gt 10 ] || { echo "README.md has no first ten minutes to run"; exit 1; }
