#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/confirmation.hpp"

namespace peercert::storage {

class Connection;

/// Requests to confirm hours, and what became of them. Rows are only ever added.
class Confirmations {
public:
    explicit Confirmations(Connection& connection) : connection_(connection) {}

    /// What was stored, and the secret of its link: 43 signs of base64url, 256 random bits. It is given once and never
    /// again; only its digest is kept. `id`, `typed_by` and `recorded_at` of the argument are the unit's own.
    struct Added {
        domain::ConfirmationId id{};
        std::string secret{};
    };
    Added add(const domain::Confirmation& request, const std::vector<EntryId>& lines);
    /// Throws Error{conflict} when the request is closed already.
    void add_event(domain::ConfirmationId request, domain::ConfirmationStep step, EntryId entry);

    std::optional<domain::ConfirmationRecord> find(domain::ConfirmationId id);
    /// Nothing for any text that is not the secret of a request.
    std::optional<domain::ConfirmationRecord> find_by_secret(std::string_view secret);
    /// Of the person and everybody they are one human with; oldest first.
    std::vector<domain::ConfirmationRecord> of_person(PersonId person);

private:
    Connection& connection_;
};

} // namespace peercert::storage
