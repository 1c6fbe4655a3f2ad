#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/edition.hpp>
#include <peercert/finding.hpp>
#include <peercert/record.hpp>

#include "curricula/edition_reader.hpp"
#include "curricula/problem.hpp"

/// Runnable examples that stand beside an edition: somebody's days and entries, a question, and what must come out.
namespace peercert::curricula {

struct CaseHolding {
    std::string track; ///< empty: the edition's own code
    std::string level;
    Date from{};
    std::optional<Date> until;
    std::optional<Date> decided; ///< day of the decision that gave it
    int number{0};               ///< 0: counted by the runner, per level in order
};

/// One entry. Numbered from 1 in the order of the file; the number is what `refused` speaks of.
struct LedgerLine {
    int number{0};
    EntryKind kind{EntryKind::fact};
    EntryResult result{EntryResult::none};
    Date first{};
    Date last{};
    std::int64_t amount{0};
    std::string code;
    std::string provider;
    std::vector<std::string> words;
    std::vector<std::string> used_by; ///< tracks whose decision of its last day relied on it
    std::string by;                   ///< role of who vouched, as written
    DayRange by_held;                 ///< days that person held the role
    std::int64_t session{0};
    std::int64_t cohort{0};
};

struct CasePerson {
    std::optional<Date> born, applied, issued, passed, approved;
    std::optional<Span> term_asked; ///< how long a term the holder asks for
    std::vector<CaseHolding> holds;
    std::vector<LedgerLine> ledger;
};

enum class Question : std::uint8_t {
    step,      ///< to become, renew, extend, add, transfer `subject`
    come_back, ///< after expiry
    first_term,
    next_term,
    fee, ///< of the step
    status,
    level, ///< holds `subject`, current
    meaning,
    lead, ///< `subject` is a group
    completion,
    record_attendance,
    title,
    edition,
    may,    ///< `subject` is a purpose
    filing, ///< what the step's file says about handing in
    group,  ///< how `subject` is held
    sign_off,
    outcome, ///< `subject` is a group
    closes,  ///< an application for the step `verb` `subject`
    lasts    ///< what is told of how long `subject` lasts, where nobody can say which day ends it as well
};

/// One thing that must come out. Values are in one written form: days as YYYY-MM-DD, hours as "2.5 h", counts as bare
/// numbers, lists joined by ", ".
struct Expectation {
    std::string key;   ///< "answer", "have" ...
    std::string about; ///< clause, part or entry number; empty for keys that have none
    std::string value;
    std::string place; ///< file:line:column
};

struct Case {
    std::string name;
    std::string asks; ///< as written
    Question question{Question::step};
    Step::Verb verb{Step::Verb::become}; ///< for step, fee and filing
    std::string subject;                 ///< level, meaning, group or purpose; the only level when the file has one
    Date day{};
    CasePerson person;
    std::vector<CasePerson> leaders;
    std::optional<int> people;
    std::vector<Expectation> expect;
    std::string place;
};

/// A change of the edition that no case can notice, with the reason. It must be about one text of the edition's file,
/// and stop being there when some case does notice.
struct Excuse {
    std::string text;                 ///< as it stands in the edition's file
    std::vector<std::string> in;      ///< words and names that lead to it, some or all of them, outermost first
    std::vector<std::string> becomes; ///< empty: whatever goes unnoticed
    std::string because;
    std::string place; ///< file:line:column
};

struct CaseFile {
    std::string file;
    std::string code;
    std::string edition;
    std::vector<Case> cases;
    std::vector<Excuse> excuses;
};

struct ReadCases {
    CaseFile cases;
    std::vector<Problem> problems; ///< when there is an error, the cases are not to be run
};

/// Code and edition a case file is for, for finding its edition; empty when it cannot be read.
std::pair<std::string, std::string> cases_for(const SourceText& source);

/// `edition` is the one the file is for.
ReadCases read_cases(const SourceText& source, const Edition& edition);

/// "not at level", as cases and people write it.
std::string_view to_text(RefusalReason reason);
/// "met", "not met", "needs a decision" or "not applicable".
std::string_view to_text(Verdict verdict);

/// Values that are wrong in place of the expected one, at least one for each expectation: for proving that a case can
/// fail.
std::vector<std::string> wrong_values(const Expectation& expectation);

} // namespace peercert::curricula
