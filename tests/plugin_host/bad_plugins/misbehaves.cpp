#include <stdexcept>
#include <thread>

#include <peercert/error.hpp>
#include <peercert/plugin.hpp>

// One plugin with every way of misbehaving in a call; the parameter says which.
namespace {

using namespace peercert;

struct OfItsOwn {};

[[noreturn]] void throw_something(const std::string& how) {
    if (how == "throw std")
        throw std::logic_error("no table for\x1b this\nyear");
    if (how == "throw an error")
        throw Error(ErrorCode::invalid_input, "file.yaml:3:5: not like this");
    throw OfItsOwn{};
}

class Kind final : public RequirementKind {
    std::string_view name() const override { return "misbehaves:kind"; }
    void check(const Parameters& parameters) const override {
        if (parameters.has("check"))
            throw_something(parameters.word("check"));
    }
    Finding evaluate(const Record& record, const Parameters& parameters, const JudgingDay&) const override {
        Finding finding;
        finding.verdict = Verdict::met();
        const std::string how = parameters.text;
        if (how.starts_with("throw"))
            throw_something(how);
        else if (how == "no verdict")
            finding.verdict = Verdict::of(0);
        else if (how == "many verdicts")
            finding.verdict = Verdict::of(64);
        else if (how == "someone else's entry")
            finding.used.push_back({EntryId{4711}, 1, 1, {}});
        else if (how == "more than it is worth")
            finding.used.push_back({record.entries.at(0).id, 61, 60, {}});
        else if (how == "odd reason")
            finding.refused.push_back({record.entries.at(0).id, 1, static_cast<RefusalReason>(99), {}});
        else if (how == "odd unit")
            finding.unit = static_cast<Unit>(77);
        else if (how == "below nothing")
            finding.have = -1;
        else if (how == "best below settled")
            finding.have = 2, finding.have_most = 1;
        else if (how == "no such day")
            finding.holds_until = Date{std::chrono::year{2023} / 2 / 29};
        else if (how == "bad text")
            finding.note = "\xff\xfe";
        else if (how == "line ends")
            finding.next.what = "a\nb";
        else if (how == "long text")
            finding.open_because = std::string(100'000, 'x');
        else if (how == "a source")
            finding.source = SourceNote{"made up", {}, {}, "verified"};
        else if (how == "too deep")
            for (int i = 0; i < 50; ++i) {
                Finding outer;
                outer.parts.push_back(finding);
                finding = outer;
            }
        else if (how == "slow")
            std::this_thread::sleep_for(std::chrono::milliseconds{60});
        return finding;
    }
};

class Clock final : public TermClock {
    std::string_view name() const override { return "misbehaves:clock"; }
    void check(const Parameters&) const override {}
    Date last_day(const TermQuestion& asked, const Parameters& parameters) const override {
        const std::string how = parameters.text;
        if (how.starts_with("throw"))
            throw_something(how);
        if (how == "before the first day")
            return add_days(asked.issued, -1);
        if (how == "no such day")
            return Date{std::chrono::year{2023} / 2 / 30};
        return asked.issued;
    }
};

class Misbehaves final : public Plugin {
    void contribute(Registry& registry) const override {
        registry.add_kind(std::make_unique<Kind>());
        registry.add_clock(std::make_unique<Clock>());
    }
};

} // namespace

PEERCERT_PLUGIN(Misbehaves, "misbehaves", "0.1", "Every way of misbehaving in a call")
