#!/usr/bin/env bash
# The demonstration: two years of an invented county, told in commands that anybody could type. Every person and every
# organization in it is invented; the rules are the real ones on file. Usage: story.sh PEERCERT DATABASE
set -euo pipefail

peercert=$1
export PEERCERT_DB=$2
here=$(dirname "$(readlink -f "$0")")
cd "$here"

. ./telling.sh

if [ ! -f "$PEERCERT_DB" ]; then
  tell "A database for the demonstration. Its clock stands where the story needs it; only a demo's clock can be moved."
  run init --demo
fi

tell "January 2025. A county, its training centre, and the bodies that certify. (All invented, as is everybody below.)"
run clock set 2025-01-06T15:00:00Z
run organization add mke-county "Lakeshore County (demo)" --kind county --county Milwaukee
run organization add mke-centre "Lakeshore Peer Training Centre (demo)" --kind training_centre --county Milwaukee
run organization add wrap-office "WRAP certificate office (demo)" --kind certifying_body
run organization add wi-office "Wisconsin certification office (demo)" --kind certifying_body
run organization add wa-office "Washington certification office (demo)" --kind certifying_body

tell "The county has exactly two current WRAP facilitators. Their certificates were issued elsewhere and are taken over."
run person add "Odessa Whitfield" --born 1968-03-02 --email odessa.whitfield@example.org
run person add "Bernard Kowalczyk" --born 1974-08-21 --email bernard.kowalczyk@example.org
run credential take-over wrap "Odessa Whitfield" --level co-facilitator --issuer wrap-office --from 2019-05-01
run credential take-over wrap "Bernard Kowalczyk" --level co-facilitator --issuer wrap-office --from 2021-02-15
run organization grant mke-centre "Odessa Whitfield" facilitator --from 2019-05-01
run organization grant mke-centre "Bernard Kowalczyk" facilitator --from 2021-02-15
run record training "Odessa Whitfield" wrap-refresher --on 2024-06-01
run record training "Bernard Kowalczyk" wrap-refresher --on 2023-02-20

tell "A cohort of eight Fridays. Bernard's refresher of 20 February 2023 lasts two years, that day included: the seventh and eighth session have a gap, and the centre hears of it on the day it plans."
run cohort open wrap-2025-winter wrap --format "weekly group" --organization mke-centre \
  --session 2025-01-10,2025-01-17,2025-01-24,2025-01-31,2025-02-07,2025-02-14,2025-02-21,2025-02-28 \
  --leader "Odessa Whitfield" --leader "Bernard Kowalczyk" --with-gaps

tell "Eighteen applicants come as a spreadsheet. One date does not exist; nothing is stored until it is mended."
run_expecting 3 import people applicants.csv --cohort wrap-2025-winter --dry-run
tell "Mended. One person is in the file twice under two spellings, one has no e-mail address: both are no trouble. A second run changes nothing."
run import people applicants-mended.csv --cohort wrap-2025-winter
run import people applicants-mended.csv --cohort wrap-2025-winter

tell "Seventeen people are too many for one group. Five agree to start with the next one; nobody asks or stores why."
for name in "Marisol Vega" "Nathaniel Boone" "Opal Winterbourne" "Priya Raghunathan" "Quentin Laframboise"; do
  run cohort place wrap-2025-winter "$name" moved_on
done
run cohort show wrap-2025-winter

tell "1 March 2025. The attendance sheet is read in. Ephraim missed part of one evening."
run clock set 2025-03-01T16:00:00Z
run import attendance wrap-2025-winter attendance.csv
run_expecting 1 cohort complete wrap-2025-winter

tell "Two sessions had one current leader where the curriculum asks for two. That is said of the sessions, never of a person, and nobody completes before somebody entitled decides that it counts. The reason is kept."
run cohort accept wrap-2025-winter --because "From session 7 on one of the two leaders was no longer current; the other was, and led both"
run cohort complete wrap-2025-winter

tell "Bernard saw a competency on 21 February, the day after his refresher had run out. He cannot sign it off: what counts is the day it was seen."
run_expecting 1 signoff wrap "Dolores Quintero" samhsa-core/II.3 --by "Bernard Kowalczyk" --cohort wrap-2025-winter --session 7
tell "Odessa led the same session and was current. The centre types her paper form in; it counts when she says herself that she saw it."
odessa=$(code_of "Odessa Whitfield")
run signoff wrap "Dolores Quintero" samhsa-core/II.3 --by "Odessa Whitfield" --cohort wrap-2025-winter --session 7
run signoff confirm --all --as "$odessa"
tell "Whoever was at the sixth session did the same exercise: one command for the group. Ephraim was not seen doing it."
run signoff group wrap-2025-winter --session 6 --competency samhsa-core/II.4 --by "$odessa" --late paper_form --except "Ephraim Novak=not-observed" --as "$odessa"

tell "Dolores goes for Wisconsin's certificate. What is there, what is open, and by which source?"
run record document "Dolores Quintero" GED --on 2025-03-01
run record statement "Dolores Quintero" "own lived experience" --on 2025-03-01 --wording 2024-1
run_expecting 1 assess wi-cps "Dolores Quintero"

tell "A month later: training done, examination passed. Somebody at the certifying body decides; the rule alone never does."
run clock set 2025-04-02T15:00:00Z
run record training "Dolores Quintero" wi-approved-curriculum --on 2025-03-20
run record exam "Dolores Quintero" competency passed --score 88 --on 2025-03-28
run record decision "Dolores Quintero" tries approved --on 2025-04-01
run application submit wi-cps "Dolores Quintero"
run assess wi-cps "Dolores Quintero" --brief
run application decide 1 granted --issuer wi-office --yes

tell "In Wisconsin every term ends on a 31 October. Dolores passed in 2025, an odd year, so hers ends in an odd year: the first that leaves her at least two years. That is 31 October 2027."
dolores=$(number_of wi-cps "Dolores Quintero")
run verify "$dolores"

tell "Gideon was certified in November 2023. His deadline is 31 October 2025. On 20 November he is in the month of grace; on 5 December a late fee is due."
run record exam "Gideon Mbeki" competency passed --score 91 --on 2023-11-20
run credential take-over wi-cps "Gideon Mbeki" --level certified --issuer wi-office --from 2023-11-27 --until 2025-10-31
run clock set 2025-11-20T15:00:00Z
run record ce "Gideon Mbeki" "12 h" --on 2024-05-14
run record ce "Gideon Mbeki" "8 h" --on 2025-09-09
run_expecting 1 assess wi-cps "Gideon Mbeki" --renew
run clock set 2025-12-05T15:00:00Z
run record decision "Gideon Mbeki" "topic areas" approved --on 2025-12-04
run application submit wi-cps "Gideon Mbeki" --renew
run assess wi-cps "Gideon Mbeki" --renew --brief
gideon=$(number_of wi-cps "Gideon Mbeki")
run_expecting 10 verify "$gideon"
run application decide 2 granted --yes
run verify "$gideon"
tell "Nothing is backdated: on 20 November the answer was and stays expired."
run_expecting 10 verify "$gideon" --on 2025-11-20

tell "Farida moves to Washington. A national certificate stands for education and hours there; the term ends on her birthday."
run clock set 2026-01-12T18:00:00Z
run record statement "Farida Haidari" "one year in recovery" --on 2026-01-05
run record document "Farida Haidari" "NAADAC NCPRSS" --on 2026-01-05
run record exam "Farida Haidari" oral passed --on 2026-01-08
run record exam "Farida Haidari" written passed --on 2026-01-09
run application submit wa-cpss "Farida Haidari" --level certified
run assess wa-cpss "Farida Haidari" --level certified --brief
run application decide 3 granted --issuer wa-office --yes
farida=$(number_of wa-cpss "Farida Haidari")
run verify "$farida"
run clock set 2026-03-02T18:00:00Z
tell "Her first term was short, so no hours are asked of it; the renewal runs to the birthday two years on."
run record statement "Farida Haidari" "one year in recovery" --on 2026-03-01
run application submit wa-cpss "Farida Haidari" --renew --level certified
run assess wa-cpss "Farida Haidari" --renew --level certified --brief
run application decide 4 granted --yes
run verify "$farida" --on 2027-06-01

tell "May 2026. Gideon's credential is revoked. That it is, and since when, is public; why never is, and this story does not tell it either. Asked about the day before, the answer stays yes."
run clock set 2026-05-04T15:00:00Z
run credential revoke "$gideon" --yes
run_expecting 12 verify "$gideon"
run verify "$gideon" --on 2026-05-03

tell "The county's question: how many valid pairs of WRAP facilitators today, and what if one leaves?"
run record training "Bernard Kowalczyk" wrap-refresher --on 2025-03-10
run report coverage wrap --county Milwaukee
run_expecting 1 report coverage wrap --county Milwaukee --without "Odessa Whitfield"
run_expecting 1 report coverage wrap --county Milwaukee --on 2026-06-02

tell "An employer asks over HTTP, as their own software would. Nothing but the number is needed, and nothing is left behind."
served=$(mktemp)
printf '\n$ peercert serve --port 0 &\n'
"$peercert" --quiet serve --port 0 >"$served" 2>"$served.log" &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -f "$served" "$served.log"' EXIT
for _ in $(seq 50); do
  address=$(sed -n 's/^listening on //p' "$served")
  [ -n "$address" ] && break
  sleep 0.1
done
for question in "$dolores" "$gideon" "$gideon?valid_on=2026-05-03" 0000-0000-000; do
  printf '\n$ curl -s %sapi/v1/verify/%s\n' '"$SERVER"' "$question"
  curl -s --max-time 10 "${address}api/v1/verify/$question"
  printf '\n'
done
kill "$server"
wait "$server" 2>/dev/null || true
trap - EXIT
rm -f "$served" "$served.log"

tell "Everything that happened is on record and sealed. Nothing was updated in place: a correction is a further line."
run record list "Dolores Quintero"
run audit verify
tell "Credentials to look at: $dolores (certified), $gideon (revoked), $farida (Washington)"
