#include <peercert/plugin.hpp>

namespace {
class SameId final : public peercert::Plugin {
    void contribute(peercert::Registry&) const override {}
};
} // namespace

PEERCERT_PLUGIN(SameId, "good", "9.9.9", "Calls itself as another does")
