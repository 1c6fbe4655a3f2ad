#include "storage/suite.hpp"

namespace peercert::storage {
namespace {

using domain::Response;
using domain::SignOffState;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// What belongs to sign-offs beside the ledger, and approvals for continuing education.
class SignOffStore : public BothDatabases {
protected:
    void SetUp() override {
        BothDatabases::SetUp();
        if (IsSkipped())
            return;
        change([this](UnitOfWork& work) {
            body = work.organizations.add(
                {.code = "dhs", .name = "Health Services", .kind = domain::OrganizationKind::certifying_body});
            ana = work.people.add({.name_used = "Ana Invented"}).id;
            bo = work.people.add({.name_used = "Bo Invented"}).id;
            line = work.entries.add({.person = ana,
                                     .kind = EntryKind::sign_off,
                                     .result = EntryResult::pending,
                                     .first_day = 2026y / 3 / 1,
                                     .last_day = 2026y / 3 / 1,
                                     .code = "x/C.ONE",
                                     .asserted_by = bo});
            work.sign_offs.add({line, {}, {}, SignOffState::awaiting_assessor, "high", "x 2026"});
            work.sign_offs.respond(line, Response::agrees);
            work.sign_offs.add_self_rating({ana, 0, "x/C.ONE", "x 2026", "low", 2026y / 3 / 1, true, false});
            work.sign_offs.declare_conflict({bo, ana, {2026y / 3 / 1, 2026y / 3 / 31}, false});
            work.ce_approvals.add({.body = body,
                                   .provider = body,
                                   .course = "ethics",
                                   .topics = {"ethics", "peer-specific"},
                                   .minutes = Minutes{90},
                                   .days = {2026y / 3 / 1, {}}});
        });
    }
    std::string problem() {
        return look([](UnitOfWork& work) { return work.audit.verify().problem; });
    }

    OrganizationId body;
    PersonId ana, bo;
    EntryId line;
};
PEERCERT_BOTH_DATABASES(SignOffStore);

TEST_P(SignOffStore, GivesBackWhatWasRecorded) {
    look([&](UnitOfWork& work) {
        const auto found = work.sign_offs.find(line);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->act, line) << "the first of its act";
        EXPECT_EQ(found->root, line);
        EXPECT_EQ(found->state, SignOffState::awaiting_assessor);
        EXPECT_EQ(found->rating, "high");
        EXPECT_EQ(found->framework, "x 2026");
        EXPECT_FALSE(work.sign_offs.find(EntryId(999)));
        EXPECT_THAT(work.sign_offs.of_act(line), SizeIs(1));
        EXPECT_THAT(work.sign_offs.of_person(ana), SizeIs(1));
        EXPECT_THAT(work.sign_offs.of_person(bo), IsEmpty());
        EXPECT_EQ(work.sign_offs.response(line)->response, Response::agrees);
        ASSERT_THAT(work.sign_offs.self_ratings(ana), SizeIs(1));
        EXPECT_TRUE(work.sign_offs.self_ratings(ana)[0].shared);
        EXPECT_TRUE(work.sign_offs.in_conflict(ana, bo, 2026y / 3 / 31));
        EXPECT_TRUE(work.sign_offs.in_conflict(bo, ana, 2026y / 3 / 1));
        EXPECT_FALSE(work.sign_offs.in_conflict(ana, bo, 2026y / 4 / 1));
        EXPECT_FALSE(work.sign_offs.in_conflict(ana, bo, 2026y / 2 / 28));
        ASSERT_THAT(work.ce_approvals.standing_of(body), SizeIs(1));
        const auto approval = work.ce_approvals.standing()[0];
        EXPECT_EQ(approval.course, "ethics");
        EXPECT_THAT(approval.topics, ElementsAre("ethics", "peer-specific"));
        EXPECT_EQ(approval.minutes, Minutes{90});
        EXPECT_FALSE(approval.days.last);
        EXPECT_THAT(work.sign_offs.signed_ratings("x 2026"), IsEmpty()) << "it is not signed";
        EXPECT_THAT(work.sign_offs.editions_rated("x"), ElementsAre("x 2026"));
        EXPECT_THAT(work.sign_offs.editions_rated("y"), IsEmpty());
        EXPECT_THAT(work.entries.vouched_for_by(bo, 2026y / 3 / 1), SizeIs(1));
        EXPECT_THAT(work.entries.vouched_for_by(bo, 2026y / 3 / 2), IsEmpty());
    });
}

TEST_P(SignOffStore, RowsAreNeverChangedAndTamperingIsFound) {
    EXPECT_EQ(problem(), "");
    for (const char* table : {"sign_off", "sign_off_response", "self_rating", "declared_conflict", "ce_approval"})
        EXPECT_FALSE(database().place().accepts("delete from " + std::string(table))) << table;
    for (const auto& [statement, back] : std::vector<std::pair<std::string, std::string>>{
             {"update sign_off set state = 'signed'", "update sign_off set state = 'awaiting_assessor'"},
             {"update sign_off set rating = 'low'", "update sign_off set rating = 'high'"},
             {"update sign_off_response set response = 'disagrees'",
              "update sign_off_response set response = 'agrees'"},
             {"update self_rating set shared = 0", "update self_rating set shared = 1"},
             {"update declared_conflict set last_day = null", "update declared_conflict set last_day = '2026-03-31'"},
             {"update ce_approval set minutes = 600", "update ce_approval set minutes = 90"}}) {
        EXPECT_FALSE(database().place().accepts(statement)) << statement;
        database().place().tamper(statement);
        EXPECT_THAT(problem(), HasSubstr("does not fit what is recorded")) << statement;
        database().place().tamper(back);
        EXPECT_EQ(problem(), "") << back;
    }
}

} // namespace
} // namespace peercert::storage
