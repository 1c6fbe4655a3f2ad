#pragma once

#include "cli/settings.hpp"

/// The house behind a command, each part made when it is first asked for, so that a command pays only for what it uses.
/// Parts are declared in the order they depend on each other, and go in the reverse.
namespace peercert::cli {

class Wiring {
public:
    /// `given`: the command line's values, which go before environment and configuration file.
    explicit Wiring(Values given);
    ~Wiring();
    Wiring(const Wiring&) = delete;
    Wiring& operator=(const Wiring&) = delete;

    /// Throws UsageError for a configuration file with a mistake in it.
    const Settings& settings();

private:
    Values given_;
    std::optional<Settings> settings_;
};

} // namespace peercert::cli
