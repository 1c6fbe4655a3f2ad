#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/consent.hpp"

namespace peercert::storage {

class Connection;

/// What people agreed to. Rows are only ever added.
class Consents {
public:
    explicit Consents(Connection& connection) : connection_(connection) {}

    /// Gives it its `n`; `typed_by` and `recorded_at` are the unit's. Recorded for whoever was kept, of merged people.
    void add(const domain::Consent& consent);
    /// Everything, oldest first; of merged people as one.
    std::vector<domain::Consent> of_person(PersonId person);
    /// The one that stands: the newest for that purpose about that track or every one.
    std::optional<domain::Consent> standing(PersonId person, domain::ConsentPurpose purpose, std::string_view about);

private:
    Connection& connection_;
};

} // namespace peercert::storage
