#include "curricula/word_tables.hpp"

#include <array>

namespace peercert::curricula {

namespace {

// clang-format off: one word a line
constexpr std::string_view not_known = "unknown|nothing said";
constexpr std::string_view none_or_not_known = "none|unknown|nothing said";
constexpr std::string_view trust_words = "verified|verified but old|secondary|recalled|our reading|not found";

constexpr std::array head{
    Word{"track", Takes::name, "", "Code of a certification track", "wi-cps"},
    Word{"curriculum", Takes::name, "", "Code of a published curriculum", "wrap"},
    Word{"course", Takes::name, "", "Code of somebody's own small course", "eating-well"},
    Word{"framework", Takes::name, "", "Code of a list of competencies", "samhsa"},
    Word{"edition", Takes::name, "", "Which edition this is: letters, digits, points and hyphens", "2024"},
    Word{"title", Takes::text, "", "What it is called", "Wisconsin Certified Peer Specialist"},
    Word{"titles", Takes::list, "", "What it is called, by day, instead of title", "[{until: 2025-11-02, called: A}]",
         Setting::titled},
    Word{"public title", Takes::text, "", "A title for people who do not want the full one shown", "Peer worker"},
    Word{"author", Takes::text, "", "Who wrote it, as they wish to be named", "Alfred"},
    Word{"licence", Takes::text, "", "Under which terms it may be used", "CC BY 4.0"},
    Word{"learners", Takes::choice, "organization staff", "Whose training it is", "organization staff"},
    Word{"about", Takes::choice, "organizations", "It looks at organizations and never at a person", "organizations"},
    Word{"given by", Takes::text, "", "Who issues it", "Wisconsin Peer Specialist Employment Initiative"},
    Word{"zone", Takes::name, "", "Time zone whose days count", "America/Chicago"},
    Word{"in force", Takes::mapping, "", "From when until when, and which event chooses the edition",
         "{from: 2024-01-01, until: further notice, chosen by: applying}", Setting::in_force},
    Word{"replaces", Takes::name, "", "The edition before this one", "2019"},
    Word{"followed by", Takes::name, "", "The track that took the place of this one", "wa-cpss"},
    Word{"closed days", Takes::name, "", "The calendar by which business days are counted", "example-office"},
    Word{"closed day calendars", Takes::table, "", "Calendars of closed days, copied here from their files",
         "{example-office: {closed every: [Sunday]}}", Setting::calendar},
    Word{"register", Takes::mapping, "", "Who may look names up in the public register", "{shown to: with consent}",
         Setting::public_register},
    Word{"based on", Takes::text, "", "CODE EDITION of a file that this one changes", "wi-cps 2024"},
    Word{"changes", Takes::mapping, "", "What differs from the file it is based on",
         "{to become certified: {without: [age]}}", Setting::changes},
    Word{"uses", Takes::texts, "", "Plugins whose words the file uses", "[wrap]"},
    Word{"levels", Takes::levels, "", "The levels a person can hold", "[trainee, certified]", Setting::level},
    Word{"meanings", Takes::table, "", "Names for rules about a person", "{approved supervisor: {level: certified}}",
         Setting::clause},
    Word{"after expiry", Takes::rungs_or_word, not_known, "What happens after the last day of a term",
         "{rungs: [{up to: no limit, called: expired, holder may: nothing}]}", Setting::after_expiry},
    Word{"may", Takes::table, "", "What a holder may do", "{bill Medicaid: {level: certified}}", Setting::purpose},
    Word{"exceptions", Takes::list, "", "Dated exceptions for a named audience",
         "[{name: emergency 2021, for fact: wi-2020-b}]", Setting::exception},
    Word{"groups", Takes::table, "", "Ways of running it", "{weekly group: {size: 8 to 12 people}}", Setting::group},
    Word{"competencies", Takes::items, "", "What is signed off", "{I: {title: T, items: [label]}}", Setting::category},
    Word{"scale", Takes::mapping, "", "Words of a rating, lowest first", "{words: [not yet, shown], counts: [shown]}",
         Setting::scale},
    Word{"sign off", Takes::mapping, "", "Who may sign a competency off", "{by: facilitator, assessors: 1}",
         Setting::sign_off},
    Word{"never recorded", Takes::texts, "", "What nobody may record", "[attendance, names]"},
    Word{"courses", Takes::texts, "", "Courses that clauses name", "[wi-approved-curriculum]"},
    Word{"topics", Takes::texts, "", "Every other word that entries carry", "[peer-specific, law and ethics]"},
    Word{"units", Takes::amounts, "", "Units of its own: how long one is, or refused",
         "{CEU: 10 h, college credit: refused}"},
    Word{"older words", Takes::pairs, "", "Words of earlier editions, and what they are read as (or undecided)",
         "{advocacy-2016: advocacy}"},
    Word{"calendars", Takes::periods, "", "Named periods of the body, in order",
         "{academic term: [{from: 2025-01-15, until: 2025-05-15}]}", Setting::period},
    Word{"sources", Takes::table, "", "Where it comes from, and how sure that is",
         "{Recert: {what: recertification page, as of: 2024-05, trust: verified}}", Setting::source},
    Word{"note", Takes::text, "", "A remark for people", "Read twice."},
    Word{"known warnings", Takes::list, "", "Warnings of curriculum lint that are kept, each with its reason",
         "[{says: 3 h may come from anything, because: the page says so}]", Setting::known_warning},
};
constexpr std::array known_warning{
    Word{"says", Takes::text, "", "Words out of the warning", "3 h may come from anything"},
    Word{"because", Takes::text, "", "Why it is kept", "the page says so"},
};
constexpr std::array course_head{
    Word{"size", Takes::bound, not_known, "How many people", "8 to 12 people"},
    Word{"sessions", Takes::text, not_known, "How many sessions, and how long", "8 of 2.5 h"},
    Word{"content", Takes::bound, not_known, "Hours of the whole", "at least 16 h"},
    Word{"units", Takes::texts, "", "Its parts in their order", "[key concepts, daily plan]"},
    Word{"led by", Takes::leaders, "", "One level for each leader, or \"anyone ...\" in the author's words",
         "anyone the author invites"},
    Word{"others", Takes::choice, "may lead along", "Leaders beyond those need no level", "may lead along"},
    Word{"learners for each leader", Takes::bound, "", "How many learners one leader may have", "at most 10"},
    Word{"completed by", Takes::clause, "", "What someone must have to have completed it",
         "[{attendance: at least 14 h}]"},
    Word{"missed at most", Takes::amount, "", "What one may miss of the whole; lateness counts", "5 h"},
    Word{"never missed", Takes::texts, "", "Units one has to be at from beginning to end", "[day 1, day 2]"},
    Word{"made up by", Takes::choice, "next round|make-up session|nothing|nothing said|unknown",
         "What makes up for what was missed", "next round"},
    Word{"outcomes", Takes::list, "", "How it can end, best first: the first whose needs are met",
         "[{called: passed, needs: [{attendance: at least 14 h}]}, {called: incomplete}]", Setting::outcome},
    Word{"completion", Takes::name, "", "Course word that completing it records", "eating-well"},
    Word{"everyone who comes gets", Takes::text, "", "What it gives", "a thank-you certificate"},
};
constexpr std::array in_force{
    Word{"from", Takes::day, "unknown", "First day", "2024-01-01"},
    Word{"until", Takes::day, "further notice|unknown", "Last day", "further notice"},
    Word{"in flight", Takes::mapping, "", "Who may still ask for the edition that this one replaces",
         "{may choose the older until: 2026-06-30}", Setting::in_flight},
    Word{"chosen by", Takes::choice,
         "applying|deadline|first session|attempt|issue|observed|asked|training completed|exam passed",
         "The event whose day selects the edition", "applying"},
};
constexpr std::array public_register{
    Word{"shown to", Takes::choice, "open|with consent|restricted|nothing said|unknown", "Who may look names up",
         "open"},
    Word{"see", Takes::name, "", "Source", "Registry"},
};
constexpr std::array in_flight{
    Word{"may choose the older until", Takes::day, "",
         "Last day (of the event that chooses) on which the older may be asked for", "2026-06-30"},
    Word{"note", Takes::text, "", "A remark for people", "Read twice."},
};
constexpr std::array titled{
    Word{"called", Takes::text, "", "The title", "Certified Peer Specialist"},
    Word{"from", Takes::day, "", "First day of this title", "2025-11-03"},
    Word{"until", Takes::day, "", "Last day of this title", "2025-11-02"},
};
constexpr std::array period{
    Word{"from", Takes::day, "", "First day", "2025-01-15"},
    Word{"until", Takes::day, "", "Last day", "2025-05-15"},
};
constexpr std::array<Word, 0> changes{};
constexpr std::array step_changes{
    Word{"change", Takes::any, "", "Words to put into named clauses, or into lasts, file, fee",
         "{age: {age: at least 21}}"},
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
    Word{"stays current", Takes::clause, "", "What keeps it current on a day",
         "{training: wrap-refresher, dated: within 2 years before asked}"},
    Word{"eligible while", Takes::clause, "", "What has to stay true while it is held",
         "[{age: at most 30, measured at: asked, February 29: march 1}]"},
    Word{"when no longer eligible", Takes::choice, "ends|keep to expiry|nothing said|unknown",
         "What becomes of it when that is no longer true", "keep to expiry"},
    Word{"lasts", Takes::mapping, "", "How long a term is", "{term: 2 years, ends: birthday}", Setting::lasts},
    Word{"see", Takes::name, "", "Source", "Formats"},
};
constexpr std::array step{
    Word{"coming from", Takes::texts, "", "Levels, one of which must be held", "[trainee]"},
    Word{"file", Takes::mapping, none_or_not_known, "When and how to file",
         "{opens: 90 days before expiry, until: expiry, filed means: postmark}", Setting::filing},
    Word{"needs", Takes::clauses, "", "What is asked: all of these", "[{age: at least 18}]"},
    Word{"stays open", Takes::day_phrase, "", "The last day on which the application can be granted",
         "12 months after approval"},
    Word{"then", Takes::choice, "a new application|nothing said|unknown", "What is left when it has closed",
         "a new application"},
    Word{"afterwards", Takes::mapping, "", "Facts recorded with the decision that grants it, from its day on",
         "{fact: grandfathered}", Setting::afterwards},
    Word{"decided within", Takes::span, "", "The body's own time to decide, for reports; also in business days",
         "60 days"},
    Word{"fee", Takes::fee, none_or_not_known, "What it costs", "50 USD", Setting::fee},
    Word{"lasts", Takes::mapping, "", "How long a term is", "{term: 2 years, ends: birthday}", Setting::lasts},
    Word{"see", Takes::name, "", "Source of everything inside", "Recert"},
    Word{"note", Takes::text, "", "A remark for people", "Read twice."},
};
constexpr std::array afterwards{
    Word{"fact", Takes::texts, "", "The fact, or several", "grandfathered"},
};
constexpr std::array calendar{
    Word{"closed every", Takes::texts, "", "Days of the week that are closed", "[Saturday, Sunday]"},
    Word{"years", Takes::periods, "", "Each year with its closed days; a year not listed is not known",
         "{2026: [{day: 2026-01-01, called: New Year's Day}]}", Setting::closed_day},
    Word{"source", Takes::text, "", "Where the days were published", "the body's list of holidays, 2026"},
};
constexpr std::array calendar_file{
    Word{"calendar", Takes::name, "", "Code of a calendar of closed days", "example-office"},
    Word{"title", Takes::text, "", "What it is called", "Closed days of the example office"},
};
constexpr std::array closed_day{
    Word{"day", Takes::day, "", "The day", "2026-01-01"},
    Word{"called", Takes::text, "", "What it is called", "New Year's Day"},
};
constexpr std::array filing{
    Word{"opens", Takes::day_phrase, none_or_not_known, "First day one may file", "90 days before expiry"},
    Word{"until", Takes::day_phrase, none_or_not_known, "Last day one may file", "expiry"},
    Word{"filed means", Takes::choice, "postmark|receipt|complete file|unknown|nothing said", "What counts as filed",
         "postmark"},
    Word{"filed late", Takes::choice, "refused|unknown|nothing said",
         "What filing after that day is; left out: refused", "refused"},
    Word{"closed day", Takes::choice, "next business day|previous business day|no extension|unknown|nothing said",
         "What a closed day does", "next business day"},
    Word{"closed days", Takes::name, "", "The calendar that says which days are closed; left out: that of the head",
         "example-office"},
    Word{"see", Takes::name, "", "Source", "Recert"},
};
constexpr std::array fee{
    Word{"name", Takes::text, "", "What it is for", "renewal"},
    Word{"amount", Takes::amount, none_or_not_known, "How much", "55 USD"},
    Word{"asked when", Takes::clause, "", "Asked only of whom this is so", "{fact: needs a new card}"},
    Word{"waived when", Takes::clause, "", "Not asked of whom this is so", "{fact: fee waiver granted}"},
    Word{"for each", Takes::dated, "", "Asked once for each month after a day", "month after expiry"},
    Word{"a part of it", Takes::choice, "counts|does not count|unknown|nothing said",
         "Whether a month that is not over counts, beside that", "counts"},
    Word{"see", Takes::name, "", "Source", "Recert"},
};
constexpr std::array after_expiry{
    Word{"see", Takes::name, "", "Source", "Recert"},
    Word{"holder may", Takes::texts, "nothing|unknown|nothing said",
         "What a holder may do on every rung that does not say", "nothing"},
    Word{"rungs", Takes::list, "", "Stretches, each beginning the day after the one above",
         "[{up to: no limit, called: expired}]", Setting::rung},
};
constexpr std::array rung{
    Word{"up to", Takes::rung_end, "no limit|unknown", "Its last day", "1 month after expiry"},
    Word{"arithmetic says", Takes::day_phrase, "", "What arithmetic gives for a day as printed",
         "6 months after expiry"},
    Word{"called", Takes::by_day, "", "What people are told; by day, when the word itself changes", "late",
         Setting::titled},
    Word{"holder may", Takes::texts, "nothing|unknown|nothing said", "What a holder may do", "nothing"},
    Word{"fee", Takes::fee, none_or_not_known, "The whole fee of this rung", "{renewal: 55 USD, late: 25 USD}",
         Setting::fee},
    Word{"to come back", Takes::clause, "", "What is asked besides the renewal",
         "[{exam: competency, pass: at least 85 %}]"},
    Word{"instead of renewal", Takes::choice, "yes|no", "Whether that replaces the renewal's needs", "yes"},
    Word{"decides", Takes::text, "", "A question that only the body answers", "which side of three years this is"},
    Word{"see", Takes::name, "", "Source", "Recert"},
};
constexpr std::array purpose{
    Word{"level", Takes::names, "", "Who may", "certified"},
    Word{"dated", Takes::dated, "", "When: literal days", "from 2025-07-01"},
    Word{"restriction", Takes::mapping, "", "A condition for some levels",
         "{for: [trainee], says: under an approved supervisor}", Setting::restriction},
    Word{"employer confirms", Takes::texts, "", "What only an employer can answer",
         "[a benefit that includes peer specialists]"},
    Word{"needs good standing", Takes::choice, "yes|no", "Not while a complaint is on record as pending", "yes"},
    Word{"shown to", Takes::choice, "everyone|with consent|nobody", "Who may see that somebody may", "everyone"},
    Word{"unknown", Takes::text, "", "What nobody found about it: then others have to decide", "what Medicaid asks"},
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
    Word{"the ladder", Takes::choice, "begins after it|goes on under it|nothing said|unknown",
         "Whether the days after expiry are counted from its end", "begins after it"},
    Word{"last day", Takes::day, "", "Their term then ends on this day", "2023-08-30"},
    Word{"that day", Takes::choice, "replaces|prolongs|shortens",
         "Whatever the clock says, or only where it makes the term longer or shorter", "replaces"},
    Word{"not asked", Takes::texts, "", "Clauses not asked of them, once", "[continuing education]"},
    Word{"fee", Takes::choice, "waivable", "Whether the fee can be waived", "waivable"},
    Word{"see", Takes::name, "", "Source", "Emergency"},
    Word{"note", Takes::text, "", "A remark for people", "Read twice."},
};
constexpr std::array group{
    course_head[0],
    course_head[1],
    course_head[2],
    course_head[3],
    course_head[4],
    course_head[5],
    course_head[6],
    course_head[7],
    course_head[8],
    course_head[9],
    course_head[10],
    course_head[11],
    course_head[12],
    Word{"gives", Takes::text, "", "What those who completed it are given", "a certificate"},
    Word{"keeps no register", Takes::choice, "yes|no", "Attendance and membership must not be recorded", "yes"},
    Word{"never recorded", Takes::texts, "", "What nobody may record", "[who comes]"},
    Word{"see", Takes::name, "", "Source", "Charter"},
    Word{"note", Takes::text, "", "A remark for people", "Read twice."},
};
constexpr std::array outcome{
    Word{"called", Takes::text, "", "What it is called", "Level 1"},
    Word{"needs", Takes::clause, "", "What it asks; the last may ask nothing", "[{attendance: at least 30 h}]"},
    Word{"see", Takes::name, "", "Source", "Handbook"},
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
    Word{"anchors", Takes::pairs, "", "What a rating looks like when it is seen", "{shown: Seen without help}"},
    Word{"see", Takes::name, "", "Source", "SAMHSA"},
};
constexpr std::array sign_off{
    Word{"by", Takes::names, "", "Level of who signs, current on the day observed", "co-facilitator"},
    Word{"issued by", Takes::texts, "", "Organizations that issued that level, any of them", "[example-office]"},
    Word{"assessors", Takes::number, "", "How many have to", "1"},
    Word{"assessors from", Takes::choice, "different organizations", "Where two assessors come from",
         "different organizations"},
    Word{"methods", Takes::texts, "", "Accepted ways of observing", "[role play]"},
    Word{"entered within", Takes::span, "", "Later entry needs a reason", "14 days"},
    Word{"see", Takes::name, "", "Source", "Handbook"},
};
// clang-format on

} // namespace

std::span<const Word> block_words(Setting setting) {
    switch (setting) {
    case Setting::head: return head;
    case Setting::course_head: return course_head;
    case Setting::known_warning: return known_warning;
    case Setting::in_force: return in_force;
    case Setting::in_flight: return in_flight;
    case Setting::public_register: return public_register;
    case Setting::titled: return titled;
    case Setting::period: return period;
    case Setting::changes: return changes;
    case Setting::step_changes: return step_changes;
    case Setting::source: return source;
    case Setting::level: return level;
    case Setting::step: return step;
    case Setting::afterwards: return afterwards;
    case Setting::calendar: return calendar;
    case Setting::calendar_file: return calendar_file;
    case Setting::closed_day: return closed_day;
    case Setting::filing: return filing;
    case Setting::fee: return fee;
    case Setting::after_expiry: return after_expiry;
    case Setting::rung: return rung;
    case Setting::purpose: return purpose;
    case Setting::restriction: return restriction;
    case Setting::exception: return exception;
    case Setting::group: return group;
    case Setting::outcome: return outcome;
    case Setting::category: return category;
    case Setting::item: return item;
    case Setting::scale: return scale;
    case Setting::sign_off: return sign_off;
    default: return {};
    }
}

} // namespace peercert::curricula
