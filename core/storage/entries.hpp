#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <peercert/record.hpp>

#include "domain/application.hpp"
#include "domain/entry.hpp"

namespace peercert::storage {

class Connection;

/// What of many records is read. Each costs a whole state some time, and most rules ask for none of it.
struct RecordParts {
    bool uses{true};   ///< Record::uses
    bool places{true}; ///< session and cohort of each entry
    /// The kinds of lines that matter of a person, as bits (1 << EntryKind), told from birthday and holdings, which are
    /// read before the lines. Empty: all.
    std::function<std::uint16_t(PersonId person, const Record& holdings)> kinds{};
};

/// The ledger. Lines are only ever added.
class Entries {
public:
    explicit Entries(Connection& connection) : connection_(connection) {}

    /// Adds a line; `typed_by` empty means the unit's actor. Checks what can be checked without rules: days in order,
    /// amount not negative, at most eight tags, words clean (Error{invalid_input}); a corrected line exists, is the
    /// same person's and of the same kind (Error{not_found}, Error{invalid_input}) and is not superseded yet
    /// (Error{conflict}).
    EntryId add(const domain::NewEntry& entry);

    std::optional<domain::LedgerEntry> find(EntryId id);
    domain::LedgerEntry of(EntryId id); ///< throws Error{not_found}
    /// Every line of the person, superseded and withdrawn ones too, by (last day, id).
    std::vector<domain::LedgerEntry> of_person(PersonId person);
    /// Every line that belongs to the session, by id.
    std::vector<domain::LedgerEntry> of_session(SessionId session);
    /// The lines of that kind that count and whose last day it is, by id.
    std::vector<domain::LedgerEntry> counting_on(PersonId person, EntryKind kind, Date last_day);
    /// Every line that somebody vouched for, on days from `from` on (absent: all), by (last day, id).
    std::vector<domain::LedgerEntry> vouched_for_by(PersonId person, std::optional<Date> from);
    /// The line that counts for that person's presence at that session, if any.
    std::optional<domain::LedgerEntry> attendance(SessionId session, PersonId person);

    /// The person's ledger as rules see it: lines that count, words interned, born filled; `holdings` from issued
    /// terms; `uses` from granted decisions. With `known_at`, as it was known then. Throws Error{not_found} for no such
    /// person.
    Record record(PersonId person, Vocabulary& vocabulary, std::optional<domain::Instant> known_at = {});

    /// The person's ledger as it was when that decision was made: only what earlier units had recorded, to the row,
    /// however many things happened in the same second. Throws Error{not_found} for no such person or decision.
    Record record_before(PersonId person, Vocabulary& vocabulary, domain::DecisionId decision);

    /// Every person's record, in order of id, one after the other in the same storage: `record` is valid during the
    /// call only. People without any line are left out unless they hold a credential.
    using EachRecord = std::function<void(PersonId person, const Record& record)>;
    void each_record(Vocabulary& vocabulary, const EachRecord& each);
    /// Only those whose key is greater than `after` and at most `last`, and of their records only those parts. The
    /// lines of all of them may be in memory at once, so not too many: `people_at_once`.
    void each_record(Vocabulary& vocabulary, PersonId after, PersonId last, const RecordParts& parts,
                     const EachRecord& each);
    static constexpr std::int64_t people_at_once = 1000;

private:
    Connection& connection_;
};

} // namespace peercert::storage
