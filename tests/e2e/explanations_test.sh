#!/usr/bin/env bash
# explanations_test.sh FOLDER_OF_PEERCERT README: the explanations in README.md are what the program really says. Every
# ```sh block of the section is run, line by line, and what its last line says is the ```text block behind it, to the
# letter. Lines of a block may end in an exit code that is a no.
set -euo pipefail
folder=$1 readme=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$folder:$PATH" HOME="$work" PEERCERT_DB="$work/explained.db" LC_ALL=C

block='' said='' compared=0
while IFS= read -r line; do
  case $line in
  '```sh') block=sh said=''; continue ;;
  '```text') block=text wanted=''; continue ;;
  '```')
    if [ "$block" = text ]; then
      if [ "$said" != "${wanted%$'\n'}" ]; then
        echo "README.md explains one thing and the program says another:"
        diff <(printf '%s\n' "${wanted%$'\n'}") <(printf '%s\n' "$said") || true
        exit 1
      fi
      compared=$((compared + 1))
    fi
    block=''; continue ;;
  esac
  case $block in
  sh)
    got=0
    said=$(eval "${line/#peercert /peercert --quiet }" 2>"$work/err") || got=$?
    if [ "$got" -gt 1 ]; then
      echo "this line of README.md ended with $got: $line"
      cat "$work/err"
      exit 1
    fi ;;
  text) wanted+=$line$'\n' ;;
  esac
done < <(sed -n '/^## The hard questions, answered/,/^## /p' "$readme")
[ "$compared" -ge "${3:-1}" ] || { echo "README.md explains $compared things; ${3:-1} were expected"; exit 1; }

