#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/export.hpp>

namespace peercert {

class RequirementKind;
class TermClock;

/// The kinds and clocks that plugins bring, by name. Owns none of them: who made them (the plugin host, a test)
/// outlives everyone who looks here. Filled once at the start, then read from any thread.
class PEERCERT_EXPORT Kinds {
public:
    /// Throws Error{conflict} when the name is taken.
    void add(const RequirementKind&);
    void add(const TermClock&);

    /// Which build of a plugin this is ("wrap 1.0.0 sha256:..."): it belongs to every decision the plugin took part in.
    void came_from(std::string plugin, std::string build);
    /// The builds of these plugins, "; " between; those nobody loaded are left out.
    std::string builds_of(const std::vector<std::string>& plugins) const;

    /// Nothing when no plugin brings it.
    const RequirementKind* kind(std::string_view name) const;
    const TermClock* clock(std::string_view name) const;
    /// All names in order, for "did you mean".
    std::vector<std::string_view> kind_names() const;
    std::vector<std::string_view> clock_names() const;

private:
    std::map<std::string, const RequirementKind*, std::less<>> kinds_;
    std::map<std::string, const TermClock*, std::less<>> clocks_;
    std::map<std::string, std::string, std::less<>> builds_;
};

} // namespace peercert
