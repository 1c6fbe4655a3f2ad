#pragma once

#include <string_view>

#include <peercert/plugin.hpp>

namespace peercert::rules {

/// Finds what plugins brought, by name. The plugin host implements it; whoever compiles a Program keeps it alive as long
/// as the Program.
class Kinds {
public:
    virtual ~Kinds() = default;
    virtual const RequirementKind* kind(std::string_view name) const = 0; ///< nullptr: no such kind is loaded
    virtual const TermClock* clock(std::string_view name) const = 0;      ///< nullptr: no such clock is loaded
};

/// For editions that use no plugin.
class NoKinds final : public Kinds {
public:
    const RequirementKind* kind(std::string_view) const override { return nullptr; }
    const TermClock* clock(std::string_view) const override { return nullptr; }
};

} // namespace peercert::rules
