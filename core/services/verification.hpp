#pragma once

#include <optional>
#include <string_view>

#include "services/house.hpp"
#include "services/verification_answer.hpp"

namespace peercert::services {

/// The public's question: is this number certified, on that day? No rights, no trace of who asked, no rules to run: the
/// status was prepared when the term was issued. Safe from several threads.
class Verification {
public:
    explicit Verification(House& house) : house_(house) {}

    /// Without `valid_on` the day is today in the zone of the credential's track. Never throws for what the database or
    /// the text does: a record that cannot be read is `cannot_check`, a number that is none is `no_match`.
    VerificationAnswer verify(std::string_view number, std::optional<Date> valid_on) const;

private:
    House& house_;
};

} // namespace peercert::services
