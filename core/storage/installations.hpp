#pragma once

#include <optional>

#include "domain/installation.hpp"

namespace peercert::storage {

class Connection;

/// The one row that says what this database is.
class Installations {
public:
    explicit Installations(Connection& connection) : connection_(connection) {}

    domain::Installation get();
    /// Throws Error{forbidden} for a live installation.
    void set_demo_clock(domain::Instant instant);

private:
    Connection& connection_;
};

} // namespace peercert::storage
