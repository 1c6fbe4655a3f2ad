#include "components.hpp"

namespace peercert::wrap {
namespace {

class WrapPlugin final : public Plugin {
    void contribute(Registry& registry) const override {
        registry.add_kind(std::make_unique<Components>());
        registry.add_curricula("wrap");
    }
};

} // namespace
} // namespace peercert::wrap

PEERCERT_PLUGIN(peercert::wrap::WrapPlugin, "wrap", "1.0.0",
                "Wellness Recovery Action Plan: its levels, and attendance in its order")
