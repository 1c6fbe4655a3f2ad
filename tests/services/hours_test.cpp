// Hours from the day they are worked to the supervisor's word.
#include <fstream>

#include "house_fixture.hpp"
#include "services/hours.hpp"
#include "services/reports/role_share.hpp"

namespace peercert::services {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using State = AskedLine::State;

class SomebodysHours : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        hours.emplace(house(), rulebook);
        organizations->add(host, {{}, "lakeside", "Lakeside Peers", domain::OrganizationKind::employer, "Milwaukee"});
        worker = somebody("Dolores Quintero");
        supervisor = somebody("Odessa Whitfield");
        organizations->grant(host, "lakeside", worker, "peer", day("2025-01-01"), {});
        organizations->grant(host, "lakeside", supervisor, "supervisor", day("2025-02-01"), day("2025-03-31"));
    }

    EntryId log(const char* on, std::int64_t minutes = 360, const char* until = nullptr, std::string activity = {},
                std::string way = {}) {
        NewHours line{.person = worker, .minutes = minutes, .first_day = day(on), .employer = "lakeside"};
        if (until != nullptr)
            line.last_day = day(until);
        line.activity = std::move(activity);
        line.way = std::move(way);
        return hours->log(as(worker), line);
    }
    AskedSupervisor ask() { return hours->ask(as(worker), {.person = worker, .supervisor = supervisor}); }
    Actor as(const std::string& code) {
        return {"person:" + code, house().store.read([&](storage::UnitOfWork& work) {
                    return work.people.find(domain::PersonCode::parse(code).value())->id;
                })};
    }
    std::vector<domain::LedgerEntry> counting() {
        std::vector<domain::LedgerEntry> found;
        for (const LedgerLine& line : ledger->of(host, worker))
            if (line.entry.counts())
                found.push_back(line.entry);
        return found;
    }

    /// Somebody else at Lakeside with an hour of peer work.
    void colleague(int n) {
        const std::string code = somebody("Colleague Number " + std::string(static_cast<std::size_t>(n), 'x'),
                                          peercert::to_text(add_days(day("1970-01-01"), n)).c_str());
        organizations->grant(host, "lakeside", code, "peer", day("2025-01-01"), {});
        NewHours line{.person = code, .minutes = 60, .first_day = day("2025-03-10"), .employer = "lakeside"};
        line.activity = "team meeting";
        hours->log(host, line);
    }
    RoleShare of_lakeside() {
        return role_share_of_employer(house(), host, "lakeside", day("2025-03-01"), day("2025-03-31"));
    }

    std::optional<Hours> hours;
    std::string worker, supervisor;
};
PEERCERT_IN_BOTH(SomebodysHours);

TEST_P(SomebodysHours, WaitUntilTheSupervisorConfirmsThemThroughTheLink) {
    const EntryId first = log("2025-03-10"), second = log("2025-03-11", 90);
    ASSERT_THAT(counting(), SizeIs(2));
    EXPECT_EQ(counting()[0].result, EntryResult::pending);
    const AskedSupervisor asked = ask();
    EXPECT_EQ(asked.secret.size(), 43u);
    const ConfirmationView seen = hours->open(asked.secret);
    EXPECT_EQ(seen.person_name, "Dolores Quintero");
    ASSERT_THAT(seen.lines, SizeIs(2));
    EXPECT_EQ(seen.lines[0].state, State::open);
    EXPECT_EQ(seen.lines[0].employer, "Lakeside Peers");

    const Answered answered = hours->answer(asked.secret, {first}, "link");
    EXPECT_EQ(answered.minutes, 360);
    EXPECT_EQ(answered.view.state, ConfirmationView::State::answered);
    const auto lines = counting();
    ASSERT_THAT(lines, SizeIs(2));
    EXPECT_EQ(lines[0].result, EntryResult::none);
    EXPECT_EQ(lines[0].replaces, first);
    EXPECT_EQ(lines[0].authority->role, "lakeside/supervisor");
    EXPECT_EQ(lines[0].authority->held, (DayRange{day("2025-02-01"), day("2025-03-31")}));
    EXPECT_EQ(lines[0].typed_by, "person:" + supervisor + " by link");
    EXPECT_EQ(lines[1].id, second) << "left open";
    EXPECT_EQ(lines[1].result, EntryResult::pending);
}

TEST_P(SomebodysHours, AreConfirmedOnceOnly) {
    const EntryId line = log("2025-03-10");
    const AskedSupervisor asked = ask();
    hours->answer(asked.secret, {line}, "link");
    EXPECT_EQ(refusal([&] { hours->answer(asked.secret, {line}, "link"); }).code(), ErrorCode::conflict);
    EXPECT_EQ(hours->open(asked.secret).state, ConfirmationView::State::answered) << "it can still be read";
    EXPECT_THAT(counting(), SizeIs(1));
    EXPECT_THAT(refusal([&] { ask(); }).what(), HasSubstr("nobody has asked")) << "nothing waits any more";
}

TEST_P(SomebodysHours, AreJudgedForEachDayOfEachLine) {
    log("2025-01-31");                    // the day before the role
    log("2025-02-01");                    // its first
    log("2025-03-31");                    // its last
    log("2025-04-01");                    // the day after
    log("2025-03-28", 600, "2025-04-01"); // out of it on the last day
    const AskedSupervisor asked = ask();
    const auto lines = asked.view.lines;
    ASSERT_THAT(lines, SizeIs(5));
    EXPECT_EQ(lines[0].not_entitled_on, day("2025-01-31"));
    EXPECT_EQ(lines[1].state, State::open);
    EXPECT_EQ(lines[2].state, State::open);
    const auto of_several =
        std::find_if(lines.begin(), lines.end(), [](const AskedLine& one) { return one.first_day != one.last_day; });
    EXPECT_EQ(of_several->not_entitled_on, day("2025-04-01"));
    EXPECT_EQ(of_several->state, State::not_entitled);
    const Error no = refusal([&] { hours->answer(asked.secret, {of_several->entry}, "link"); });
    EXPECT_EQ(no.code(), ErrorCode::conflict);
    EXPECT_THAT(no.what(), HasSubstr("on 2025-04-01"));
    EXPECT_EQ(hours->open(asked.secret).state, ConfirmationView::State::open) << "nothing was taken";
}

TEST_P(SomebodysHours, OfTwoRolesInARowAreCoveredByBoth) {
    organizations->grant(host, "lakeside", supervisor, "supervisor", day("2025-04-01"), {});
    const EntryId line = log("2025-03-28", 600, "2025-04-02");
    EXPECT_EQ(hours->answer(ask().secret, {line}, "link").minutes, 600);
}

TEST_P(SomebodysHours, LinkEndsWithItsTimeAndWhenItIsWithdrawn) {
    const EntryId line = log("2025-03-10");
    const AskedSupervisor asked = ask();
    clock.set(asked.view.expires_at - std::chrono::seconds(1));
    EXPECT_NO_THROW(hours->open(asked.secret));
    clock.set(asked.view.expires_at);
    const Error over = refusal([&] { hours->open(asked.secret); });
    EXPECT_EQ(refusal([&] { hours->answer(asked.secret, {line}, "link"); }).what(), std::string(over.what()));
    const AskedSupervisor again = ask(); // a line whose link is over can be asked about anew
    hours->withdraw(as(worker), again.view.id);
    EXPECT_EQ(refusal([&] { hours->open(again.secret); }).what(), std::string(over.what()));
    EXPECT_EQ(refusal([&] { hours->open(std::string(43, 'A')); }).what(), std::string(over.what()))
        << "nobody learns what was and what never was";
    EXPECT_EQ(refusal([&] { hours->open("short"); }).code(), ErrorCode::not_found);
}

TEST_P(SomebodysHours, SecretStandsNowhereInTheDatabase) {
    log("2025-03-10");
    const AskedSupervisor asked = ask();
    const auto found =
        house().store.read([&](storage::UnitOfWork& work) { return work.confirmations.find_by_secret(asked.secret); });
    ASSERT_TRUE(found);
    for (const auto& file : std::filesystem::directory_iterator(database().place().folder())) { // none on PostgreSQL
        std::ifstream bytes(file.path(), std::ios::binary);
        const std::string all((std::istreambuf_iterator<char>(bytes)), {});
        EXPECT_EQ(all.find(asked.secret), std::string::npos) << file.path();
    }
}

TEST_P(SomebodysHours, AreNotConfirmedByThePersonThemselves) {
    log("2025-03-10");
    EXPECT_EQ(refusal([&] { hours->ask(as(worker), {.person = worker, .supervisor = worker}); }).code(),
              ErrorCode::forbidden);
}

TEST_P(SomebodysHours, AreNotAskedAboutTwiceAtOnce) {
    log("2025-03-10");
    ask();
    EXPECT_EQ(refusal([&] { ask(); }).code(), ErrorCode::not_found);
    log("2025-03-12");
    EXPECT_THAT(ask().view.lines, SizeIs(1)) << "only what nobody is asked about";
}

TEST_P(SomebodysHours, ThatWereChangedSinceAreNotConfirmedAsTheyWere) {
    const EntryId line = log("2025-03-10", 360);
    const AskedSupervisor asked = ask();
    ledger->correct(host, line, {.amount = 480});
    EXPECT_EQ(hours->open(asked.secret).lines.at(0).state, State::changed);
    EXPECT_EQ(refusal([&] { hours->answer(asked.secret, {line}, "link"); }).code(), ErrorCode::conflict);
}

TEST_P(SomebodysHours, OfAnotherRequestAreNotConfirmed) {
    const EntryId line = log("2025-03-10");
    const AskedSupervisor asked = ask();
    EXPECT_EQ(refusal([&] { hours->answer(asked.secret, {EntryId{line.value() + 1}}, "link"); }).code(),
              ErrorCode::invalid_input);
}

TEST_P(SomebodysHours, InARoleOfATrackAreJudgedByItsRules) {
    log("2025-03-10");
    const NewConfirmation request{.person = worker, .supervisor = supervisor, .role = "wrap/co-facilitator"};
    const AskedSupervisor no = hours->ask(as(worker), request);
    EXPECT_EQ(no.view.lines.at(0).state, State::not_entitled);
    hours->withdraw(as(worker), no.view.id);
    const std::string entitled = a_facilitator("Bernard Kowalczyk", "2024-06-01");
    const AskedSupervisor yes =
        hours->ask(as(worker), {.person = worker, .supervisor = entitled, .role = "wrap/co-facilitator"});
    EXPECT_EQ(yes.view.lines.at(0).state, State::open);
    hours->answer(yes.secret, {yes.view.lines.at(0).entry}, "link");
    EXPECT_EQ(counting().at(0).authority->role, "wrap/co-facilitator");
    EXPECT_EQ(refusal([&] {
                  hours->ask(as(worker), {.person = worker, .supervisor = entitled, .role = "wrap/queen"});
              }).code(),
              ErrorCode::not_found);
}

TEST_P(SomebodysHours, AreWrittenByThePersonButOnlyTheirOwn) {
    const std::string other = somebody("Gideon Mbeki");
    const NewHours line{.person = worker, .minutes = 60, .first_day = day("2025-03-10"), .employer = "lakeside"};
    EXPECT_EQ(refusal([&] { hours->log(as(other), line); }).code(), ErrorCode::not_found);
    EXPECT_EQ(refusal([&] {
                  NewRecord confirmed{.person = worker, .kind = EntryKind::practice, .first_day = day("2025-03-10")};
                  confirmed.amount = 60;
                  ledger->add(as(worker), confirmed);
              }).code(),
              ErrorCode::forbidden)
        << "a line that counts at once is not one's own to write";
}

TEST_P(SomebodysHours, OfMoreThanAUsualDayAreAskedAboutOnce) {
    log("2025-03-10", 8 * 60);
    log("2025-03-10", 8 * 60, nullptr, "team meeting"); // sixteen hours together
    const Error no = refusal([&] { log("2025-03-10", 1, nullptr, "documentation"); });
    EXPECT_EQ(no.code(), ErrorCode::conflict);
    EXPECT_THAT(no.what(), HasSubstr("2025-03-10"));
    NewHours meant{.person = worker, .minutes = 1, .first_day = day("2025-03-10"), .employer = "lakeside"};
    meant.unusual = true;
    EXPECT_NO_THROW(hours->log(as(worker), meant));
}

TEST_P(SomebodysHours, ShareOfPeerWorkIsOfTheJobAndNeverOfAFew) {
    log("2025-03-10", 300, nullptr, "one-to-one support", "chosen");
    log("2025-03-11", 100, nullptr, "transport alone", "assigned");
    log("2025-03-12", 50);
    const RoleShare own = role_share_of_person(house(), as(worker), worker, day("2025-03-01"), day("2025-03-31"));
    EXPECT_EQ(own.peer_work, 300);
    EXPECT_EQ(own.outside, 100);
    EXPECT_EQ(own.not_said, 50);
    EXPECT_EQ(own.share(), 7500);
    EXPECT_EQ(own.parts.at(1).assigned, 100);
    EXPECT_EQ(role_share_of_person(house(), as(worker), worker, day("2025-03-11"), day("2025-03-31")).peer_work, 0);
    EXPECT_EQ(refusal([&] {
                  role_share_of_person(house(), as(supervisor), worker, day("2025-03-01"), day("2025-03-31"));
              }).code(),
              ErrorCode::not_found);
    for (int n = 2; n <= 10; ++n)
        colleague(n);
    EXPECT_TRUE(of_lakeside().too_few) << "ten people";
    EXPECT_EQ(of_lakeside().peer_work, 0);
    EXPECT_THAT(of_lakeside().parts, IsEmpty());
    colleague(11);
    EXPECT_FALSE(of_lakeside().too_few);
    EXPECT_EQ(of_lakeside().people, 11);
    EXPECT_EQ(of_lakeside().peer_work, 300 + 10 * 60);
}

} // namespace
} // namespace peercert::services
