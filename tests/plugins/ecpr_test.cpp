#include "plugins/ecpr/processes.hpp"

#include <gmock/gmock.h>

#include <peercert/error.hpp>
#include <peercert/testkit.hpp>

namespace peercert::ecpr {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testkit::day;
using testkit::RecordBuilder;

class EcprProcesses : public testing::Test {
protected:
    /// C and P shown as they should be in one training; R is what a test is about.
    EcprProcesses() {
        for (const char* process : {"ecpr/ECPR.C", "ecpr/ECPR.P"})
            show(process);
    }

    RecordBuilder& show(std::string_view process) {
        return record.on("2024-06-02")
            .shown(process)
            .tagged({"role play"})
            .by("ecpr/trainer", "2023-01-01", "2024-12-31");
    }

    Finding judge(std::string_view as_of = "2024-12-31") const {
        const Processes kind;
        const Parameters parameters = kind.example();
        kind.check(parameters);
        return kind.evaluate(record, parameters, {day(as_of), words});
    }

    RefusalReason only_refusal() const {
        const Finding finding = judge();
        EXPECT_TRUE(finding.verdict.is_unmet());
        EXPECT_EQ(finding.refused.size(), 1u);
        return finding.refused.at(0).reason;
    }

    Vocabulary words;
    RecordBuilder record{words};
};

TEST_F(EcprProcesses, AreMetWhenEachWasShownInARolePlayBeforeATrainer) {
    Finding finding = judge();
    EXPECT_TRUE(finding.verdict.is_unmet());
    EXPECT_EQ(finding.have, 2);
    EXPECT_EQ(finding.next.what, "ecpr/ECPR.R");
    EXPECT_EQ(finding.next.kind, NextStep::Kind::do_it);

    show("ecpr/ECPR.R");
    finding = judge();
    EXPECT_TRUE(finding.verdict.is_met());
    EXPECT_EQ(finding.used.size(), 3u);
    EXPECT_THAT(finding.parts, IsEmpty());
    EXPECT_TRUE(judge("2024-06-02").verdict.is_met());
    EXPECT_TRUE(judge("2024-06-01").verdict.is_unmet());
}

TEST_F(EcprProcesses, NotYetIsNoRefusalOfThePersonAndALaterShownCounts) {
    record.on("2024-06-02")
        .shown("ecpr/ECPR.R")
        .tagged({"role play"})
        .by("ecpr/trainer", "2023-01-01")
        .with(EntryResult::not_yet);
    EXPECT_EQ(only_refusal(), RefusalReason::not_passed);
    record.on("2024-07-02").shown("ecpr/ECPR.R").tagged({"role play"}).by("ecpr/trainer", "2023-01-01");
    EXPECT_TRUE(judge().verdict.is_met());
    EXPECT_THAT(judge().refused, IsEmpty());
}

TEST_F(EcprProcesses, AnotherWayOfShowingItDoesNotCount) {
    record.on("2024-06-02").shown("ecpr/ECPR.R").tagged({"written"}).by("ecpr/trainer", "2023-01-01");
    EXPECT_EQ(only_refusal(), RefusalReason::wrong_category);
}

TEST_F(EcprProcesses, WhoeverObservedItWasATrainerOnThatVeryDay) {
    record.on("2024-06-02").shown("ecpr/ECPR.R").tagged({"role play"}).by("ecpr/practitioner", "2023-01-01");
    EXPECT_EQ(only_refusal(), RefusalReason::no_authority);
}

TEST_F(EcprProcesses, ATrainerWhoBecameOneTheDayAfterCouldNotObserveIt) {
    record.on("2024-06-02").shown("ecpr/ECPR.R").tagged({"role play"}).by("ecpr/trainer", "2024-06-03");
    EXPECT_EQ(only_refusal(), RefusalReason::authority_not_held);
    record.on("2024-06-03").shown("ecpr/ECPR.R").tagged({"role play"}).by("ecpr/trainer", "2024-06-03", "2024-06-03");
    EXPECT_TRUE(judge().verdict.is_met());
}

TEST_F(EcprProcesses, WhatWaitsForConfirmationLeavesItOpen) {
    show("ecpr/ECPR.R").with(EntryResult::pending);
    const Finding finding = judge();
    EXPECT_EQ(finding.verdict, Verdict::open());
    EXPECT_EQ(finding.have, 2);
    EXPECT_EQ(finding.have_most, 3);
    EXPECT_EQ(finding.next.kind, NextStep::Kind::confirm);
}

TEST_F(EcprProcesses, AFileNamesWhatIsShownHowAndBeforeWhom) {
    const auto refusal = [](Parameters given) {
        try {
            Processes().check(given);
            return std::string("accepted");
        } catch (const Error& error) {
            return std::string(error.what());
        }
    };
    const Parameters example = Processes().example();
    for (const char* name : {"shown", "method", "observed by"}) {
        Parameters without = example;
        without.named.erase(name);
        EXPECT_THAT(refusal(without), HasSubstr("\"" + std::string(name) + "\" is missing"));
    }
    Parameters twice = example;
    twice.named["shown"] = Parameters::list({"ecpr/ECPR.C", "ecpr/ECPR.C"});
    EXPECT_THAT(refusal(twice), HasSubstr("twice"));
    Parameters more = example;
    more.named["observed"] = Parameters::of("x");
    EXPECT_THAT(refusal(more), HasSubstr("unknown word \"observed\""));
}

} // namespace
} // namespace peercert::ecpr
