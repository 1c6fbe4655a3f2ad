#include "packet_fixture.hpp"

#include "services/merging.hpp"
#include "services/replay.hpp"

/// What a person takes along, and what it is worth elsewhere (practice.md M2, M3, N15).
namespace peercert::services {
namespace {

PEERCERT_IN_BOTH(Packet);

TEST_P(Packet, GivesTheSameAnswersInAnotherInstallation) {
    const PersonPackets::Taken taken = take(packet_of(ana));
    const auto here = verdicts(house(), ana), elsewhere = verdicts(there->house(), taken.person);
    EXPECT_GT(here.size(), 100U);
    std::size_t judged = 0;
    for (const auto& [what, answer] : here) {
        EXPECT_EQ(elsewhere.at(what), answer) << what;
        judged += answer.starts_with("{") ? 1 : 0;
    }
    EXPECT_GT(judged, 50U) << "most are judged, not refused";
}

TEST_P(Packet, LetsPastDecisionsBeJudgedAgain) {
    take(packet_of(ana));
    const int decisions = decisions_of(*there);
    EXPECT_EQ(decisions, 3); // issued, suspended, reinstated
    int same = 0;
    for (int id = 1; id <= decisions; ++id) {
        const Replayed replayed = Replays(there->house(), rulebook).replay(host, domain::DecisionId{id});
        if (replayed.differs == std::vector{Differs::not_kept})
            continue;
        EXPECT_TRUE(replayed.same) << replayed.finding_now << "\n" << replayed.decision.finding;
        same += replayed.same ? 1 : 0;
    }
    EXPECT_EQ(same, 1);
}

TEST_P(Packet, GoesOnFromThereToAThirdWithNothingLost) {
    const PersonPackets::Taken second = take(packet_of(ana));
    Elsewhere third(GetParam(), clock);
    const std::string again = PersonPackets(there->house()).make(host, second.person).bytes;
    const PersonPackets::Taken third_time = PersonPackets(third.house()).take(host, again, {});
    EXPECT_EQ(verdicts(third.house(), third_time.person), verdicts(house(), ana));
    EXPECT_EQ(third.ask("select count(*) from packet"), "2") << "both ways are visible";
    EXPECT_EQ(third.ask("select number from packet_number where n = 1"), number);
    EXPECT_THAT(again, HasSubstr("\"signed_by_name\": \"Odessa Whitfield\"")) << "who signed is known there too";
    EXPECT_THAT(again, Not(HasSubstr("elsewhere: elsewhere: ")));
}

TEST_P(Packet, IsWholeAndLeavesNothingOfOthers) {
    const std::string bytes = packet_of(ana);
    for (const char* own : {"Ana Ruiz", "Ana María Ruiz", "ana@example.org", "414 555 0100", "1980-03-15", "1980-03-16",
                            "own lived experience", "administrator", "coordinator", "\"suspend\""})
        EXPECT_THAT(bytes, HasSubstr(own));
    EXPECT_THAT(bytes, HasSubstr(number));
    EXPECT_THAT(bytes, HasSubstr("\"signed_by\": \"" + leader + "\", \"signed_by_name\": \"Odessa Whitfield\""));
    for (const std::string& not_theirs :
         {std::string("Tobias Renner"), other, std::string("1971-07-07"), std::string("Milo Varga")})
        EXPECT_THAT(bytes, Not(HasSubstr(not_theirs)));
    const domain::Packet packet = packet_in(bytes);
    const std::string key = house().store.read([&](storage::UnitOfWork& work) {
        return std::to_string(work.people.find(domain::PersonCode::parse(ana).value())->id.value());
    });
    for (const char* table : {"person_name", "person_contact", "former_birthday", "membership", "enrolment", "entry",
                              "application", "credential"})
        EXPECT_EQ(database().place().ask("select count(*) from " + std::string(table) + " where person = " + key),
                  std::to_string(packet.rows(table).size()))
            << table;
    EXPECT_EQ(packet.rows("term").size(), 1U);
    EXPECT_EQ(packet.rows("credential_event").size(), 2U);
    EXPECT_EQ(packet.rows("session").size(), 8U);
    std::set<std::string> editions;
    for (const domain::PacketRow& row : packet.rows("edition"))
        editions.insert(row.get("code"));
    EXPECT_TRUE(editions.contains("wrap") && editions.contains("wi-cps")) << "as they were relied on";
}

TEST_P(Packet, OfOneHumanUnderTwoRecordsIsOne) {
    const std::string twice =
        people->add(host, {.name_used = "Anita Ruiz", .born = day("1980-03-16")}, true).code.str();
    record(twice, EntryKind::document, "GED", "2025-02-01");
    people->change_contact(host, twice, domain::ContactKind::phone, "414 555 0199");
    Merging(house()).merge(host, ana, twice, true);
    const std::string bytes = packet_of(twice);
    EXPECT_EQ(bytes, packet_of(ana)) << "whichever code they give";
    for (const char* both : {"Anita Ruiz", "414 555 0199", "2025-02-01", "2025-03-01"})
        EXPECT_THAT(bytes, HasSubstr(both));
    EXPECT_EQ(packet_in(bytes).rows("person").size(), 1U);
    const PersonPackets::Taken taken = take(bytes);
    EXPECT_EQ(verdicts(there->house(), taken.person), verdicts(house(), ana));
    EXPECT_THAT(there->house().store.problems(true), ::testing::IsEmpty());
}

TEST_P(Packet, OfTheSameRecordIsTheSameBytes) {
    const std::string first = packet_of(ana);
    today_is("2026-01-01");
    somebody("Somebody Else");
    EXPECT_EQ(packet_of(ana), first) << "making one changes nothing in it";
}

TEST_P(Packet, BroughtInTwiceChangesNothing) {
    const std::string bytes = packet_of(ana);
    const PersonPackets::Taken first = take(bytes);
    const std::string audit = there->ask("select count(*) from audit");
    const PersonPackets::Taken second = take(bytes);
    EXPECT_TRUE(second.already_here);
    EXPECT_EQ(second.person, first.person);
    EXPECT_EQ(there->ask("select count(*) from audit"), audit);
    EXPECT_EQ(there->ask("select count(*) from person"), "1");
}

TEST_P(Packet, RehearsedTellsAllAndStoresNothing) {
    const PersonPackets::Taken taken = take(packet_of(ana), Mode::rehearse);
    EXPECT_EQ(taken.lines, packet_in(packet_of(ana)).rows("entry").size());
    EXPECT_GT(taken.lines, 14U);
    EXPECT_EQ(taken.numbers.size(), 1U);
    EXPECT_EQ(there->ask("select count(*) from person"), "0");
    EXPECT_EQ(there->ask("select count(*) from audit"), "1");
}

TEST_P(Packet, LeavesTheOtherInstallationSound) {
    const PersonPackets::Taken taken = take(packet_of(ana));
    EXPECT_THAT(there->house().store.problems(true), ::testing::IsEmpty());
    const auto verdict = there->house().store.read([](storage::UnitOfWork& work) { return work.audit.verify(); });
    EXPECT_TRUE(verdict.intact()) << verdict.problem;
    // the number handed out here verifies, by the name used now; the one from there is nobody's
    Verification verification(there->house(), [this]() -> const Rulebook& { return rulebook; });
    EXPECT_EQ(taken.numbers.at(0).there, number);
    EXPECT_EQ(verification.verify(taken.numbers.at(0).here, {}).outcome, VerificationOutcome::certified);
    EXPECT_EQ(verification.verify(number, {}).outcome, VerificationOutcome::no_match);
    EXPECT_EQ(there->ask("select typed_by from entry where kind = 'practice'"), "elsewhere: host:test");
}

TEST_P(Packet, GivesNobodyARight) {
    const PersonPackets::Taken taken = take(packet_of(ana));
    EXPECT_EQ(taken.roles_ended, 1);
    EXPECT_EQ(there->ask("select last_day from membership where role = 'administrator'"), "2025-04-01");
    EXPECT_EQ(there->ask("select last_day from membership where role = 'coordinator'"), "2024-12-31");
    there->house().store.read([&](storage::UnitOfWork& work) {
        EXPECT_FALSE(has_administrator(work, clock.now() == noon("2025-04-02") ? day("2025-04-02") : Date{}));
    });
}

TEST_P(Packet, FindsTheCohortThatACompanionBroughtAndRenamesAStrangers) {
    take(packet_of(ana));
    const PersonPackets::Taken companion = take(packet_of(other));
    EXPECT_TRUE(companion.cohorts.empty());
    EXPECT_EQ(there->ask("select count(*) from cohort"), "1");
    EXPECT_EQ(there->ask("select count(*) from session"), "8");
    EXPECT_EQ(there->ask("select count(*) from enrolment"), "2");

    there.emplace(GetParam(), clock);
    Organizations(there->house())
        .add(host, {{}, "strangers", "Strangers", domain::OrganizationKind::training_centre, ""});
    Cohorts(there->house(), rulebook)
        .open(host, {"wrap-1", "wrap", "weekly group", "strangers", "", "", {day("2025-02-02")}, {}});
    const PersonPackets::Taken taken = take(packet_of(ana));
    ASSERT_EQ(taken.cohorts.size(), 1U);
    EXPECT_EQ(taken.cohorts[0].here, "wrap-1-2");
}

TEST_P(Packet, OrganizationOfAnotherNameIsAskedAbout) {
    Organizations(there->house())
        .add(host, {{}, "centre", "Quite Another Centre", domain::OrganizationKind::training_centre, ""});
    const std::string bytes = packet_of(ana);
    EXPECT_THAT(refused(bytes).what(), HasSubstr("--organization centre=centre-2"));
    PersonPackets::Taking how;
    how.organizations["centre"] = "centre-2";
    EXPECT_THAT(take(bytes, Mode::commit, how).organizations, ::testing::Contains("centre-2"));
}

TEST_P(Packet, IsMadeOnlyForWhoMaySeeThePerson) {
    const auto actor = [&](House& where, const std::string& code) {
        return Actor{"person:" + code, where.store.read([&](storage::UnitOfWork& work) {
                         return work.people.find(domain::PersonCode::parse(code).value())->id;
                     })};
    };
    EXPECT_EQ(PersonPackets(house()).make(actor(house(), ana), ana).bytes, packet_of(ana)) << "first of all, they";
    EXPECT_EQ(refusal([&] { (void)PersonPackets(house()).make(actor(house(), other), ana); }).code(),
              ErrorCode::not_found);
    const std::string bytes = packet_of(ana);
    const std::string nobody = People(there->house()).add(host, {.name_used = "Nobody Inparticular"}, false).code.str();
    EXPECT_EQ(
        refusal([&] { (void)PersonPackets(there->house()).take(actor(there->house(), nobody), bytes, {}); }).code(),
        ErrorCode::forbidden);
}

} // namespace
} // namespace peercert::services
