#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/entry.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

/// What is recorded about one person, as it is typed. Only what the kind needs is given.
struct NewRecord {
    std::string person; ///< code
    EntryKind kind{EntryKind::fact};
    Date first_day{};
    std::optional<Date> last_day; ///< absent: the same day; a fact: no end
    std::int64_t amount{0};       ///< minutes, hundredths or times, by kind
    std::string code;             ///< course, part, statement, document, fact
    std::vector<std::string> tags;
    std::string provider;         ///< organization's code; empty: not known
    EntryResult result{EntryResult::none};
    std::string vouched_by;       ///< person code of the supervisor or assessor; empty: nobody
    std::string vouched_as;       ///< "track/role" they vouched in, "wa-cpss/approved supervisor"
    std::string wording;          ///< attestation: version of the text agreed to
    std::string document_digest;
    std::optional<domain::LateReason> late_reason;
};

struct LedgerLine {
    domain::LedgerEntry entry;
    std::string asserted_by; ///< person code, empty if nobody
};

/// A person's ledger: added to, corrected, withdrawn; never changed.
class Ledger {
public:
    Ledger(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    EntryId add(const Actor& actor, const NewRecord& record, Mode mode = Mode::commit);
    /// A new line that stands in the place of `entry`: days, amount, tags, result from `record`, person and kind as they were.
    EntryId correct(const Actor& actor, EntryId entry, const NewRecord& record, Mode mode = Mode::commit);
    /// The line no longer counts; it stays visible.
    EntryId withdraw(const Actor& actor, EntryId entry, Mode mode = Mode::commit);
    /// Every line, superseded ones too, by last day.
    std::vector<LedgerLine> of(const Actor& actor, std::string_view person);

private:
    domain::NewEntry entry_of(storage::UnitOfWork& work, const NewRecord& record, PersonId person) const;

    House& house_;
    const Rulebook& rulebook_;
};

/// Refuses what no curriculum or state can mean: a day to come, a span the wrong way round, an amount beyond a day's length
/// per day, an amount where none belongs. Throws Error{invalid_input}.
void check_record(const NewRecord& record, Date today);

} // namespace peercert::services
