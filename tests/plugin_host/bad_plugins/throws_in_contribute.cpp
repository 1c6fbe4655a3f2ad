#include <peercert/plugin.hpp>

namespace {
struct OfItsOwn {};

class ThrowsInContribute final : public peercert::Plugin {
    void contribute(peercert::Registry&) const override { throw OfItsOwn{}; }
};
} // namespace

PEERCERT_PLUGIN(ThrowsInContribute, "throws_in_contribute", "1.0", "Throws a type nobody else knows")
