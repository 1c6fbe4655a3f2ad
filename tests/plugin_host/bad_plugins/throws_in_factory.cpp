#include <stdexcept>

#include <peercert/plugin.hpp>

namespace {
class ThrowsInFactory final : public peercert::Plugin {
public:
    ThrowsInFactory() { throw std::runtime_error("the factory\nis closed"); }
    void contribute(peercert::Registry&) const override {}
};
} // namespace

PEERCERT_PLUGIN(ThrowsInFactory, "throws_in_factory", "1.0", "Throws while it is made")
