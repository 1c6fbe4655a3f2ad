#pragma once

#include <cstdint>
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
    /// Throws Error{invalid_input} for a score, in hundredths of a percent or point, that no examiner can have given:
    /// less than nothing, or more than 100 in a part that the rules mark in percent and never in points.
    void check_score(std::string_view part, std::int64_t hundredths) const;

private:
    using Words = std::set<std::string, std::less<>>;
    void collect(const Requirement& requirement);
    void collect(const Selection& selection);

    Words statements_, documents_, facts_, courses_, parts_, clauses_, tags_;
    Words in_percent_, in_points_; ///< parts of exams that some rule marks so
};

} // namespace peercert::services
