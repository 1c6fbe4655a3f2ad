#include <peercert/error.hpp>
#include <peercert/plugin.hpp>

namespace {

using namespace peercert;

/// `mystate:two-counties`: practice in at least so many different counties, each named by a word on the entry.
///
///     mystate:two-counties: {counties: [dane, milwaukee, brown], at least: 2}
class TwoCounties final : public RequirementKind {
public:
    std::string_view name() const override { return "mystate:two-counties"; }
    std::string_view help() const override {
        return "practice in different counties; counties: [words], at least: number";
    }

    Parameters example() const override {
        Parameters given;
        given.named["counties"] = Parameters::list({"dane", "milwaukee"});
        given.named["at least"] = Parameters::of("2");
        return given;
    }

    void check(const Parameters& parameters) const override {
        parameters.only({"counties", "at least"});
        const auto counties = parameters.words("counties");
        if (parameters.whole_number("at least") > static_cast<int>(counties.size()))
            throw Error(ErrorCode::invalid_input,
                        parameters.at("at least").place + ": more counties are asked than named");
    }

    Finding evaluate(const Record& record, const Parameters& parameters, const JudgingDay& day) const override {
        Finding finding;
        finding.unit = Unit::count;
        finding.need = parameters.whole_number("at least");
        finding.have = 0;
        for (const std::string& county : parameters.words("counties"))
            if (const Entry* entry = first_in(record, day.words.find(county), day.as_of)) {
                finding.used.push_back({entry->id, entry->amount, entry->amount, county});
                ++*finding.have;
            } else if (finding.next.what.empty()) {
                finding.next = {.kind = NextStep::Kind::do_it, .what = "practice in " + county};
            }
        finding.verdict = *finding.have >= *finding.need ? Verdict::met() : Verdict::unmet();
        if (finding.verdict.is_met())
            finding.next = {};
        return finding;
    }

private:
    static const Entry* first_in(const Record& record, Symbol county, Date as_of) {
        for (const Entry& entry : record.entries)
            if (entry.kind == EntryKind::practice && entry.last <= as_of && county != Symbol::none &&
                entry.tags.has(county))
                return &entry;
        return nullptr;
    }
};

class MyState final : public Plugin {
    void contribute(Registry& registry) const override {
        registry.add_kind(std::make_unique<TwoCounties>());
        registry.add_curricula("mystate");
    }
};

} // namespace

PEERCERT_PLUGIN(MyState, "mystate", "0.1.0", "A template: the rules of a state of your own")
