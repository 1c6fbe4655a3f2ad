#include "services/preview.hpp"

#include "services/house_fixture.hpp"

namespace peercert::services {
namespace {

/// Wisconsin's file with something else in it.
rules::Program changed(const std::string& what, const std::string& into) {
    const auto present = RuleFiles::all().catalogue.get("wi-cps");
    std::string text = present->full_text;
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    if (at != std::string::npos)
        text.replace(at, what.size(), into);
    return rules::Program(RuleFiles::all().catalogue.read_text(text, "draft"), RuleFiles::all().host.kinds(),
                          RuleFiles::all().words);
}

class Previewing : public AHouse {
protected:
    Preview seen(const rules::Program& then, bool with_people = true, const Actor* actor = nullptr) {
        const auto now = edition_on(rulebook, "wi-cps", day("2025-04-02"));
        return preview(house(), rulebook, actor == nullptr ? host : *actor, *now, then, day("2025-04-02"), with_people);
    }
    static const PreviewedStep& becoming(const Preview& seen) {
        return *std::find_if(seen.steps.begin(), seen.steps.end(),
                             [](const PreviewedStep& one) { return one.step == "to become certified"; });
    }
};

TEST_P(Previewing, AnEditionThatSaysTheSameChangesNobody) {
    ready_for_wisconsin("Ana Invented");
    const Preview same = seen(changed("at least 18", "at least 18"));
    EXPECT_EQ(same.people, 1);
    ASSERT_FALSE(same.steps.empty());
    for (const PreviewedStep& one : same.steps)
        EXPECT_EQ(one.gain + one.lose + one.open + one.settle + one.change_date, 0) << one.step;
    EXPECT_TRUE(same.new_steps.empty());
    EXPECT_TRUE(same.steps_no_more.empty());
}

TEST_P(Previewing, NamesWhoWouldLoseAndWhoWouldGain) {
    const std::string ready = ready_for_wisconsin("Ana Invented"); // 88 points
    const Preview harder = seen(changed("pass: at least 85 %", "pass: at least 90 %"));
    EXPECT_EQ(becoming(harder).lose, 1);
    EXPECT_EQ(becoming(harder).gain, 0);
    ASSERT_EQ(becoming(harder).people.size(), 1U);
    EXPECT_EQ(becoming(harder).people.front().code.str(), ready);
    EXPECT_EQ(becoming(harder).people.front().effect, Effect::loses);

    const std::string young = somebody("Ben Invented", "2008-04-02");
    record(young, EntryKind::document, "GED", "2025-03-01");
    record(young, EntryKind::attestation, "own lived experience", "2025-03-01");
    record(young, EntryKind::training, "wi-approved-curriculum", "2025-03-20");
    record(young, EntryKind::exam, "competency", "2025-03-28", EntryResult::passed, 8800);
    record(young, EntryKind::decision, "tries", "2025-04-01", EntryResult::approved);
    const Preview younger = seen(changed("age: at least 18", "age: at least 17"));
    EXPECT_EQ(becoming(younger).gain, 1);
    EXPECT_EQ(becoming(younger).lose, 0);
    EXPECT_EQ(becoming(younger).people.front().code.str(), young);
}

TEST_P(Previewing, NamesWhoseLastDayWouldBeAnother) {
    ready_for_wisconsin("Ana Invented");
    const Preview moved = seen(changed("last day: October 31", "last day: November 30"));
    EXPECT_EQ(becoming(moved).change_date, 1);
    ASSERT_EQ(becoming(moved).people.size(), 1U);
    EXPECT_NE(becoming(moved).people.front().last_day_now, becoming(moved).people.front().last_day_then);
}

TEST_P(Previewing, OnlyCountsUnlessPeopleAreAskedFor) {
    ready_for_wisconsin("Ana Invented");
    const Preview counted = seen(changed("pass: at least 85 %", "pass: at least 90 %"), false);
    EXPECT_EQ(becoming(counted).lose, 1);
    EXPECT_TRUE(becoming(counted).people.empty());
}

TEST_P(Previewing, IsRefusedToWhoMayNotCount) {
    const std::string code = somebody("Nobody Special");
    const Actor nobody = house().store.read([&](storage::UnitOfWork& work) {
        return Actor{"person:" + code, work.people.find(*domain::PersonCode::parse(code))->id};
    });
    const rules::Program then = changed("at least 18", "at least 18");
    EXPECT_NE(refusal([&] { seen(then, true, &nobody); }).code(), ErrorCode::internal);
}

PEERCERT_IN_BOTH(Previewing);

} // namespace
} // namespace peercert::services
