#include <peercert/plugin.hpp>

namespace {

using namespace peercert;

/// Met by anybody with an entry; asks for nothing.
class Anything final : public RequirementKind {
    std::string_view name() const override { return "good:anything"; }
    std::string_view help() const override { return "anything at all on record"; }
    void check(const Parameters& parameters) const override { parameters.only({}); }
    Finding evaluate(const Record& record, const Parameters&, const JudgingDay&) const override {
        Finding finding;
        finding.verdict = record.entries.empty() ? Verdict::unmet() : Verdict::met();
        for (const Entry& entry : record.entries)
            finding.used.push_back({entry.id, 1, 1, {}});
        return finding;
    }
};

class ADayLater final : public TermClock {
    std::string_view name() const override { return "good:a-day-later"; }
    void check(const Parameters&) const override {}
    Date last_day(const TermQuestion& asked, const Parameters&) const override { return add_days(asked.issued, 1); }
};

class Good final : public Plugin {
    void contribute(Registry& registry) const override {
        registry.add_kind(std::make_unique<Anything>());
        registry.add_clock(std::make_unique<ADayLater>());
        registry.add_curricula("good-files");
    }
};

} // namespace

PEERCERT_PLUGIN(Good, "good", "1.2.3", "A plugin as it should be")
