#include <peercert/plugin.hpp>

namespace peercert {

// Key functions: one vtable and one typeinfo for host and plugins.
RequirementKind::~RequirementKind() = default;
TermClock::~TermClock() = default;
Registry::~Registry() = default;
Plugin::~Plugin() = default;

} // namespace peercert
