#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "credentials/status.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"
#include "services/verification_answer.hpp"

namespace peercert::services {

/// The public's question: is this number certified, on that day? No rights, no trace of who asked, and no rules to run:
/// the status was prepared when the term was issued. Only for a term that ends with its holder's eligibility the rules
/// are asked. Safe from several threads.
class Verification {
public:
    /// Gives the rules when they are needed; called from any thread.
    using Rules = std::function<const Rulebook&()>;

    Verification(House& house, Rules rules) : house_(house), rules_(std::move(rules)) {}

    /// Without `valid_on` the day is today in the zone of the credential's track. Never throws for what the database or
    /// the text does: a record that cannot be read is `cannot_check`, a number that is none is `no_match`.
    VerificationAnswer verify(std::string_view number, std::optional<Date> valid_on) const;

private:
    /// Nothing if it cannot be told now.
    std::optional<credentials::Status> status(const domain::CredentialRecord& record, Date day) const;

    House& house_;
    Rules rules_;
};

} // namespace peercert::services
