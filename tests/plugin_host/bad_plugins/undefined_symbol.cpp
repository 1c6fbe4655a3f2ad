#include <peercert/plugin.hpp>

void nobody_defines_this();

namespace {
class Undefined final : public peercert::Plugin {
    void contribute(peercert::Registry&) const override { nobody_defines_this(); }
};
} // namespace

PEERCERT_PLUGIN(Undefined, "undefined_symbol", "1.0", "Lacks a function")
