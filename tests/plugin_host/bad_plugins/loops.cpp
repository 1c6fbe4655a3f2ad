#include <peercert/plugin.hpp>

namespace {
using namespace peercert;

class ForEver final : public RequirementKind {
    std::string_view name() const override { return "loops:for-ever"; }
    void check(const Parameters&) const override {}
    Finding evaluate(const Record&, const Parameters&, const JudgingDay&) const override {
        volatile bool turning = true;
        while (turning) {
        }
        return {};
    }
};

class Loops final : public Plugin {
    void contribute(Registry& registry) const override { registry.add_kind(std::make_unique<ForEver>()); }
};
} // namespace

PEERCERT_PLUGIN(Loops, "loops", "1.0", "Judges for ever")
