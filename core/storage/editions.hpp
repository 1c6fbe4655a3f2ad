#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/edition.hpp"

namespace peercert::storage {

class Connection;

/// Editions that something relied on. Never changed.
class Editions {
public:
    explicit Editions(Connection& connection) : connection_(connection) {}

    /// Freezes the edition; the same text again is harmless. Throws Error{conflict} if another text stands under that
    /// code and edition: a change is a new edition. Says whether it was new.
    bool freeze(const domain::FrozenEdition& edition);
    std::optional<domain::FrozenEdition> find(domain::EditionKind kind, std::string_view code,
                                              std::string_view edition);
    std::optional<domain::FrozenEdition> find_by_digest(std::string_view digest);
    /// Without their texts.
    std::vector<domain::FrozenEdition> list();
    /// The digest of the text that stands under that code and edition, of whichever kind.
    std::optional<std::string> digest_of(std::string_view code, std::string_view edition);
    /// Whether an application, a decision, a term, a cohort, a line of somebody's ledger or a score of an organization
    /// names that edition. Reads the whole record where nothing does.
    bool relied_on(std::string_view code, std::string_view edition);

private:
    Connection& connection_;
};

} // namespace peercert::storage
