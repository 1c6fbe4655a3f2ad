#!/usr/bin/env bash
# A facilitator's evening class, in commands that a person would type: who was there, what was seen, a second signature,
# a slip, a late form, and what happens when an authority turns out void. Everybody is invented; the rules are the real
# ones on file. Usage: evening_class.sh PEERCERT DATABASE
set -euo pipefail

peercert=$1
export PEERCERT_DB=$2
here=$(dirname "$(readlink -f "$0")")
cd "$here"
. ./telling.sh

line_of() { # person, what the line says: the number of the last such sign-off
  "$peercert" --quiet signoff list "$1" --json | sed -E 's/.*"entry": ?([0-9]+),[^{}]*'"$2"'.*/\1/'
}

tell "The centre before the first evening: one command each for the people, the two facilitators and the group."
[ -f "$PEERCERT_DB" ] || run init --demo
run clock set 2025-01-06T15:00:00Z
run organization add centre "Lakeshore Peer Training Centre (demo)" --kind training_centre --county Milwaukee
run organization add wrap-office "WRAP certificate office (demo)" --kind certifying_body
for name in "Odessa Whitfield" "Bernard Kowalczyk"; do
  run person add "$name"
  run credential take-over wrap "$name" --level co-facilitator --issuer wrap-office --from 2021-02-15
  run organization grant centre "$name" facilitator --from 2021-02-15
  run record training "$name" wrap-refresher --on 2024-06-01
done
odessa=$(code_of "Odessa Whitfield")
bernard=$(code_of "Bernard Kowalczyk")
run cohort open evenings wrap --format "weekly group" --organization centre \
  --session 2025-01-10,2025-01-17,2025-01-24,2025-01-31,2025-02-07,2025-02-14,2025-02-21,2025-02-28 \
  --leader "$odessa" --leader "$bernard"
for name in "Amara Okafor" "Beatriz Salgado" "Calvin Thibodeaux" "Dolores Quintero"; do
  run person add "$name"
  run cohort enrol evenings "$name"
done
dolores=$(code_of "Dolores Quintero")

tell "Friday 10 January, after the class. Odessa puts down who was there, as herself. Calvin was not; nobody asks why."
run clock set 2025-01-11T03:00:00Z
for name in "Amara Okafor" "Beatriz Salgado" "Dolores Quintero"; do
  run cohort attend evenings 1 "$(code_of "$name")" 120 --as "$odessa"
done
run cohort attend evenings 1 "$(code_of "Calvin Thibodeaux")" 0 --as "$odessa"

tell "What does the framework ask, and what does each word of its scale look like?"
run competency show samhsa-core

tell "Everybody did the same listening exercise. First a look, then the same without --dry-run. Beatriz had no turn."
run signoff group evenings --session 1 --competency samhsa-core/I.2 --by "$odessa" \
  --except "$(code_of "Beatriz Salgado")=not-observed" --dry-run --as "$odessa"
run signoff group evenings --session 1 --competency samhsa-core/I.2 --by "$odessa" \
  --except "$(code_of "Beatriz Salgado")=not-observed" --as "$odessa"

tell "Dolores showed two things more. Both facilitators saw it, and both sign: it counts when the second has."
run signoff wrap "$dolores" samhsa-core/II.3 samhsa-core/II.4 --by "$odessa" --by "$bernard" --cohort evenings --session 1 --as "$odessa"
run signoff list --waiting-for "$bernard" --as "$bernard"
run signoff confirm --all --as "$bernard"

tell "At home Odessa sees that one tick was meant for Amara. Within a day it is taken back without a word."
run signoff undo "$(line_of "$dolores" '"samhsa-core\/II\.4"[^{}]*"assessor": ?"'"$odessa")" --as "$odessa"
tell "With one of two signatures gone, the other waits again. Bernard takes his back too."
run signoff undo "$(line_of "$dolores" '"samhsa-core\/II\.4"[^{}]*"assessor": ?"'"$bernard")" --as "$bernard"

tell "Dolores looks at what others saw, says what she thinks of it herself, and answers."
run competency of "$dolores" samhsa-core --as "$dolores"
run competency rate-self samhsa-core/II.3=shown "samhsa-core/I.2=not yet" --as "$dolores"
run competency self "$dolores" --as "$dolores"
tell "Her own words are hers: whoever teaches her sees them only if she shares them."
run competency self "$dolores" --as "$odessa"
run signoff answer "$(line_of "$dolores" '"samhsa-core\/I\.2"')" asks-to-talk --as "$dolores"

tell "The second evening. From the middle of January Bernard is not the one to sign for Amara: days, and no reason."
run signoff conflict "$bernard" "Amara Okafor" --from 2025-01-15 --as "$bernard"
run clock set 2025-01-18T03:00:00Z
run_expecting 1 signoff wrap "$(code_of "Amara Okafor")" samhsa-core/II.3 --by "$bernard" --cohort evenings --session 2 --as "$bernard"
run signoff wrap "$(code_of "Amara Okafor")" samhsa-core/II.3 --by "$odessa" --cohort evenings --session 2 --as "$odessa"

tell "A paper form of that evening turns up three weeks later. Late is no harm, but it is said why, and the assessor confirms."
run clock set 2025-02-08T15:00:00Z
run_expecting 3 signoff wrap "Calvin Thibodeaux" samhsa-core/I.2 --by "$odessa" --cohort evenings --session 2
run signoff wrap "Calvin Thibodeaux" samhsa-core/I.2 --by "$odessa" --cohort evenings --session 2 --late paper_form
run signoff confirm --all --as "$odessa"

tell "In spring the office finds that Bernard's certificate should never have been taken over. Who is affected? First a look."
run clock set 2025-03-03T15:00:00Z
run signoff impact "$bernard" --void-from 2025-01-01
tell "Somebody decides that each waits for a decision. Nobody loses anything by that."
run signoff impact "$bernard" --void-from 2025-01-01 --put-under-review
run signoff list "$dolores"
tell "Odessa saw it too, and that is enough here: a person says so, by name of the entry."
run signoff decide "$(line_of "$dolores" '"state": ?"under_review"')" uphold --yes
run report agreement samhsa-core
run audit verify
