#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/entry.hpp"
#include "services/actor.hpp"
#include "services/completion.hpp"
#include "services/house.hpp"
#include "services/known_words.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

/// What is recorded about one person, as it is typed. Only what the kind needs is given.
struct NewRecord {
    std::string person; ///< code
    EntryKind kind{EntryKind::fact};
    Date first_day{};
    std::optional<Date> last_day;    ///< absent: the same day; a fact: no end
    std::int64_t amount{0};          ///< minutes, hundredths or times, by kind
    std::string amount_as_written{}; ///< instead of `amount`: in a unit of `units_of` ("0.2 CEU")
    std::string units_of{};          ///< track whose edition of the last day says what that unit is
    std::string code;                ///< course, part, statement, document, fact
    std::vector<std::string> tags;
    std::string provider; ///< organization's code; empty: not known
    EntryResult result{EntryResult::none};
    std::string vouched_by; ///< person code of the supervisor or assessor; empty: nobody
    std::string vouched_as; ///< "track/role" they vouched in, "wa-cpss/approved supervisor"
    std::string wording;    ///< attestation: version of the text agreed to
    std::string document_digest;
    std::optional<domain::LateReason> late_reason;
    bool again{false}; ///< hours, learning, activities: the same line counts already, and it happened twice
};

/// What a correction changes; what is absent stays as it was.
struct Correction {
    std::optional<Date> first_day;
    std::optional<Date> last_day; ///< absent with a new first day: the same day, if it was one day
    std::optional<std::int64_t> amount;
    std::optional<std::string> code;
    std::optional<std::vector<std::string>> tags;
    std::optional<std::string> provider;
    std::optional<EntryResult> result;
};

struct LedgerLine {
    domain::LedgerEntry entry;
    std::string asserted_by; ///< person code, empty if nobody
};

/// What a correction or withdrawal did.
struct Replaced {
    EntryId by{};                           ///< the new line
    std::vector<Relying> relying;           ///< credentials granted on the line as it was; they stay as they are
    std::optional<CompletionReview> review; ///< of a completion that rested on attendance that was withdrawn
};

/// A person's ledger: added to, corrected, withdrawn; never changed.
class Ledger {
public:
    Ledger(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// Throws Error{conflict} for hours, learning or an activity that is there already, unless `again`.
    EntryId add(const Actor& actor, const NewRecord& record, Mode mode = Mode::commit);
    /// The line that a record makes, with every check that `add` makes but for repetition; stores nothing. For files of
    /// many, `known` worked out once.
    domain::NewEntry checked(storage::UnitOfWork& work, const Actor& actor, const NewRecord& record,
                             const KnownWords& known) const;
    /// A new line that stands in the place of `entry`. Whoever vouched for it has to have been entitled on the new day
    /// too. Attendance is corrected where it is recorded (Cohorts::attend); sign-offs and decisions are withdrawn and
    /// made anew.
    Replaced correct(const Actor& actor, EntryId entry, const Correction& correction, Mode mode = Mode::commit);
    /// The line no longer counts; it stays visible. A completion that rested on it is judged again.
    Replaced withdraw(const Actor& actor, EntryId entry, Mode mode = Mode::commit);
    /// Every line, superseded ones too, by last day.
    std::vector<LedgerLine> of(const Actor& actor, std::string_view person);

    /// What `amount_as_written` is in the units of its track. Throws Error{invalid_input} naming the units there are.
    std::int64_t minutes_of(const NewRecord& record) const;

private:
    /// Throws Error{conflict} when that person did not hold the role on that day.
    domain::Authority entitled(storage::UnitOfWork& work, PersonId voucher, const std::string& role, Date on) const;
    domain::NewEntry entry_of(storage::UnitOfWork& work, const Actor& actor, const NewRecord& record,
                              PersonId person) const;

    House& house_;
    const Rulebook& rulebook_;
};

/// Refuses what no curriculum or state can mean: a day to come, a span the wrong way round, an amount beyond a day's
/// length per day, an amount where none belongs. Throws Error{invalid_input}.
void check_record(const NewRecord& record, Date today);
/// Only words that a rule on file knows, so that nothing is typed that counts for nothing, and no story has a place.
/// Throws Error{invalid_input}.
void check_words(const NewRecord& record, const KnownWords& known);

} // namespace peercert::services
