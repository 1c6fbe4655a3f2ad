# How a story is told, for those that source it: `peercert` is the program, PEERCERT_DB the database.

tell() { printf '\n\033[1m%s\033[0m\n' "$*" | if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9]*m//g'; fi; }

shown() { # the command as it would be typed: a shell reads the same words back
  local word quote="'\\''"
  printf '\n$ peercert'
  for word in "$@"; do
    if [[ -z $word || $word =~ [^A-Za-z0-9_./:=,@-] ]]; then printf " '%s'" "${word//\'/$quote}"; else printf ' %s' "$word"; fi
  done
  printf '\n'
}

run() { shown "$@"; "$peercert" --quiet "$@"; }

# For answers that are a no, a refusal or a question: the story stops if the command suddenly agrees.
run_expecting() { # exit code, command
  local wanted=$1 got=0; shift
  shown "$@"
  "$peercert" --quiet "$@" 2>&1 || got=$?
  if [ "$got" != "$wanted" ]; then
    echo "the story expected exit code $wanted here and got $got" >&2
    exit 1
  fi
  printf '(exit code %s)\n' "$got"
}

code_of() { # name: the person's code
  "$peercert" --quiet person show "$1" --json | sed -E 's/.*"code": ?"(P-[^"]+)".*/\1/'
}

number_of() { # track, person: the number on the certificate
  "$peercert" --quiet credential list "$2" --json | sed -E 's/.*"number": ?"([^"]+)"[^}]*"track": ?"'"$1"'".*/\1/'
}
