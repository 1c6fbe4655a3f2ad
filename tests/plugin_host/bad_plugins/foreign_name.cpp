#include <peercert/plugin.hpp>

namespace {
using namespace peercert;

class Foreign final : public RequirementKind {
    std::string_view name() const override { return "wrap:components"; }
    void check(const Parameters&) const override {}
    Finding evaluate(const Record&, const Parameters&, const JudgingDay&) const override { return {}; }
};

class ForeignName final : public Plugin {
    void contribute(Registry& registry) const override { registry.add_kind(std::make_unique<Foreign>()); }
};
} // namespace

PEERCERT_PLUGIN(ForeignName, "foreign_name", "1.0", "Takes a name of another plugin's")
