#pragma once

#include <cstdint>
#include <optional>

#include "domain/codes.hpp"

namespace peercert::storage {

class Connection;

/// Before the newest counter of credentials, in the object of an audit row "issuance.resumed".
inline constexpr std::string_view confirmed_up_to = "installation credential ";

/// The counters behind credential numbers and person codes. What was handed out in a committed unit is never handed out
/// again.
class Numbers {
public:
    explicit Numbers(Connection& connection) : connection_(connection) {}

    /// Throws Error{unavailable} while issuing is paused.
    domain::CredentialNumber next_credential();
    /// `count` counters in a row for new people; the first of them.
    std::int64_t take_people(std::int64_t count);

    bool issuing_paused();
    void pause_issuing();
    /// After a restore: the newest number known to have been handed out, or nothing if it is in the database. Counting
    /// goes on behind it and issuing is open again. Throws Error{invalid_input} for a number this installation cannot
    /// have made yet (more than a million beyond the counter: a typing error).
    ///
    /// What is to stand in the audit row as its object: how far numbers are confirmed.
    std::string confirm_high_water(std::optional<domain::CredentialNumber> newest);

private:
    Connection& connection_;
};

} // namespace peercert::storage
