#include <stdexcept>

#include <peercert/plugin.hpp>

namespace {
int throwing() { throw std::runtime_error("no licence file"); }
const int at_load = throwing();

class ThrowsAtLoad final : public peercert::Plugin {
    void contribute(peercert::Registry&) const override {}
};
} // namespace

PEERCERT_PLUGIN(ThrowsAtLoad, "throws_at_load", "1.0", "Throws from a static initialiser")
