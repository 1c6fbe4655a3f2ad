#pragma once

#include <set>
#include <string>
#include <string_view>

#include <peercert/record.hpp>

#include "curricula/catalogue.hpp"

namespace peercert::services {

/// The words that the rules on file know for one kind of entry. Nothing else may be recorded: a word that no rule knows
/// would count for nothing, and a line of the ledger is no place for a story.
class KnownWords {
public:
    explicit KnownWords(const curricula::Catalogue& catalogue);

    /// Throws Error{invalid_input} with the nearest word when no rule knows `code` for entries of that kind. Kinds
    /// whose code is a course's own name (continuing education, practice) take any code without blanks.
    void check_code(EntryKind kind, std::string_view code) const;
    /// The same for a topic, mode, setting or proof.
    void check_tag(std::string_view tag) const;

private:
    using Words = std::set<std::string, std::less<>>;
    void collect(const Requirement& requirement);
    void collect(const Selection& selection);

    Words statements_, documents_, facts_, courses_, parts_, clauses_, tags_;
};

} // namespace peercert::services
