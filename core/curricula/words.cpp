#include "curricula/words.hpp"

#include <algorithm>
#include <array>

namespace peercert::curricula {

namespace {

constexpr std::string_view not_known = "unknown|nothing said";
constexpr std::string_view none_or_not_known = "none|unknown|nothing said";
constexpr std::string_view yes_or_not_known = "yes|no|unknown|nothing said";
constexpr std::string_view absent_words = "nothing counts yet|not begun|open";
constexpr std::string_view leap_words = "february 28|march 1";
constexpr std::string_view trust_words = "verified|verified but old|secondary|recalled|our reading|not found";

constexpr std::array head{
    Word{"track", Takes::name, "", "Code of a certification track", "wi-cps"},
    Word{"curriculum", Takes::name, "", "Code of a published curriculum", "wrap"},
    Word{"course", Takes::name, "", "Code of somebody's own small course", "eating-well"},
    Word{"framework", Takes::name, "", "Code of a list of competencies", "samhsa"},
    Word{"edition", Takes::name, "", "Which edition this is: letters, digits, points and hyphens", "2024"},
    Word{"title", Takes::text, "", "What it is called", "Wisconsin Certified Peer Specialist"},
    Word{"titles", Takes::list, "", "What it is called, by day, instead of title", "[{until: 2025-11-02, called: A}]", Setting::titled},
    Word{"public title", Takes::text, "", "A general title for people who do not want the full one shown", "Peer worker"},
    Word{"author", Takes::text, "", "Who wrote it, as they wish to be named", "Alfred"},
    Word{"licence", Takes::text, "", "Under which terms it may be used", "CC BY 4.0"},
    Word{"given by", Takes::text, "", "Who issues it", "Wisconsin Peer Specialist Employment Initiative"},
    Word{"zone", Takes::name, "", "Time zone whose days count", "America/Chicago"},
    Word{"in force", Takes::mapping, "", "From when until when, and which event chooses the edition", "{from: 2024-01-01, until: further notice, chosen by: applying}", Setting::in_force},
    Word{"replaces", Takes::name, "", "The edition before this one", "2019"},
    Word{"based on", Takes::text, "", "CODE EDITION of a file that this one changes", "wi-cps 2024"},
    Word{"changes", Takes::mapping, "", "What differs from the file it is based on", "{to become certified: {without: [age]}}", Setting::changes},
    Word{"uses", Takes::texts, "", "Plugins whose words the file uses", "[wrap]"},
    Word{"levels", Takes::levels, "", "The levels a person can hold", "[trainee, certified]", Setting::level},
    Word{"meanings", Takes::table, "", "Names for rules about a person", "{approved supervisor: {level: certified}}", Setting::clause},
    Word{"after expiry", Takes::rungs_or_word, not_known, "What happens after the last day of a term", "{rungs: [{up to: no limit, called: expired, holder may: nothing}]}", Setting::after_expiry},
    Word{"may", Takes::table, "", "What a holder may do", "{bill Medicaid: {level: certified}}", Setting::purpose},
    Word{"exceptions", Takes::list, "", "Dated exceptions for a named audience", "[{name: emergency 2021, for fact: wi-2020-b}]", Setting::exception},
    Word{"groups", Takes::table, "", "Ways of running it", "{weekly group: {size: 8 to 12 people}}", Setting::group},
    Word{"competencies", Takes::items, "", "What is signed off", "{I: {title: T, items: [label]}}", Setting::category},
    Word{"scale", Takes::mapping, "", "Words of a rating, lowest first", "{words: [not yet, shown], counts: [shown]}", Setting::scale},
    Word{"sign off", Takes::mapping, "", "Who may sign a competency off", "{by: facilitator, assessors: 1}", Setting::sign_off},
    Word{"never recorded", Takes::texts, "", "What nobody may record", "[attendance, names]"},
    Word{"courses", Takes::texts, "", "Courses that clauses name", "[wi-approved-curriculum]"},
    Word{"topics", Takes::texts, "", "Every other word that entries carry", "[peer-specific, law and ethics]"},
    Word{"sources", Takes::table, "", "Where it comes from, and how sure that is", "{Recert: {what: recertification page, as of: 2024-05, trust: verified}}", Setting::source},
    Word{"note", Takes::text, "", "A remark for people", "Read twice."},
};
constexpr std::array course_head{
    Word{"size", Takes::bound, not_known, "How many people", "8 to 12 people"},
    Word{"sessions", Takes::text, not_known, "How many sessions, and how long", "8 of 2.5 h"},
    Word{"content", Takes::bound, not_known, "Hours of the whole", "at least 16 h"},
    Word{"units", Takes::texts, "", "Its parts in their order", "[key concepts, daily plan]"},
    Word{"led by", Takes::leaders, "", "One level for each leader, or \"anyone ...\" in the author's words", "anyone the author invites"},
    Word{"completed by", Takes::clause, "", "What someone must have to have completed it", "[{attendance: at least 14 h}]"},
    Word{"completion", Takes::name, "", "Course word that completing it records", "eating-well"},
    Word{"everyone who comes gets", Takes::text, "", "What it gives", "a thank-you certificate"},
};
constexpr std::array in_force{
    Word{"from", Takes::day, "unknown", "First day", "2024-01-01"},
    Word{"until", Takes::day, "further notice", "Last day", "further notice"},
    Word{"chosen by", Takes::choice, "applying|deadline|first session|attempt|issue|observed|asked", "The event whose day selects the edition", "applying"},
};
constexpr std::array titled{
    Word{"called", Takes::text, "", "The title", "Certified Peer Specialist"},
    Word{"from", Takes::day, "", "First day of this title", "2025-11-03"},
    Word{"until", Takes::day, "", "Last day of this title", "2025-11-02"},
};
constexpr std::array<Word, 0> changes{};
constexpr std::array step_changes{
    Word{"change", Takes::any, "", "Words to put into named clauses, or into lasts, file, fee", "{age: {age: at least 21}}"},
    Word{"without", Takes::texts, "", "Named clauses to leave out", "[age]"},
    Word{"add", Takes::clauses, "", "Clauses to add", "[{statement: code of ethics}]"},
    Word{"see", Takes::name, "", "Source of what is added", "Recert"},
};
constexpr std::array source{
    Word{"what", Takes::text, "", "The document or page", "WAC 246-929-320"},
    Word{"as of", Takes::text, "", "When it was read", "2025-08"},
    Word{"read", Takes::text, "", "The same as \"as of\"", "2025-08"},
    Word{"trust", Takes::choice, trust_words, "How sure it is", "verified"},
};
constexpr std::array level{
    Word{"may", Takes::texts, "", "What someone at this level may do", "[lead a group]"},
    Word{"may not", Takes::texts, "", "What someone at this level may not do", "[lead]"},
    Word{"because", Takes::text, "", "Why not, kindly", "sitting in a talk is not learning to facilitate"},
    Word{"stays current", Takes::clause, "", "What keeps it current on a day", "{training: wrap-refresher, dated: within 2 years before asked}"},
    Word{"lasts", Takes::mapping, "", "How long a term is", "{term: 2 years, ends: birthday}", Setting::lasts},
    Word{"see", Takes::name, "", "Source", "Formats"},
};
constexpr std::array step{
    Word{"coming from", Takes::texts, "", "Levels, one of which must be held", "[trainee]"},
    Word{"file", Takes::mapping, none_or_not_known, "When and how to file", "{opens: 90 days before expiry, until: expiry, filed means: postmark}", Setting::filing},
    Word{"needs", Takes::clauses, "", "What is asked: all of these", "[{age: at least 18}]"},
    Word{"fee", Takes::fee, none_or_not_known, "What it costs", "50 USD", Setting::fee},
    Word{"lasts", Takes::mapping, "", "How long a term is", "{term: 2 years, ends: birthday}", Setting::lasts},
    Word{"see", Takes::name, "", "Source of everything inside", "Recert"},
    Word{"note", Takes::text, "", "A remark for people", "Read twice."},
};
constexpr std::array filing{
    Word{"opens", Takes::day_phrase, none_or_not_known, "First day one may file", "90 days before expiry"},
    Word{"until", Takes::day_phrase, none_or_not_known, "Last day one may file", "expiry"},
    Word{"filed means", Takes::choice, "postmark|receipt|complete file|unknown|nothing said", "What counts as filed", "postmark"},
    Word{"closed day", Takes::choice, "next business day|no extension|unknown|nothing said", "What a closed day does", "next business day"},
    Word{"see", Takes::name, "", "Source", "Recert"},
};
constexpr std::array fee{
    Word{"name", Takes::text, "", "What it is for", "renewal"},
    Word{"amount", Takes::amount, none_or_not_known, "How much", "55 USD"},
    Word{"see", Takes::name, "", "Source", "Recert"},
};
constexpr std::array lasts{
    Word{"term", Takes::span, "", "How long a term is", "2 years"},
    Word{"ends", Takes::text, "anniversary|birthday|fixed day|month end|no end", "The clock: a built-in one, or a plugin's", "birthday"},
    Word{"renewals", Takes::text, "", "How often it can be renewed", "at most 4"},
    Word{"see", Takes::name, "", "Source", "Recert"},
};
constexpr std::array anniversary{
    Word{"last day", Takes::choice, "the anniversary|the day before", "Which is the last day of a term", "the day before"},
    Word{"February 29", Takes::choice, leap_words, "What 29 February becomes in other years", "february 28"},
    Word{"short month", Takes::choice, "last day of that month", "What the 31st becomes in a shorter month", "last day of that month"},
    Word{"anchor", Takes::choice, "first issue", "Counted from the first term, so that it does not drift", "first issue"},
};
constexpr std::array birthday{
    Word{"last day", Takes::choice, "the birthday|the day before", "Which is the last day of a term", "the birthday"},
    Word{"February 29", Takes::choice, leap_words, "What 29 February becomes in other years", "february 28"},
    Word{"first term", Takes::text, "to the next birthday", "Where the first term ends", "to the next birthday, or the one after when issued within 90 days of it"},
};
constexpr std::array fixed_day{
    Word{"day", Takes::month_day, "", "The day", "October 31"},
    Word{"first term", Takes::text, "to the next such day|2 years", "Where the first term ends", "to the next such day"},
};
constexpr std::array clause{
    Word{"name", Takes::text, "", "What the clause is called", "continuing education"},
    Word{"see", Takes::name, "", "Source mark; holds for everything inside", "Recert"},
    Word{"note", Takes::text, "", "A remark for people", "Read twice."},
    Word{"unless", Takes::clause, "", "When this is met, the clause is not asked", "{fact: employer training}"},
};
// Words that choose among entries, in the same wording wherever entries are chosen.
constexpr Word only_word{"only", Takes::names, "", "Entries that carry all of these words", "[peer-specific]"};
constexpr Word not_word{"does not count", Takes::texts, "", "Entries with any of these words do not count", "[video, book]"};
constexpr Word except_word{"except", Takes::texts, "", "... unless one of these is there too", "[observed service]"};
constexpr Word courses_word{"courses", Takes::texts, "", "Only these courses, any of them", "[wi-approved-curriculum]"};
constexpr Word providers_word{"providers", Takes::texts, "", "Only from these providers, any of them", "[network]"};
constexpr Word while_word{"while", Takes::name, "", "Only while the person held this level", "trainee"};
constexpr Word by_word{"by", Takes::name, "", "Confirmed by a holder of this level or meaning", "approved supervisor"};
constexpr Word proof_word{"proof", Takes::texts, "", "What the evidence must carry", "[supervisor's statement]"};
constexpr Word dated_word{"dated", Takes::dated, "in the term|ever", "When", "in the term"};
constexpr Word absent_word{"absent", Takes::choice, absent_words, "What holds while the day it hangs on has not come", "nothing counts yet"};
constexpr Word held_for_word{"held for", Takes::text, "", "How long in all", "at least 1 year"};
constexpr Word measured_at_word{"measured at", Takes::day_phrase, "", "The day that decides", "applying"};

constexpr std::array entries{
    Word{"signed", Takes::choice, "again", "Made anew for this filing", "again"},
    only_word, not_word, except_word, providers_word, while_word, by_word, proof_word, dated_word, absent_word,
};
constexpr std::array fact{
    held_for_word,
    Word{"not on record means", Takes::choice, "not met|needs a decision|met", "What silence means", "not met"},
    only_word, not_word, except_word, while_word, by_word, proof_word, dated_word, absent_word,
};
constexpr std::array age{
    measured_at_word,
    Word{"February 29", Takes::choice, "february 28|march 1|unknown|nothing said", "When someone born on 29 February turns", "nothing said"},
};
constexpr std::array exam{
    Word{"pass", Takes::bound, "as the examiner says|unknown|nothing said", "The mark", "at least 85 %"},
    dated_word, absent_word,
};
constexpr std::array measure{
    only_word, not_word, except_word, courses_word, providers_word, while_word, by_word, proof_word, dated_word, absent_word,
    Word{"same course", Takes::choice, "once per term|once ever", "A course taken twice counts", "once per term"},
    Word{"adds up from", Takes::list, "", "Disjoint pieces that are added", "[{dated: from 2025-07-01, while: trainee}]", Setting::piece},
    Word{"of which", Takes::parts, "", "Parts of the total", "{peer-specific: at least 14 h}", Setting::part},
    Word{"an hour counts in", Takes::choice, "one part|several parts", "Whether one hour can fill several parts", "one part"},
    Word{"surplus", Takes::choice, "counts in the total|counts for nothing", "What a part has over its minimum", "counts in the total"},
    Word{"own clock", Takes::text, "", "Asked once in so long, whatever the term", "every 6 years"},
    Word{"every", Takes::span, "", "No stretch of this length without one", "2 weeks"},
    Word{"no gap when", Takes::name, "", "Fact that excuses a stretch", "no participant contact"},
};
constexpr std::array attendance{
    Word{"units", Takes::texts, "", "Only these units, any of them", "[day 1, day 2]"},
};
constexpr std::array ce{
    Word{"first renewal", Takes::choice, "asked in full|not before the first full term|not asked|prorated|unknown|nothing said", "What the first renewal asks", "asked in full"},
    Word{"carry over", Takes::amount, none_or_not_known, "How much goes over into the next term", "none"},
    Word{"counts in the total", Takes::choice, yes_or_not_known, "Whether these hours are also hours of the first CE clause", "yes"},
};
constexpr std::array credential{
    Word{"level", Takes::name, "", "At which level", "certified"}, measured_at_word, held_for_word,
};
constexpr std::array conditional{
    Word{"then", Takes::clause, "", "What is asked when it is met", "[{training: ethics}]"},
    Word{"otherwise", Takes::clause, "", "What is asked when it is not", "[{training: basics}]"},
};
constexpr std::array everything{
    Word{"without", Takes::texts, "", "Named clauses to leave out", "[pursuing hours]"},
};
constexpr std::array attempts{
    Word{"at most", Takes::text, none_or_not_known, "How many", "3"},
    Word{"part", Takes::texts, "", "Of which exam part", "written"},
    Word{"counted", Takes::dated, "in the term|ever", "In which time", "within 1 year after first attempt written"},
    absent_word,
    Word{"pause", Takes::span, "", "Least time between two attempts", "3 months"},
    Word{"a no-show", Takes::choice, "counts|does not count|unknown|nothing said", "Whether staying away is an attempt", "nothing said"},
    Word{"when used up", Takes::text, "", "What opens the way again", "train again"},
};
constexpr std::array piece{
    Word{"name", Takes::text, "", "What the piece is called", "as trainee"},
    only_word, not_word, except_word, courses_word, providers_word, while_word, by_word, proof_word, dated_word, absent_word,
    Word{"fact", Takes::name, "", "A fact instead of entries", "agency-affiliated counselor"},
    held_for_word,
    Word{"worth", Takes::amount, "", "What the fact is worth", "1000 h"},
    Word{"at most", Takes::amount, "", "What the piece counts at most", "500 h"},
};
constexpr std::array part{
    Word{"at least", Takes::amount, "", "Minimum", "14 h"},
    Word{"at most", Takes::amount, "", "Cap", "14 h"},
    Word{"inside", Takes::name, "", "The part it lies in", "other"},
    only_word, not_word, except_word, courses_word, while_word, by_word, proof_word, dated_word, absent_word,
};
constexpr std::array either{
    Word{"any of", Takes::texts, "", "One of these is enough", "[trainee, certified]"},
};
constexpr std::array after_expiry{
    Word{"see", Takes::name, "", "Source", "Recert"},
    Word{"holder may", Takes::texts, "nothing|unknown|nothing said", "What a holder may do on every rung that does not say", "nothing"},
    Word{"rungs", Takes::list, "", "Stretches, each beginning the day after the one above", "[{up to: no limit, called: expired}]", Setting::rung},
};
constexpr std::array rung{
    Word{"up to", Takes::rung_end, "no limit|unknown", "Its last day", "1 month after expiry"},
    Word{"arithmetic says", Takes::day_phrase, "", "What arithmetic gives for a day as printed", "6 months after expiry"},
    Word{"called", Takes::text, "", "What people are told", "late"},
    Word{"holder may", Takes::texts, "nothing|unknown|nothing said", "What a holder may do", "nothing"},
    Word{"fee", Takes::fee, none_or_not_known, "The whole fee of this rung", "{renewal: 55 USD, late: 25 USD}", Setting::fee},
    Word{"to come back", Takes::clause, "", "What is asked besides the renewal", "[{exam: competency, pass: at least 85 %}]"},
    Word{"instead of renewal", Takes::choice, "yes|no", "Whether that replaces the renewal's needs", "yes"},
    Word{"decides", Takes::text, "", "A question that only the body answers", "which side of three years this is"},
    Word{"see", Takes::name, "", "Source", "Recert"},
};
constexpr std::array purpose{
    Word{"level", Takes::names, "", "Who may", "certified"},
    Word{"dated", Takes::dated, "", "When: literal days", "from 2025-07-01"},
    Word{"restriction", Takes::mapping, "", "A condition for some levels", "{for: [trainee], says: under an approved supervisor}", Setting::restriction},
    Word{"employer confirms", Takes::texts, "", "What only an employer can answer", "[a benefit that includes peer specialists]"},
    Word{"see", Takes::name, "", "Source", "Benefit"},
};
constexpr std::array restriction{
    Word{"for", Takes::texts, "", "Levels it holds for", "[trainee]"},
    Word{"says", Takes::text, "", "The condition", "under an approved supervisor"},
};
constexpr std::array exception{
    Word{"name", Takes::text, "", "What it is called", "emergency 2021"},
    Word{"for fact", Takes::name, "", "People with this fact on record", "wi-2020-b"},
    Word{"dated", Takes::dated, "", "When: literal days", "from 2021-02-28 until 2021-08-30"},
    Word{"last day", Takes::day, "", "Their term then ends on this day", "2023-08-30"},
    Word{"not asked", Takes::texts, "", "Clauses not asked of them, once", "[continuing education]"},
    Word{"fee", Takes::choice, "waivable", "Whether the fee can be waived", "waivable"},
    Word{"see", Takes::name, "", "Source", "Emergency"},
    Word{"note", Takes::text, "", "A remark for people", "Read twice."},
};
constexpr std::array group{
    course_head[0], course_head[1], course_head[2], course_head[3], course_head[4], course_head[5], course_head[6],
    Word{"gives", Takes::text, "", "What those who completed it are given", "a certificate"},
    Word{"keeps no register", Takes::choice, "yes|no", "Attendance and membership must not be recorded", "yes"},
    Word{"never recorded", Takes::texts, "", "What nobody may record", "[who comes]"},
    Word{"see", Takes::name, "", "Source", "Charter"},
    Word{"note", Takes::text, "", "A remark for people", "Read twice."},
};
constexpr std::array category{
    Word{"title", Takes::text, "", "What it is called", "Engages peers"},
    Word{"items", Takes::items, "", "What belongs to it", "[label, label]", Setting::item},
    Word{"see", Takes::name, "", "Source", "SAMHSA"},
};
constexpr std::array item{
    Word{"code", Takes::name, "", "Its code, in a flat list", "c1"},
    Word{"label", Takes::text, "", "What is to be shown", "Listens to peers with careful attention"},
    Word{"see", Takes::name, "", "Source", "SAMHSA"},
};
constexpr std::array scale{
    Word{"words", Takes::texts, "", "Ratings, lowest first", "[not yet, shown]"},
    Word{"counts", Takes::texts, "", "The ratings that mean shown", "[shown]"},
};
constexpr std::array sign_off{
    Word{"by", Takes::names, "", "Level of who signs, current on the day observed", "co-facilitator"},
    Word{"assessors", Takes::number, "", "How many have to", "1"},
    Word{"methods", Takes::texts, "", "Accepted ways of observing", "[role play]"},
    Word{"entered within", Takes::span, "", "Later entry needs a reason", "14 days"},
    Word{"see", Takes::name, "", "Source", "Handbook"},
};
constexpr std::array case_file{
    Word{"cases for", Takes::text, "", "CODE EDITION", "wi-cps 2024"},
    Word{"cases", Takes::list, "", "The cases", "[]", Setting::test_case},
};
constexpr std::array test_case{
    Word{"name", Takes::text, "", "What the case shows", "one day too late"},
    Word{"asks", Takes::text, "", "The question", "to renew certified"},
    Word{"day", Takes::day, "", "The day it is asked for", "2024-02-29"},
    Word{"person", Takes::mapping, "", "Days of the person", "{born: 1980-03-15}", Setting::person},
    Word{"ledger", Takes::list, "", "Entries, numbered from 1", "[{day: 2024-01-01, CE: 5 h}]", Setting::ledger_line},
    Word{"leaders", Takes::list, "", "Who leads", "[{holds: [{level: co-facilitator, from: 2024-01-01}]}]", Setting::leader},
    Word{"people", Takes::number, "", "How many come", "9"},
    Word{"expect", Takes::mapping, "", "What must come out", "{answer: met}", Setting::expectations},
    Word{"note", Takes::text, "", "A remark for people", "Vector 2."},
};
constexpr std::array person{
    Word{"born", Takes::day, "", "Birthday", "1980-03-15"},
    Word{"applied", Takes::day, "", "Day of applying", "2024-01-10"},
    Word{"issued", Takes::day, "", "Day of the decision to issue", "2024-02-01"},
    Word{"passed", Takes::day, "", "Day the exam was passed", "2023-11-20"},
    Word{"holds", Takes::list, "", "Terms already issued", "[{level: trainee, from: 2025-09-01, until: 2026-08-31}]", Setting::holding},
};
constexpr std::array holding{
    Word{"track", Takes::name, "", "Another track; this one if left out", "wa-cpss"},
    Word{"level", Takes::name, "", "Level", "trainee"},
    Word{"from", Takes::day, "", "First day", "2025-09-01"},
    Word{"until", Takes::day, "no end", "Last day", "2026-08-31"},
    Word{"number", Takes::number, "", "Which term it is", "1"},
};
constexpr std::array leader{
    Word{"holds", Takes::list, "", "Terms already issued", "[{level: co-facilitator, from: 2024-01-01}]", Setting::holding},
    Word{"ledger", Takes::list, "", "Entries", "[]", Setting::ledger_line},
    Word{"born", Takes::day, "", "Birthday", "1980-03-15"},
};
constexpr std::array ledger_line{
    Word{"day", Takes::day, "", "The day", "2024-01-01"},
    Word{"from", Takes::day, "", "First day", "2024-01-01"},
    Word{"until", Takes::day, "no end", "Last day", "2024-06-30"},
    Word{"CE", Takes::amount, "", "Continuing education", "11 h"},
    Word{"practice", Takes::amount, "", "Practice hours", "400 h"},
    Word{"supervision", Takes::amount, "", "Supervision", "2 h"},
    Word{"training hours", Takes::amount, "", "Hours of a course", "40 h"},
    Word{"attendance", Takes::amount, "", "Presence at a session", "2.5 h"},
    Word{"training", Takes::name, "", "A course completed", "wrap-seminar-2"},
    Word{"statement", Takes::name, "", "A statement made", "lived experience"},
    Word{"document", Takes::name, "", "A document on file", "high-school diploma"},
    Word{"schooling", Takes::name, "", "Schooling on file", "GED"},
    Word{"fact", Takes::name, "", "Something true from day to day", "in an apprenticeship"},
    Word{"competency", Takes::name, "", "A competency observed", "ecpr/ECPR.C"},
    Word{"exam", Takes::name, "", "An attempt at an exam part", "written"},
    Word{"decision", Takes::name, "", "The body decided on a clause", "competence"},
    Word{"activity", Takes::name, "", "Something led or done", "wrap-group"},
    Word{"as", Takes::texts, "", "Words it carries", "[peer-specific]"},
    Word{"course", Takes::name, "", "Course of CE or training hours", "ethics-1"},
    Word{"unit", Takes::name, "", "Unit of the session", "day 1"},
    Word{"provider", Takes::name, "", "Who gave it", "network"},
    Word{"by", Takes::name, "", "Role of who confirmed", "approved supervisor"},
    Word{"by from", Takes::day, "", "First day that person held the role", "2025-01-01"},
    Word{"by until", Takes::day, "no end", "Last day that person held the role", "2026-01-01"},
    Word{"score", Takes::amount, "", "Score", "86 %"},
    Word{"hours", Takes::amount, "", "Hours of a training", "20 h"},
    Word{"result", Takes::choice, "passed|not yet|no-show|shown|not observed|approved|refused|pending", "How it ended", "passed"},
    Word{"session", Takes::number, "", "Session it belongs to", "3"},
    Word{"cohort", Takes::number, "", "Cohort it belongs to", "1"},
};
constexpr std::array expectations{
    Word{"answer", Takes::choice, "met|not met|needs a decision|not applicable|refused", "The answer", "met"},
    Word{"last day", Takes::day, "no end", "Last day of the term", "2025-10-31"},
    Word{"have", Takes::amounts, "", "What counts, by clause", "{continuing education: 26 h}"},
    Word{"missing", Takes::amounts, "", "What is missing, by clause or part", "{peer-specific: 4 h}"},
    Word{"refused", Takes::reasons, "", "Entries that do not count, and why", "{2: not at level}"},
    Word{"fee", Takes::amount, none_or_not_known, "The whole fee", "80 USD"},
    Word{"called", Takes::text, "", "What the status is called", "late"},
    Word{"holds until", Takes::day, "no end", "Last day the answer holds", "2025-03-01"},
    Word{"title", Takes::text, "", "The title", "Certified Peer Specialist"},
    Word{"edition", Takes::name, "", "The edition selected", "2024"},
    Word{"holder may", Takes::texts, "nothing|unknown|nothing said", "What a holder may do", "nothing"},
    Word{"why", Takes::text, "", "The reason given, word for word", "sitting in a talk is not learning to facilitate"},
};

constexpr Word entry_kind(std::string_view word, std::string_view help, std::string_view example) {
    return {word, Takes::names, "", help, example};
}
constexpr Word measure_kind(std::string_view word, std::string_view help, std::string_view example) {
    return {word, Takes::bound, none_or_not_known, help, example};
}
constexpr std::array kinds{
    KindWord{{"all of", Takes::clauses, "", "Every one of these", "[{age: at least 18}]"}},
    KindWord{{"any of", Takes::clauses, "", "One of these is enough", "[{training: a}, {training: b}]"}},
    KindWord{{"at least N of", Takes::clauses, "", "So many of these (N is a number)", "[{training: a}, {training: b}]"}},
    KindWord{{"if", Takes::clause, "", "Asked first", "{fact: supervises}"}, Setting::conditional},
    KindWord{{"everything", Takes::text, "", "The needs of another step", "to become trainee"}, Setting::everything},
    KindWord{{"meaning", Takes::name, "", "A rule with a name of its own", "approved supervisor"}},
    KindWord{{"body decides", Takes::text, "", "A person or board decides", "competence"}},
    KindWord{{"unknown", Takes::text, "", "There must be a rule here; it was not found", "hours for each topic"}},
    KindWord{{"nothing said", Takes::text, "", "The source was read and is silent", "older certificates"}},
    KindWord{{"asked on", Takes::dated, "", "Holds while the asked day lies within: literal days", "until 2028-06-30"}},
    KindWord{{"age", Takes::bound, "", "Age in whole years", "at least 18"}, Setting::age},
    KindWord{entry_kind("statement", "A statement made", "lived experience"), Setting::entries},
    KindWord{entry_kind("document", "A document on file", "background check"), Setting::entries},
    KindWord{entry_kind("schooling", "Schooling on file", "{any of: [high-school diploma, GED]}"), Setting::entries},
    KindWord{entry_kind("training", "A course completed", "wi-approved-curriculum"), Setting::entries},
    KindWord{entry_kind("competency", "A competency shown, as framework/code", "ecpr/ECPR.C"), Setting::entries},
    KindWord{entry_kind("fact", "Something true of the person", "in an apprenticeship"), Setting::fact},
    KindWord{{"exam", Takes::texts, "", "Every named part passed", "[written, oral]"}, Setting::exam},
    KindWord{{"attempts", Takes::mapping, "", "How often an exam may be tried", "{at most: 3, a no-show: counts}", Setting::attempts}},
    KindWord{measure_kind("practice", "Hours of peer support", "at least 500 h"), Setting::measure},
    KindWord{measure_kind("supervision", "Hours or times of supervision", "at least 12 h"), Setting::measure},
    KindWord{measure_kind("CE", "Continuing education", "at least 20 h"), Setting::ce},
    KindWord{measure_kind("training hours", "Hours of courses", "at least 40 h"), Setting::measure},
    KindWord{measure_kind("activity", "Something led or done", "at least 3 times"), Setting::measure},
    KindWord{measure_kind("attendance", "Presence at sessions", "at least 16 h"), Setting::attendance},
    KindWord{{"holds", Takes::name, "", "Another credential in force", "wa-cpss"}, Setting::credential},
    KindWord{{"level", Takes::name, "", "A level of this file in force", "trainee"}, Setting::credential},
};

} // namespace

std::span<const Word> words_of(Setting setting) {
    switch (setting) {
    case Setting::head: return head;
    case Setting::course_head: return course_head;
    case Setting::in_force: return in_force;
    case Setting::titled: return titled;
    case Setting::changes: return changes;
    case Setting::step_changes: return step_changes;
    case Setting::source: return source;
    case Setting::level: return level;
    case Setting::step: return step;
    case Setting::filing: return filing;
    case Setting::fee: return fee;
    case Setting::lasts: return lasts;
    case Setting::anniversary: return anniversary;
    case Setting::birthday: return birthday;
    case Setting::fixed_day: return fixed_day;
    case Setting::clause: return clause;
    case Setting::entries: return entries;
    case Setting::fact: return fact;
    case Setting::age: return age;
    case Setting::exam: return exam;
    case Setting::measure: return measure;
    case Setting::attendance: return attendance;
    case Setting::ce: return ce;
    case Setting::credential: return credential;
    case Setting::conditional: return conditional;
    case Setting::everything: return everything;
    case Setting::attempts: return attempts;
    case Setting::piece: return piece;
    case Setting::part: return part;
    case Setting::either: return either;
    case Setting::after_expiry: return after_expiry;
    case Setting::rung: return rung;
    case Setting::purpose: return purpose;
    case Setting::restriction: return restriction;
    case Setting::exception: return exception;
    case Setting::group: return group;
    case Setting::category: return category;
    case Setting::item: return item;
    case Setting::scale: return scale;
    case Setting::sign_off: return sign_off;
    case Setting::case_file: return case_file;
    case Setting::test_case: return test_case;
    case Setting::person: return person;
    case Setting::holding: return holding;
    case Setting::leader: return leader;
    case Setting::ledger_line: return ledger_line;
    case Setting::expectations: return expectations;
    case Setting::none: return {};
    }
    return {};
}

std::span<const KindWord> kind_words() { return kinds; }

const Word* find_word(Setting setting, std::string_view word) {
    for (const Word& one : words_of(setting))
        if (one.word == word)
            return &one;
    return nullptr;
}

const KindWord* find_kind_word(std::string_view word) {
    if (word.starts_with("at least ") && word.ends_with(" of"))
        word = "at least N of";
    for (const KindWord& one : kinds)
        if (one.word.word == word)
            return &one;
    return nullptr;
}

std::vector<std::string_view> split_words(std::string_view allowed) {
    std::vector<std::string_view> words;
    while (!allowed.empty()) {
        const std::size_t end = std::min(allowed.find('|'), allowed.size());
        words.push_back(allowed.substr(0, end));
        allowed.remove_prefix(std::min(end + 1, allowed.size()));
    }
    return words;
}

std::string one_of(const std::vector<std::string_view>& words) {
    std::string text;
    for (std::size_t at = 0; at < words.size(); ++at)
        text += (at == 0 ? "" : at + 1 == words.size() ? " or " : ", ") + std::string(words[at]);
    return text;
}

std::span<const std::string_view> step_verbs() {
    static constexpr std::array<std::string_view, 5> verbs{"become", "renew", "extend", "add", "transfer"};
    return verbs;
}

} // namespace peercert::curricula
