#include "plugins/wrap/components.hpp"

#include <gmock/gmock.h>

#include <peercert/error.hpp>
#include <peercert/testkit.hpp>

namespace peercert::wrap {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testkit::day;
using testkit::RecordBuilder;

class WrapComponents : public testing::Test {
protected:
    WrapComponents() {
        parameters.named["units"] = Parameters::list({"toolbox", "daily plan", "stressors"});
        parameters.named["in order"] = Parameters::of("yes");
    }

    Finding judge(const Record& somebody, std::string_view as_of = "2024-12-31") const {
        const Components kind;
        kind.check(parameters);
        return kind.evaluate(somebody, parameters, {day(as_of), words});
    }

    std::string refusal(const Parameters& given) const {
        try {
            Components().check(given);
            return "accepted";
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::invalid_input);
            return error.what();
        }
    }

    Vocabulary words;
    RecordBuilder record{words};
    Parameters parameters;
};

TEST_F(WrapComponents, AreMetWhenEveryUnitWasAttendedInOrder) {
    record.on("2024-05-01").attended("toolbox", 150).on("2024-05-08").attended("daily plan", 150);
    Finding finding = judge(record);
    EXPECT_TRUE(finding.verdict.is_unmet());
    EXPECT_EQ(finding.have, 2);
    EXPECT_EQ(finding.need, 3);
    EXPECT_EQ(finding.next.kind, NextStep::Kind::do_it);
    EXPECT_EQ(finding.next.what, "stressors");

    record.on("2024-05-15").attended("stressors", 150);
    finding = judge(record);
    EXPECT_TRUE(finding.verdict.is_met());
    EXPECT_EQ(finding.have, 3);
    EXPECT_THAT(finding.parts, IsEmpty());
    ASSERT_EQ(finding.used.size(), 3u);
    EXPECT_EQ(finding.used[1], (UsedEntry{EntryId{2}, 1, 1, "daily plan"}));
    EXPECT_TRUE(judge(record, "2024-05-15").verdict.is_met());
    EXPECT_TRUE(judge(record, "2024-05-14").verdict.is_unmet()) << "the day before, the last unit lies ahead";
}

TEST_F(WrapComponents, AllUnitsOnOneDayAreInOrder) {
    record.on("2024-05-01").attended("stressors", 60).attended("daily plan", 60).attended("toolbox", 60);
    EXPECT_TRUE(judge(record).verdict.is_met()) << "a two-day workshop has no order within the day";
}

TEST_F(WrapComponents, AUnitTakenBeforeTheOneItBuildsOnIsTakenAgain) {
    record.on("2024-05-01").attended("toolbox", 60).on("2024-05-08").attended("stressors", 60);
    record.on("2024-05-15").attended("daily plan", 60);
    const Finding finding = judge(record);
    EXPECT_TRUE(finding.verdict.is_unmet());
    ASSERT_EQ(finding.refused.size(), 1u);
    EXPECT_EQ(finding.refused[0], (RefusedEntry{EntryId{2}, 1, RefusalReason::before_start, "stressors"}));
    EXPECT_EQ(finding.next.what, "stressors");

    parameters.named["in order"] = Parameters::of("no");
    EXPECT_TRUE(judge(record).verdict.is_met());

    parameters.named["in order"] = Parameters::of("yes");
    record.on("2024-09-10").attended("stressors", 60);
    EXPECT_TRUE(judge(record).verdict.is_met());
}

TEST_F(WrapComponents, PresenceTooShortDoesNotCountAndOneMinuteMoreDoes) {
    parameters.named["each at least"] = Parameters::of("30 min");
    record.on("2024-05-01").attended("toolbox", 30).attended("daily plan", 30).attended("stressors", 29);
    const Finding finding = judge(record);
    EXPECT_TRUE(finding.verdict.is_unmet());
    EXPECT_EQ(finding.refused.at(0).reason, RefusalReason::missing_field);
    record.on("2024-05-02").attended("stressors", 30);
    EXPECT_TRUE(judge(record).verdict.is_met());
}

TEST_F(WrapComponents, ARegisteredAbsenceIsNoAttendance) {
    record.on("2024-05-01").attended("toolbox", 60).attended("daily plan", 60).attended("stressors", 0);
    EXPECT_TRUE(judge(record).verdict.is_unmet());
}

TEST_F(WrapComponents, WhatIsStillToBeConfirmedLeavesItOpen) {
    record.on("2024-05-01").attended("toolbox", 60).attended("daily plan", 60).attended("stressors", 60);
    record.with(EntryResult::pending);
    const Finding finding = judge(record);
    EXPECT_EQ(finding.verdict, Verdict::open());
    EXPECT_EQ(finding.open_because, "pending");
    EXPECT_EQ(finding.have, 2);
    EXPECT_EQ(finding.have_most, 3);
    EXPECT_EQ(finding.next.kind, NextStep::Kind::confirm);
}

TEST_F(WrapComponents, OtherTracesOfAUnitAreNoAttendance) {
    record.on("2024-05-01").trained("toolbox", 60).trained("daily plan", 60).trained("stressors", 60);
    EXPECT_EQ(judge(record).have, 0);
}

TEST_F(WrapComponents, AFileThatSaysItWronglyIsToldWhereAndHow) {
    EXPECT_THAT(refusal(Parameters{}), HasSubstr("\"units\" is missing"));
    parameters.named["in order"] = Parameters::of("maybe");
    parameters.named["in order"].place = "wrap.yaml:7:15";
    EXPECT_EQ(refusal(parameters), "wrap.yaml:7:15: \"in order\" takes yes or no, not \"maybe\"");
    parameters.named["in order"] = Parameters::of("yes");
    parameters.named["unitz"] = Parameters::of("x");
    EXPECT_THAT(refusal(parameters), HasSubstr("did you mean \"units\"?"));
    parameters.named.erase("unitz");
    parameters.named["each at least"] = Parameters::of("30");
    EXPECT_THAT(refusal(parameters), HasSubstr("hours or minutes"));
    parameters.named.erase("each at least");
    parameters.named["units"] = Parameters::list({"toolbox", "toolbox"});
    EXPECT_THAT(refusal(parameters), HasSubstr("twice"));
}

} // namespace
} // namespace peercert::wrap
