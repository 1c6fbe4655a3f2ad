#include "curricula/word_tables.hpp"

#include <array>

namespace peercert::curricula {

namespace {

// clang-format off: one word a line
constexpr std::string_view none_or_not_known = "none|unknown|nothing said";

constexpr std::array case_file{
    Word{"cases for", Takes::text, "", "CODE EDITION", "wi-cps 2024"},
    Word{"cases", Takes::list, "", "The cases", "[]", Setting::test_case},
    Word{"cannot fail", Takes::list, "", "Changes of the edition that no case can notice, each with its reason", "[]",
         Setting::excuse},
};
constexpr std::array excuse{
    Word{"text", Takes::text, "", "The text as it stands in the edition's file", "at least 20 h"},
    Word{"in", Takes::text, "", "Words that lead to it, when the text stands there more than once",
         "to renew certified / continuing education"},
    Word{"becomes", Takes::texts, "", "What it becomes unnoticed; left out: whatever goes unnoticed", "at most 20 h"},
    Word{"because", Takes::text, "", "Why no case can notice it", "both lines end on the same day"},
};
constexpr std::array test_case{
    Word{"name", Takes::text, "", "What the case shows", "one day too late"},
    Word{"asks", Takes::text, "", "The question", "to renew certified"},
    Word{"day", Takes::day, "", "The day it is asked for", "2024-02-29"},
    Word{"person", Takes::mapping, "", "Days of the person", "{born: 1980-03-15}", Setting::person},
    Word{"ledger", Takes::list, "", "Entries, numbered from 1", "[{day: 2024-01-01, CE: 5 h}]", Setting::ledger_line},
    Word{"leaders", Takes::list, "", "Who leads", "[{holds: [{level: co-facilitator, from: 2024-01-01}]}]",
         Setting::leader},
    Word{"people", Takes::number, "", "How many come", "9"},
    Word{"expect", Takes::mapping, "", "What must come out", "{answer: met}", Setting::expectations},
    Word{"note", Takes::text, "", "A remark for people", "Vector 2."},
};
constexpr std::array person{
    Word{"born", Takes::day, "", "Birthday", "1980-03-15"},
    Word{"applied", Takes::day, "", "Day of applying", "2024-01-10"},
    Word{"issued", Takes::day, "", "Day of the decision to issue", "2024-02-01"},
    Word{"passed", Takes::day, "", "Day the exam was passed", "2023-11-20"},
    Word{"approved", Takes::day, "", "Day the application was approved to go on", "2024-01-20"},
    Word{"asks for", Takes::span, "", "How long a term the holder asks for", "2 years"},
    Word{"holds", Takes::list, "", "Terms already issued", "[{level: trainee, from: 2025-09-01, until: 2026-08-31}]",
         Setting::holding},
};
constexpr std::array holding{
    Word{"track", Takes::name, "", "Another track; this one if left out", "wa-cpss"},
    Word{"level", Takes::name, "", "Level", "trainee"},
    Word{"from", Takes::day, "", "First day", "2025-09-01"},
    Word{"until", Takes::day, "no end", "Last day", "2026-08-31"},
    Word{"decided", Takes::day, "", "Day of the decision that gave it; its first day if left out", "2025-08-20"},
    Word{"number", Takes::number, "", "Which term it is", "1"},
};
constexpr std::array leader{
    Word{"holds", Takes::list, "", "Terms already issued", "[{level: co-facilitator, from: 2024-01-01}]",
         Setting::holding},
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
    Word{"used by", Takes::texts, "", "Tracks whose decision of that day relied on it", "[wi-cps]"},
    Word{"score", Takes::amount, "", "Score", "86 %"},
    Word{"hours", Takes::amount, "", "Hours of a training", "20 h"},
    Word{"result", Takes::choice, "passed|not yet|no-show|shown|not observed|approved|refused|pending", "How it ended",
         "passed"},
    Word{"session", Takes::number, "", "Session it belongs to", "3"},
    Word{"cohort", Takes::number, "", "Cohort it belongs to", "1"},
};
constexpr std::array expectations{
    Word{"answer", Takes::choice, "met|not met|needs a decision|not applicable|refused", "The answer", "met"},
    Word{"first day", Takes::day, "", "First day of the term", "2023-11-20"},
    Word{"last day", Takes::day, "no end", "Last day of the term", "2025-10-31"},
    Word{"shown until", Takes::day, "none", "The day up to which a public register shows it", "2025-11-30"},
    Word{"have", Takes::amounts, "", "What counts, by clause", "{continuing education: 26 h}"},
    Word{"missing", Takes::amounts, "", "What is missing, by clause or part", "{peer-specific: 4 h}"},
    Word{"refused", Takes::reasons, "", "Entries that do not count, and why", "{2: not at level}"},
    Word{"fee", Takes::amount, none_or_not_known, "The whole fee", "80 USD"},
    Word{"called", Takes::text, "", "What the status is called", "late"},
    Word{"holds until", Takes::day, "no end", "Last day the answer holds", "2025-03-01"},
    Word{"title", Takes::text, "", "The title", "Certified Peer Specialist"},
    Word{"edition", Takes::name, "none", "The edition selected, or none in force", "2024"},
    Word{"holder may", Takes::texts, "nothing|unknown|nothing said", "What a holder may do", "nothing"},
    Word{"filed means", Takes::choice, "postmark|receipt|complete file|unknown|nothing said", "What counts as filed",
         "postmark"},
    Word{"closed day", Takes::choice, "next business day|previous business day|no extension|unknown|nothing said",
         "What a closed day does", "next business day"},
    Word{"sessions", Takes::text, "", "How many sessions a group has, and how long", "8 of 2.5 h"},
    Word{"content", Takes::amount, "not said", "Hours of the whole group", "16 h"},
    Word{"assessors", Takes::text, "", "How many sign a competency off", "1"},
    Word{"entered within", Takes::text, "", "Until when a sign-off is entered without a reason", "14 days"},
    Word{"outcome", Takes::text, "needs a decision", "How taking part ended", "Level 1"},
    Word{"says", Takes::text, "", "How long a level lasts, as it is read aloud", "'1 year, by the clock: month end'"},
    Word{"why", Takes::text, "", "The reason given, word for word", "sitting in a talk is not learning to facilitate"},
};
// clang-format on

} // namespace

std::span<const Word> case_file_words(Setting setting) {
    switch (setting) {
    case Setting::case_file: return case_file;
    case Setting::test_case: return test_case;
    case Setting::person: return person;
    case Setting::holding: return holding;
    case Setting::leader: return leader;
    case Setting::ledger_line: return ledger_line;
    case Setting::expectations: return expectations;
    case Setting::excuse: return excuse;
    default: return {};
    }
}

} // namespace peercert::curricula
