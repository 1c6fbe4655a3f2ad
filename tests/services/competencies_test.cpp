#include "services/competency_view.hpp"
#include "services/conflicts_of_interest.hpp"
#include "services/packets.hpp"
#include "services/self_ratings.hpp"
#include "signing_fixture.hpp"

/// What people say of themselves, who does not sign for whom, and how far somebody is.
namespace peercert::services {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SelfRating : public ASigningHouse {
protected:
    void says(const std::string& who, const char* competency, const char* word, bool shared = false) {
        SelfRatings(house(), rulebook).rate(as(who), {{competency, word}}, shared);
    }
    std::vector<domain::SelfRating> seen_by_actor(const Actor& actor) {
        return SelfRatings(house(), rulebook).of(actor, learner);
    }
};
PEERCERT_IN_BOTH(SelfRating);

TEST_P(SelfRating, IsSeenByThePersonFirstAndByTeachersOnlyWhenShared) {
    says(learner, "samhsa-core/II.3", "shown");
    EXPECT_THAT(seen_by_actor(as(learner)), SizeIs(1));
    EXPECT_THAT(seen_by_actor(as(odessa)), IsEmpty());
    EXPECT_THAT(seen_by_actor(host), IsEmpty()) << "not even the operator, by the program";
    says(learner, "samhsa-core/II.4", "not yet", true);
    ASSERT_THAT(seen_by_actor(as(odessa)), SizeIs(1));
    EXPECT_EQ(seen_by_actor(as(odessa))[0].competency, "samhsa-core/II.4");
    says(learner, "samhsa-core/II.4", "shown"); // said anew, and not shared
    EXPECT_THAT(seen_by_actor(as(odessa)), IsEmpty());
    EXPECT_EQ(seen_by_actor(as(learner)).at(1).rating, "shown");
    EXPECT_TRUE(audit_is_intact());
}

TEST_P(SelfRating, IsNeverShownToAnEmployer) {
    says(learner, "samhsa-core/II.3", "shown", true);
    organizations->add(host, {{}, "agency", "Agency", domain::OrganizationKind::employer, ""});
    organizations->grant(host, "agency", learner, "worker", day("2025-01-01"), {});
    for (const char* role : {"supervisor", "coordinator", "administrator", "facilitator"}) {
        const std::string boss = somebody(std::string("Boss ") + role);
        organizations->grant(host, "agency", boss, role, day("2025-01-01"), {});
        EXPECT_EQ(refusal([&] { seen_by_actor(as(boss)); }).code(), ErrorCode::forbidden) << role;
    }
    const std::string coordinator = somebody("Cora Coordinator");
    organizations->grant(host, "centre", coordinator, "coordinator", day("2025-01-01"), {});
    EXPECT_EQ(refusal([&] { seen_by_actor(as(coordinator)); }).code(), ErrorCode::forbidden)
        << "for those who teach, not for the office";
    EXPECT_EQ(refusal([&] { seen_by_actor(as(somebody("Zoe Li"))); }).code(), ErrorCode::not_found);
}

TEST_P(SelfRating, IsNobodyElsesToEnterAndNoRuleEverSeesIt) {
    EXPECT_EQ(refusal([&] {
                  SelfRatings(house(), rulebook).rate(host, {{"samhsa-core/II.3", "shown"}}, true);
              }).code(),
              ErrorCode::forbidden);
    says(learner, "samhsa-core/II.3", "shown", true);
    EXPECT_THAT(ledger->of(host, learner), IsEmpty());
    const Record record = house().store.read([&](storage::UnitOfWork& work) {
        return work.entries.record(person_of(work, host, learner, house().today()).id, rulebook.words());
    });
    EXPECT_THAT(record.entries, IsEmpty()) << "what is judged holds no self-rating";
    const auto view = competencies_of(house(), rulebook, host, learner, "samhsa-core", day("2025-03-01"));
    for (const CompetencyStanding& one : view.competencies)
        EXPECT_EQ(one.how, CompetencyStanding::How::not_seen);
}

TEST_P(SelfRating, TravelsOnlyWithThePersonThemselves) {
    says(learner, "samhsa-core/II.3", "shown", true);
    PersonPackets packets(house());
    EXPECT_THAT(packets.make(as(learner), learner).packet.rows("self_rating"), SizeIs(1));
    EXPECT_THAT(packets.make(host, learner).packet.rows("self_rating"), IsEmpty());
    const std::string coordinator = somebody("Cora Coordinator");
    organizations->grant(host, "centre", coordinator, "coordinator", day("2025-01-01"), {});
    EXPECT_THAT(packets.make(as(coordinator), learner).packet.rows("self_rating"), IsEmpty());
}

TEST_P(SelfRating, IsAWordOfTheScaleAndCanBeTakenBack) {
    EXPECT_THAT(refusal([&] { says(learner, "ips/IPS.MUTUALITY", "shown"); }).what(),
                HasSubstr("no word of the scale of ips 2015"));
    EXPECT_THAT(refusal([&] { says(learner, "II.3", "shown"); }).what(), HasSubstr("FRAMEWORK/CODE"));
    says(learner, "ips/IPS.MUTUALITY", "4");
    says(learner, "ips/IPS.MUTUALITY", "");
    EXPECT_THAT(seen_by_actor(as(learner)), IsEmpty());
    EXPECT_EQ(refusal([&] { says(learner, "ips/IPS.MUTUALITY", ""); }).code(), ErrorCode::conflict);
}

class AConflictOfInterest : public ASigningHouse {
protected:
    ConflictsOfInterest::Declared declared(const Actor& by, const char* first, const char* last = nullptr,
                                           bool never = false) {
        return ConflictsOfInterest(house()).declare(
            by, {odessa, learner, day(first), last == nullptr ? std::nullopt : std::optional(day(last)), never});
    }
};
PEERCERT_IN_BOTH(AConflictOfInterest);

TEST_P(AConflictOfInterest, IsDeclaredByEitherAndEndsOnADay) {
    EXPECT_TRUE(seen_by(odessa, 7).accepted());
    EXPECT_EQ(declared(as(learner), "2025-02-01").signed_already, 1) << "what was signed stays and is told of";
    EXPECT_FALSE(seen_by(odessa, 7).accepted());
    declared(as(odessa), "2025-02-01", "2025-02-20"); // it ended
    EXPECT_TRUE(seen_by(odessa, 7).accepted());
    declared(as(odessa), "2025-02-01", "2025-02-21");
    EXPECT_FALSE(seen_by(odessa, 7).accepted());
    declared(as(learner), "2025-02-01", nullptr, true); // it was never so
    EXPECT_TRUE(seen_by(odessa, 7).accepted());
    EXPECT_THAT(ConflictsOfInterest(house()).of(host, learner), IsEmpty());
    EXPECT_TRUE(audit_is_intact());
}

TEST_P(AConflictOfInterest, IsNobodyElsesBusiness) {
    EXPECT_EQ(refusal([&] { declared(as(bernard), "2025-02-01"); }).code(), ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] { declared(as(somebody("Zoe Li")), "2025-02-01"); }).code(), ErrorCode::not_found);
    EXPECT_EQ(refusal([&] { declared(host, "2025-02-01", nullptr, true); }).code(), ErrorCode::not_found);
    EXPECT_THAT(refusal([&] { declared(host, "2025-02-02", "2025-02-01"); }).what(), HasSubstr("before the first"));
    EXPECT_THAT(refusal([&] {
                    ConflictsOfInterest(house()).declare(host, {learner, learner, day("2025-02-01"), {}, false});
                }).what(),
                HasSubstr("between two people"));
    declared(host, "2025-02-01");
    EXPECT_EQ(ConflictsOfInterest(house()).of(host, odessa).at(0).other, learner);
    EXPECT_EQ(refusal([&] { ConflictsOfInterest(house()).of(as(bernard), odessa); }).code(), ErrorCode::forbidden);
}

class HowFarSomebodyIs : public ASigningHouse {};
PEERCERT_IN_BOTH(HowFarSomebodyIs);

TEST_P(HowFarSomebodyIs, KeepsWhatWasShownOnce) {
    using How = CompetencyStanding::How;
    const auto how = [&](const char* code, const char* on = "2025-03-01") {
        for (const auto& one : competencies_of(house(), rulebook, host, learner, "samhsa-core", day(on)).competencies)
            if (one.competency.code == code)
                return one.how;
        ADD_FAILURE() << code;
        return How::not_seen;
    };
    EXPECT_EQ(how("II.3"), How::not_seen);
    competencies->sign_off(host, in_session({odessa}, 7));
    EXPECT_EQ(how("II.3"), How::waiting);
    EXPECT_EQ(how("II.3", "2025-02-20"), How::not_seen) << "the day before it was seen";
    seen_by(odessa, 7);
    EXPECT_EQ(how("II.3"), How::shown);
    NewSignOff later = on_another_day(odessa, "2025-02-28");
    later.rating = "not yet";
    competencies->sign_off(as(odessa), later);
    EXPECT_EQ(how("II.3"), How::shown) << "what was shown is shown";
    later.competencies = {"samhsa-core/II.4"};
    competencies->sign_off(as(odessa), later);
    EXPECT_EQ(how("II.4"), How::not_yet);
}

} // namespace
} // namespace peercert::services
