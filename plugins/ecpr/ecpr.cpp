#include "processes.hpp"

namespace peercert::ecpr {
namespace {

class EcprPlugin final : public Plugin {
    void contribute(Registry& registry) const override {
        registry.add_kind(std::make_unique<Processes>());
        registry.add_curricula("ecpr");
    }
};

} // namespace
} // namespace peercert::ecpr

PEERCERT_PLUGIN(peercert::ecpr::EcprPlugin, "ecpr", "1.0.0",
                "Emotional CPR: each of its three processes shown in a role play")
