#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/record.hpp>

#include "services/known_words.hpp"

/// What is not so, or not yet: a record with entries added, taken away or moved, for "what if" and for plans. Nothing
/// of it is ever stored.
namespace peercert::services {

struct SupposedEntry {
    EntryKind kind{EntryKind::ce};
    EntryResult result{EntryResult::none};
    Date first_day{};
    Date last_day{};
    std::int64_t amount{0};
    std::string code;
    std::vector<std::string> tags;
    std::string provider;   ///< organization's code
    std::string vouched_as; ///< "wa-cpss/approved supervisor"; a bare role is one of the track asked about
};

struct SupposedTerm {
    std::string track; ///< empty: the track asked about
    std::string level;
    Date first_day{};
    std::optional<Date> last_day;
};

struct Supposition {
    std::vector<SupposedEntry> add;
    std::vector<EntryId> remove;
    std::vector<std::pair<EntryId, Date>> move; ///< to another last day; the entry keeps its length
    std::optional<Date> born;
    std::vector<SupposedTerm> hold;
    bool empty() const { return add.empty() && remove.empty() && move.empty() && !born && hold.empty(); }
};

/// "CE 6 h ethics on 2026-03-01", "practice 120 h from 2026-01-01 until 2026-03-31 by centre vouched as
/// wa-cpss/approved supervisor", "exam written 85 % on 2026-04-01", "statement own lived experience on 2026-01-01".
/// Topics and words are divided by commas. Throws Error{invalid_input} saying what is not understood; words must be
/// known to a rule.
SupposedEntry supposed_entry(std::string_view phrase, const KnownWords& known);
/// "wa-cpss/trainee from 2026-01-01 until 2026-12-31"; without a track or an end they are left out.
SupposedTerm supposed_term(std::string_view phrase);

/// One entry as rules see it, numbered -1, -2 ... in the order of a supposition.
Entry entry_of(const SupposedEntry& supposed, std::int64_t number, Vocabulary& words, std::string_view track);

/// The record as it would be. Throws Error{not_found} for an entry that does not count in it.
Record supposed(const Record& record, const Supposition& supposition, Vocabulary& words, std::string_view track);

} // namespace peercert::services
