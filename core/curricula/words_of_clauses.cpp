#include "curricula/word_tables.hpp"

#include <array>

namespace peercert::curricula {

namespace {

// clang-format off: one word a line
constexpr std::string_view none_or_not_known = "none|unknown|nothing said";
constexpr std::string_view yes_or_not_known = "yes|no|unknown|nothing said";
constexpr std::string_view absent_words = "nothing counts yet|not begun|open";

constexpr std::array clause{
    Word{"name", Takes::text, "", "What the clause is called", "continuing education"},
    Word{"see", Takes::name, "", "Source mark; holds for everything inside", "Recert"},
    Word{"note", Takes::text, "", "A remark for people", "Read twice."},
    Word{"unless", Takes::clause, "", "When this is met, the clause is not asked", "{fact: employer training}"},
};
// Words that choose among entries, in the same wording wherever entries are chosen.
constexpr Word only_word{"only", Takes::names, "", "Entries that carry all of these words", "[peer-specific]"};
constexpr Word not_word{"does not count", Takes::texts, "", "Entries with any of these words do not count",
                        "[video, book]"};
constexpr Word except_word{"except", Takes::texts, "", "... unless one of these is there too", "[observed service]"};
constexpr Word courses_word{"courses", Takes::texts, "", "Only these courses, any of them", "[wi-approved-curriculum]"};
constexpr Word providers_word{"providers", Takes::texts, "", "Only from these providers, any of them", "[network]"};
constexpr Word while_word{"while", Takes::name, "", "Only while the person held this level", "trainee"};
constexpr Word by_word{"by", Takes::name, "", "Confirmed by a holder of this level or meaning", "approved supervisor"};
constexpr Word proof_word{"proof", Takes::texts, "", "What the evidence must carry", "[supervisor's statement]"};
constexpr Word dated_word{"dated", Takes::dated, "in the term|ever", "When", "in the term"};
constexpr Word absent_word{"absent", Takes::choice, absent_words, "What holds while the day it hangs on has not come",
                           "nothing counts yet"};
constexpr Word held_for_word{"held for", Takes::text, "", "How long in all", "at least 1 year"};
constexpr Word not_used_word{"not used by",
                             Takes::uses,
                             "",
                             "Not what a decision of that track relied on",
                             "{track: wi-cps, only: {any of: [cultural humility, trauma]}}",
                             Setting::not_used_by};
constexpr Word letter_word{"letter of each provider", Takes::name, "",
                           "Only where that document of the same provider is on record", "confirmation of hours"};
constexpr Word leap_word{"February 29", Takes::choice, "february 28|march 1|unknown|nothing said",
                         "When a year or a month from 29 February is over", "nothing said"};
constexpr Word measured_at_word{"measured at", Takes::day_phrase, "", "The day that decides", "applying"};
constexpr std::array entries{
    Word{"signed", Takes::choice, "again", "Made anew for this filing", "again"},
    only_word,
    not_word,
    except_word,
    providers_word,
    while_word,
    by_word,
    proof_word,
    not_used_word,
    letter_word,
    dated_word,
    absent_word,
};
constexpr std::array fact{
    held_for_word,
    Word{"in a row", Takes::choice, "yes|once", "Without a break up to the day, or in any one stretch", "yes"},
    leap_word,
    Word{"not on record means", Takes::choice, "not met|needs a decision|met", "What silence means", "not met"},
    only_word,
    not_word,
    except_word,
    while_word,
    by_word,
    proof_word,
    dated_word,
    absent_word,
};
constexpr std::array age{
    measured_at_word,
    Word{"February 29", Takes::choice, "february 28|march 1|unknown|nothing said",
         "When someone born on 29 February turns", "nothing said"},
};
constexpr std::array exam{
    Word{"pass", Takes::bound, "as the examiner says|unknown|nothing said", "The mark", "at least 85 %"},
    Word{"pass together", Takes::bound, "", "The mark of all parts together, the best score of each", "at least 80 %"},
    Word{"weights", Takes::amounts, "unknown|nothing said", "How much each part weighs in it", "{oral: 1, written: 1}"},
    dated_word,
    absent_word,
};
constexpr std::array measure{
    only_word,
    not_word,
    except_word,
    courses_word,
    providers_word,
    while_word,
    by_word,
    proof_word,
    dated_word,
    absent_word,
    not_used_word,
    letter_word,
    Word{"each at least", Takes::amount, "", "Entries shorter than this count for nothing", "1 h"},
    Word{"whole", Takes::amount, "", "Each entry counts in whole units of this size", "1 h"},
    Word{"from at least", Takes::text, "", "From so many different courses", "5 courses"},
    Word{"from different providers", Takes::choice, "yes|no", "Of one provider one counts", "yes"},
    Word{"for every", Takes::mapping, "", "Asked once for each such amount of another clause",
         "{25 h of: practice, a part of it: asks for nothing}", Setting::for_every},
    Word{"for each year of the term", Takes::choice, "yes|no", "Asked once for each year of the term asked for", "yes"},
    Word{"in each", Takes::mapping, "", "Asked of every whole week, month or quarter",
         "{calendar month: at least 2 times}", Setting::in_each},
    Word{"a week begins", Takes::choice, "Monday|Sunday|unknown|nothing said", "Which day a calendar week begins on",
         "nothing said"},
    Word{"same course", Takes::choice, "once per term|once ever", "A course taken twice counts", "once per term"},
    Word{"adds up from", Takes::list, "", "Disjoint pieces that are added",
         "[{dated: from 2025-07-01, while: trainee}]", Setting::piece},
    Word{"of which", Takes::parts, "", "Parts of the total", "{peer-specific: at least 14 h}", Setting::part},
    Word{"an hour counts in", Takes::choice, "one part|several parts", "Whether one hour can fill several parts",
         "one part"},
    Word{"surplus", Takes::choice, "counts in the total|counts for nothing|unknown|nothing said",
         "What a part has over its minimum", "counts in the total"},
    Word{"own clock", Takes::text, "", "Asked once in so long, whatever the term", "every 6 years"},
    Word{"every", Takes::span, "", "No stretch of this length without one", "2 weeks"},
    Word{"no gap when", Takes::name, "", "Fact that excuses a stretch", "no participant contact"},
};
constexpr std::array attendance{
    Word{"units", Takes::texts, "", "Only these units, any of them", "[day 1, day 2]"},
};
constexpr std::array ce{
    Word{"first renewal", Takes::choice,
         "asked in full|not before the first full term|not asked|prorated|unknown|nothing said",
         "What the first renewal asks", "asked in full"},
    Word{"carry over", Takes::amount, none_or_not_known, "How much goes over into the next term", "none"},
    Word{"counts in the total", Takes::choice, yes_or_not_known,
         "Whether these hours are also hours of the first CE clause", "yes"},
};
constexpr std::array for_every{
    Word{"N h of", Takes::name, "", "Of which clause (N is a number; also min, times, documents)", "practice"},
    Word{"a part of it", Takes::choice, "asks for one more|asks for nothing|unknown|nothing said",
         "What less than a whole one asks", "asks for nothing"},
};
constexpr std::array in_each{
    Word{"calendar week", Takes::bound, "", "In each week", "at least 1 times"},
    Word{"calendar month", Takes::bound, "", "In each month", "at least 2 times"},
    Word{"calendar quarter", Takes::bound, "", "In each three months from January, April, July or October",
         "at least 6 h"},
};
constexpr std::array not_used_by{
    Word{"track", Takes::name, "", "Whose decisions", "wi-cps"},
    Word{"only", Takes::names, "", "Only entries that carry all of these words", "[ethics]"},
};
constexpr std::array in_order{
    Word{"same day", Takes::choice, "allowed|not allowed|unknown|nothing said", "Whether two of them may be on one day",
         "allowed"},
};
constexpr std::array credential{
    Word{"level", Takes::name, "", "At which level", "certified"},
    Word{"in good standing", Takes::choice, "yes|no", "And no complaint is pending against it", "yes"},
    measured_at_word,
    held_for_word,
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
    Word{"each part on its own", Takes::choice, "yes|no", "The limit holds for every part by itself", "yes"},
    Word{"counted", Takes::dated, "in the term|ever", "In which time, or in the same CALENDAR",
         "within 1 year after first attempt written"},
    Word{"after", Takes::pairs, "", "What the body decides after so many tries", "{3: whether remediation is done}"},
    absent_word,
    Word{"pause", Takes::span, "", "Least time between two attempts", "3 months"},
    Word{"a no-show", Takes::choice, "counts|does not count|unknown|nothing said", "Whether staying away is an attempt",
         "nothing said"},
    Word{"when used up", Takes::text, "", "What opens the way again", "train again"},
};
constexpr std::array piece{
    Word{"name", Takes::text, "", "What the piece is called", "as trainee"},
    only_word,
    not_word,
    except_word,
    courses_word,
    providers_word,
    while_word,
    by_word,
    proof_word,
    not_used_word,
    letter_word,
    dated_word,
    absent_word,
    Word{"fact", Takes::name, "", "A fact instead of entries", "agency-affiliated counselor"},
    held_for_word,
    Word{"worth", Takes::amount, "", "What the fact is worth, or each hour in %", "1000 h"},
    Word{"at most", Takes::amount, "", "What the piece counts at most", "500 h"},
};
constexpr std::array part{
    Word{"at least", Takes::amount, "unknown|nothing said", "Minimum", "14 h"},
    Word{"at most", Takes::amount, "", "Cap", "14 h"},
    Word{"share of", Takes::choice, "required|claimed", "Of what its minimum or cap in % is a share", "required"},
    Word{"inside", Takes::name, "", "The part it lies in", "other"},
    only_word,
    not_word,
    except_word,
    courses_word,
    providers_word,
    while_word,
    by_word,
    proof_word,
    not_used_word,
    dated_word,
    absent_word,
};
constexpr std::array either{
    Word{"any of", Takes::texts, "", "One of these is enough", "[trainee, certified]"},
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
    KindWord{
        {"at least N of", Takes::clauses, "", "So many of these (N is a number)", "[{training: a}, {training: b}]"}},
    KindWord{{"none of", Takes::clauses, "", "Not one of these may be so", "[{fact: on probation}]"}},
    KindWord{{"in this order", Takes::ordered, "", "One after the other", "[{training: core}, applying]"},
             Setting::in_order},
    KindWord{{"if", Takes::clause, "", "Asked first", "{fact: supervises}"}, Setting::conditional},
    KindWord{{"everything", Takes::text, "", "The needs of another step", "to become trainee"}, Setting::everything},
    KindWord{{"meaning", Takes::name, "", "A rule with a name of its own", "approved supervisor"}},
    KindWord{{"body decides", Takes::text, "", "A person or board decides", "competence"}},
    KindWord{{"unknown", Takes::text, "", "There must be a rule here; it was not found", "hours for each topic"}},
    KindWord{{"nothing said", Takes::text, "", "The source was read and is silent", "older certificates"}},
    KindWord{{"asked on", Takes::dated, "", "Holds while the asked day lies within: literal days", "until 2028-06-30"}},
    KindWord{
        {"applied on", Takes::dated, "", "Holds if the day of applying lies within: literal days", "from 2018-08-31"}},
    KindWord{{"age", Takes::bound, "", "Age in whole years", "at least 18"}, Setting::age},
    KindWord{entry_kind("statement", "A statement made", "lived experience"), Setting::entries},
    KindWord{entry_kind("document", "A document on file", "background check"), Setting::entries},
    KindWord{entry_kind("schooling", "Schooling on file", "{any of: [high-school diploma, GED]}"), Setting::entries},
    KindWord{entry_kind("training", "A course completed", "wi-approved-curriculum"), Setting::entries},
    KindWord{entry_kind("competency", "A competency shown, as framework/code", "ecpr/ECPR.C"), Setting::entries},
    KindWord{entry_kind("fact", "Something true of the person", "in an apprenticeship"), Setting::fact},
    KindWord{{"exam", Takes::texts, "", "Every named part passed", "[written, oral]"}, Setting::exam},
    KindWord{{"attempts", Takes::mapping, "", "How often an exam may be tried", "{at most: 3, a no-show: counts}",
              Setting::attempts}},
    KindWord{measure_kind("practice", "Hours of peer support", "at least 500 h"), Setting::measure},
    KindWord{measure_kind("supervision", "Hours or times of supervision", "at least 12 h"), Setting::measure},
    KindWord{measure_kind("CE", "Continuing education", "at least 20 h"), Setting::ce},
    KindWord{measure_kind("training hours", "Hours of courses", "at least 40 h"), Setting::measure},
    KindWord{measure_kind("documents", "Documents on file, counted: references, letters", "at least 3 documents"),
             Setting::measure},
    KindWord{measure_kind("activity", "Something led or done", "at least 3 times"), Setting::measure},
    KindWord{measure_kind("attendance", "Presence at sessions", "at least 16 h"), Setting::attendance},
    KindWord{{"holds", Takes::name, "", "Another credential in force", "wa-cpss"}, Setting::credential},
    KindWord{{"level", Takes::name, "", "A level of this file in force", "trainee"}, Setting::credential},
};
// clang-format on

} // namespace

std::span<const Word> clause_words(Setting setting) {
    switch (setting) {
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
    case Setting::in_order: return in_order;
    case Setting::attempts: return attempts;
    case Setting::for_every: return for_every;
    case Setting::in_each: return in_each;
    case Setting::not_used_by: return not_used_by;
    case Setting::piece: return piece;
    case Setting::part: return part;
    case Setting::either: return either;
    default: return {};
    }
}

std::span<const KindWord> kind_words() { return kinds; }

} // namespace peercert::curricula
