#include "house_fixture.hpp"

#include <sstream>

namespace peercert::services {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A completion rests on attendance; when attendance is corrected, nothing silently stays.
class ACompletion : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        a_wrap_cohort({});
        amara = somebody("Amara Okafor");
        cohorts->enrol(host, "wrap-1", amara, {});
        cohorts->accept(host, "wrap-1", {"Invented: nobody led it, and it counts", ""});
    }
    void was_there(Minutes each) {
        for (int session = 1; session <= 8; ++session)
            cohorts->attend(host, "wrap-1", session, amara, each);
    }
    LedgerLine completion() {
        LedgerLine newest;
        for (const LedgerLine& line : ledger->of(host, amara))
            if (line.entry.kind == EntryKind::training && newest.entry.id < line.entry.id)
                newest = line;
        return newest;
    }
    domain::EnrolmentState place() { return cohorts->show(host, "wrap-1").people.at(0).state; }
    /// Of the newest audit row.
    std::string last_action() {
        return house().store.read([](storage::UnitOfWork& work) { return work.audit.newest()->action; });
    }
    std::string amara;
};
PEERCERT_IN_BOTH(ACompletion);

TEST_P(ACompletion, IsNotJudgedBeforeThereIsOne) {
    const Attended attended = cohorts->attend(host, "wrap-1", 1, amara, Minutes{120});
    EXPECT_TRUE(attended.changed);
    EXPECT_FALSE(attended.review);
    EXPECT_FALSE(cohorts->attend(host, "wrap-1", 1, amara, Minutes{120}).changed);
}

TEST_P(ACompletion, FollowsACorrectionThatStillLeavesEnough) {
    was_there(Minutes{121});
    cohorts->complete(host, "wrap-1");
    const EntryId before = completion().entry.id;
    const Attended attended = cohorts->attend(host, "wrap-1", 4, amara, Minutes{113}); // 16 h to the minute
    ASSERT_TRUE(attended.review);
    EXPECT_EQ(attended.review->outcome, CompletionReview::Outcome::corrected);
    EXPECT_EQ(attended.review->before, before);
    EXPECT_EQ(attended.review->now.present, Minutes{960});
    EXPECT_EQ(completion().entry.amount, 960);
    EXPECT_EQ(completion().entry.replaces, before);
    EXPECT_TRUE(completion().entry.counts());
    EXPECT_EQ(place(), domain::EnrolmentState::completed);
    EXPECT_EQ(last_action(), "cohort.completion_corrected");
}

TEST_P(ACompletion, IsWithdrawnWhenOneMinuteIsMissing) {
    was_there(Minutes{120});
    cohorts->complete(host, "wrap-1");
    const EntryId before = completion().entry.id;
    const Attended attended = cohorts->attend(host, "wrap-1", 4, amara, Minutes{119});
    ASSERT_TRUE(attended.review);
    EXPECT_EQ(attended.review->outcome, CompletionReview::Outcome::withdrawn);
    EXPECT_TRUE(attended.review->now.completion.verdict.is_unmet());
    EXPECT_EQ(attended.review->now.stands, CompletionState::withdrawn);
    EXPECT_TRUE(completion().entry.withdrawn);
    EXPECT_EQ(completion().entry.replaces, before);
    EXPECT_EQ(completion().entry.late_reason, domain::LateReason::correction) << "the reason stands in the ledger";
    EXPECT_EQ(place(), domain::EnrolmentState::returned);
    EXPECT_EQ(last_action(), "cohort.completion_withdrawn");
    EXPECT_TRUE(house().store.read([](storage::UnitOfWork& work) { return work.audit.verify(); }).intact());
    // The way back is the ordinary one.
    EXPECT_THAT(cohorts->complete(host, "wrap-1").completed, IsEmpty());
    EXPECT_FALSE(cohorts->attend(host, "wrap-1", 4, amara, Minutes{120}).review) << "there is none to judge";
    EXPECT_THAT(cohorts->complete(host, "wrap-1").completed, SizeIs(1));
    EXPECT_EQ(place(), domain::EnrolmentState::completed);
}

TEST_P(ACompletion, IsJudgedAgainAfterAnImportToo) {
    was_there(Minutes{120});
    cohorts->complete(host, "wrap-1");
    Imports imports(house(), &rulebook);
    std::istringstream rehearsed("person,session,minutes\n" + amara + ",2,60\n");
    EXPECT_THAT(imports.attendance(host, "wrap-1", rehearsed, Mode::rehearse).reviews, SizeIs(1));
    EXPECT_TRUE(completion().entry.counts()) << "only rehearsed";
    std::istringstream file("person,session,minutes\n" + amara + ",2,60\n" + amara + ",3,60\n");
    const ImportReport report = imports.attendance(host, "wrap-1", file, Mode::commit);
    ASSERT_THAT(report.reviews, SizeIs(1)) << "once a person, however many rows";
    EXPECT_EQ(report.reviews[0].outcome, CompletionReview::Outcome::withdrawn);
    EXPECT_TRUE(completion().entry.withdrawn);
}

TEST_P(ACompletion, IsJudgedAgainWhenAnAttendanceIsWithdrawn) {
    was_there(Minutes{120});
    cohorts->complete(host, "wrap-1");
    EntryId third;
    for (const LedgerLine& line : ledger->of(host, amara))
        if (line.entry.kind == EntryKind::attendance && line.entry.first_day == day("2025-01-24"))
            third = line.entry.id;
    const Replaced replaced = ledger->withdraw(host, third);
    ASSERT_TRUE(replaced.review);
    EXPECT_EQ(replaced.review->outcome, CompletionReview::Outcome::withdrawn);
}

TEST_P(ACompletion, WithdrawnByHandPutsThePersonBackIntoTheCohort) {
    was_there(Minutes{120});
    cohorts->complete(host, "wrap-1");
    ledger->withdraw(host, completion().entry.id);
    EXPECT_EQ(place(), domain::EnrolmentState::returned);
}

TEST_P(ACompletion, NamesTheCredentialsThatCountedItAndLeavesThemAlone) {
    was_there(Minutes{120});
    cohorts->complete(host, "wrap-1");
    const EntryId counted = completion().entry.id;
    record(amara, EntryKind::training, "wrap-seminar-2", "2025-03-10");
    record(amara, EntryKind::attestation, "wrap values and ethics", "2025-03-10");
    const Decided awarded =
        certification->award(host, {amara, "wrap", Step::Verb::become, "provisional co-facilitator", {}}, "office");
    ASSERT_TRUE(awarded.credential);
    const std::string number = awarded.credential->record.credential.number.str();
    const auto before = verify(number).outcome;

    // Even when the line was corrected in between, what it replaced is what the decision counted.
    cohorts->attend(host, "wrap-1", 5, amara, Minutes{121});
    const Attended attended = cohorts->attend(host, "wrap-1", 4, amara, Minutes{30});
    ASSERT_TRUE(attended.review);
    ASSERT_THAT(attended.review->relying, SizeIs(1));
    EXPECT_EQ(attended.review->relying[0].number, number);
    EXPECT_EQ(attended.review->relying[0].track, "wrap");
    EXPECT_THAT(attended.review->relying[0].entries, ::testing::ElementsAre(counted));
    EXPECT_EQ(verify(number).outcome, before) << "nobody's credential changes by itself";
}

TEST_P(ACompletion, CorrectionOfAnyLineNamesTheCredentialsThatCountedIt) {
    const std::string number = certified_in_wisconsin("Dolores Quintero");
    const auto dolores = house().store.read([&](storage::UnitOfWork& work) {
        return person_of(work, host, "Dolores Quintero", house().today()).code.str();
    });
    EntryId course;
    for (const LedgerLine& line : ledger->of(host, dolores))
        if (line.entry.code == "wi-approved-curriculum")
            course = line.entry.id;
    const Replaced corrected = ledger->correct(host, course, {.first_day = day("2025-03-21")});
    ASSERT_THAT(corrected.relying, SizeIs(1));
    EXPECT_EQ(corrected.relying[0].number, number);
    const Replaced withdrawn = ledger->withdraw(host, corrected.by);
    EXPECT_THAT(withdrawn.relying, SizeIs(1)) << "through the line that it replaced";
    const EntryId other = record(dolores, EntryKind::ce, "", "2025-03-01", EntryResult::none, 60);
    EXPECT_THAT(ledger->withdraw(host, other).relying, IsEmpty());
}

} // namespace
} // namespace peercert::services
