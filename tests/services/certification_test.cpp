#include "house_fixture.hpp"

#include "services/assessment.hpp"

namespace peercert::services {
namespace {

class Certifying : public AHouse {};
PEERCERT_IN_BOTH(Certifying);

TEST_P(Certifying, GrantingIssuesOneNumberAndATermToTheFixedDeadline) {
    const std::string number = certified_in_wisconsin("Dolores Quintero");
    const CredentialView view = certification->show(host, number, {});
    ASSERT_EQ(view.record.terms.size(), 1u);
    EXPECT_EQ(view.record.terms[0].first_day, day("2025-04-02"));
    EXPECT_EQ(view.record.terms[0].last_day, day("2027-10-31")) << "odd like the year of passing, not the anniversary";
    EXPECT_EQ(view.record.terms[0].name_as_issued, "Dolores Quintero");
    EXPECT_EQ(view.status.code, credentials::StatusCode::certified);
    EXPECT_EQ(view.issuer, "office");
}

TEST_P(Certifying, EverybodyIsJudgedTheSameByOneThreadAndByMany) {
    ready_for_wisconsin("Dolores Quintero");
    ready_for_wisconsin("Gideon Mbeki");
    const std::string without_exam = somebody("Ephraim Novak");
    record(without_exam, EntryKind::document, "GED", "2025-03-01");
    somebody("Nothing On Record");
    Assessments assessments(house(), rulebook);
    AssessRequest request;
    request.track = "wi-cps";
    for (const std::size_t threads : {1, 2, 4, 0}) {
        const auto total = assessments.assess_everybody(host, request, threads);
        EXPECT_EQ(total.people, 3);
        EXPECT_EQ(total.passing, 2);
        EXPECT_EQ(total.not_yet, 1);
        EXPECT_EQ(total.needing_a_decision, 0);
    }
    EXPECT_EQ(refusal([&] {
                  (void)assessments.assess_everybody(Actor{"person", PersonId(1)}, request, 4);
              }).code(),
              ErrorCode::forbidden);
}

TEST_P(Certifying, WhatIsNotThereYetIsNotGrantedAndNothingIsStored) {
    const std::string person = somebody("Ephraim Novak");
    const auto asked = certification->apply(host, {person, "wi-cps", Step::Verb::become, "", {}});
    const Error no = refusal([&] {
        certification->decide(host, {asked.application.id, domain::Outcome::granted, "", "office"});
    });
    EXPECT_EQ(no.code(), ErrorCode::conflict);
    EXPECT_THAT(no.what(), ::testing::HasSubstr("schooling"));
    EXPECT_TRUE(certification->of_person(host, person).empty());
    EXPECT_EQ(certification->open_applications(host).size(), 1u);
}

TEST_P(Certifying, AskingTwiceForTheSameIsRefusedUntilTheFirstIsDecided) {
    const std::string person = ready_for_wisconsin("Dolores Quintero");
    certification->apply(host, {person, "wi-cps", Step::Verb::become, "", {}});
    EXPECT_EQ(refusal([&] {
                  certification->apply(host, {person, "wi-cps", Step::Verb::become, "", {}});
              }).code(),
              ErrorCode::conflict);
}

TEST_P(Certifying, DecidingTwiceIsRefusedSoNothingIsIssuedTwice) {
    const std::string person = ready_for_wisconsin("Dolores Quintero");
    const auto asked = certification->apply(host, {person, "wi-cps", Step::Verb::become, "", {}});
    const DecideRequest grant{asked.application.id, domain::Outcome::granted, "", "office"};
    certification->decide(host, grant);
    EXPECT_EQ(refusal([&] { certification->decide(host, grant); }).code(), ErrorCode::conflict);
    EXPECT_EQ(certification->of_person(host, person).at(0).record.terms.size(), 1u);
}

TEST_P(Certifying, NobodyDecidesForThemselves) {
    const std::string person = ready_for_wisconsin("Dolores Quintero");
    const auto asked = certification->apply(host, {person, "wi-cps", Step::Verb::become, "", {}});
    const Error no = refusal([&] {
        certification->decide(host, {asked.application.id, domain::Outcome::granted, person, "office"});
    });
    EXPECT_EQ(no.code(), ErrorCode::forbidden);
}

TEST_P(Certifying, TheDecisionKeepsItsFindingItsEvidenceAndTheDigestOfTheRules) {
    const std::string person = ready_for_wisconsin("Dolores Quintero");
    const auto asked = certification->apply(host, {person, "wi-cps", Step::Verb::become, "", {}});
    certification->decide(host, {asked.application.id, domain::Outcome::granted, "", "office"});
    const auto decisions = certification->application(host, asked.application.id).decisions;
    ASSERT_EQ(decisions.size(), 1u);
    EXPECT_THAT(decisions[0].finding, ::testing::HasSubstr("\"clause\":\"examination\""));
    EXPECT_EQ(decisions[0].evidence.size(), 4u) << "document, statement, training, examination";
    EXPECT_EQ(decisions[0].edition_digest, RuleFiles::all().catalogue.get("wi-cps")->digest);
    const auto frozen = house().store.read(
        [&](storage::UnitOfWork& work) { return work.editions.find_by_digest(decisions[0].edition_digest); });
    EXPECT_TRUE(frozen.has_value()) << "the rules themselves are kept";
}

TEST_P(Certifying, ARehearsedDecisionShowsTheTermAndStoresNothing) {
    const std::string person = ready_for_wisconsin("Dolores Quintero");
    const auto asked = certification->apply(host, {person, "wi-cps", Step::Verb::become, "", {}});
    const auto shown =
        certification->decide(host, {asked.application.id, domain::Outcome::granted, "", "office"}, Mode::rehearse);
    EXPECT_EQ(shown.credential->record.terms.at(0).last_day, day("2027-10-31"));
    EXPECT_TRUE(certification->of_person(host, person).empty());
}

TEST_P(Certifying, ARenewalInTimeBeginsTheDayAfterTheOldTermAndKeepsTheNumber) {
    const std::string number = certified_in_wisconsin("Dolores Quintero");
    const std::string person = certification->show(host, number, {}).person;
    today_is("2027-10-15");
    NewRecord hours{.person = person, .kind = EntryKind::ce, .first_day = day("2026-06-01"), .amount = 20 * 60};
    ledger->add(host, hours);
    record(person, EntryKind::decision, "topic areas", "2027-10-14", EntryResult::approved);
    const auto asked = certification->apply(host, {person, "wi-cps", Step::Verb::renew, "", {}});
    const auto decided = certification->decide(host, {asked.application.id, domain::Outcome::granted, "", ""});
    ASSERT_EQ(decided.credential->record.terms.size(), 2u);
    EXPECT_EQ(decided.credential->record.credential.number.str(), number);
    EXPECT_EQ(decided.credential->record.terms[1].first_day, day("2027-11-01"));
    EXPECT_EQ(decided.credential->record.terms[1].last_day, day("2029-10-31"));
}

TEST_P(Certifying, ALateRenewalIsNotBackdated) {
    const std::string number = certified_in_wisconsin("Dolores Quintero");
    const std::string person = certification->show(host, number, {}).person;
    today_is("2027-12-05");
    ledger->add(host, {.person = person, .kind = EntryKind::ce, .first_day = day("2026-06-01"), .amount = 20 * 60});
    record(person, EntryKind::decision, "topic areas", "2027-12-04", EntryResult::approved);
    const auto asked = certification->apply(host, {person, "wi-cps", Step::Verb::renew, "", {}});
    certification->decide(host, {asked.application.id, domain::Outcome::granted, "", ""});
    EXPECT_EQ(verify(number, day("2027-11-20")).outcome, VerificationOutcome::expired);
    EXPECT_EQ(verify(number, day("2027-11-20")).status_name, "grace");
    EXPECT_EQ(verify(number, day("2027-12-05")).outcome, VerificationOutcome::certified);
    EXPECT_EQ(verify(number, day("2027-10-31")).outcome, VerificationOutcome::certified);
}

TEST_P(Certifying, AnApplicationOfTomorrowIsRefused) {
    const std::string person = ready_for_wisconsin("Dolores Quintero");
    EXPECT_EQ(refusal([&] {
                  certification->apply(host, {person, "wi-cps", Step::Verb::become, "", day("2025-04-03")});
              }).code(),
              ErrorCode::invalid_input);
}

TEST_P(Certifying, AMistypedTrackIsNamedWithTheNearestOne) {
    const std::string person = somebody("Dolores Quintero");
    const Error no = refusal([&] { certification->apply(host, {person, "wi-csp", Step::Verb::become, "", {}}); });
    EXPECT_EQ(no.code(), ErrorCode::not_found);
    EXPECT_THAT(no.what(), ::testing::HasSubstr("did you mean \"wi-cps\"?"));
}

class Standing : public AHouse {};
PEERCERT_IN_BOTH(Standing);

TEST_P(Standing, ARevocationCountsFromItsDayAndTheDayBeforeKeepsItsAnswer) {
    const std::string number = certified_in_wisconsin("Gideon Mbeki");
    today_is("2026-05-04");
    certification->change_standing(host, number, domain::CredentialEventKind::revoke, {});
    EXPECT_EQ(verify(number, day("2026-05-03")).outcome, VerificationOutcome::certified);
    EXPECT_EQ(verify(number, day("2026-05-04")).outcome, VerificationOutcome::revoked);
    EXPECT_EQ(verify(number).outcome, VerificationOutcome::revoked);
}

TEST_P(Standing, ASuspensionEndsWithItsReinstatement) {
    const std::string number = certified_in_wisconsin("Gideon Mbeki");
    today_is("2026-05-04");
    certification->change_standing(host, number, domain::CredentialEventKind::suspend, day("2026-05-01"));
    today_is("2026-06-10");
    certification->change_standing(host, number, domain::CredentialEventKind::reinstate, {});
    EXPECT_EQ(verify(number, day("2026-04-30")).outcome, VerificationOutcome::certified);
    EXPECT_EQ(verify(number, day("2026-05-01")).outcome, VerificationOutcome::suspended);
    EXPECT_EQ(verify(number, day("2026-06-09")).outcome, VerificationOutcome::suspended);
    EXPECT_EQ(verify(number, day("2026-06-10")).outcome, VerificationOutcome::certified);
}

TEST_P(Standing, TakesEffectOnTheProgrammesDayWhateverTheHour) {
    const std::string number = certified_in_wisconsin("Gideon Mbeki");
    clock.set(domain::parse_instant("2026-05-06T02:00:00Z").value()); // 5 May in Chicago
    house().zone = "UTC";
    certification->change_standing(host, number, domain::CredentialEventKind::revoke, {});
    EXPECT_EQ(verify(number).outcome, VerificationOutcome::revoked);
    EXPECT_EQ(verify(number, day("2026-05-04")).outcome, VerificationOutcome::certified);
}

TEST_P(Standing, ARevokedCredentialIsNotRenewed) {
    const std::string number = certified_in_wisconsin("Gideon Mbeki");
    const std::string person = certification->show(host, number, {}).person;
    today_is("2027-10-15");
    certification->change_standing(host, number, domain::CredentialEventKind::revoke, {});
    const Error no = refusal([&] { certification->apply(host, {person, "wi-cps", Step::Verb::renew, "", {}}); });
    EXPECT_EQ(no.code(), ErrorCode::conflict);
    EXPECT_THAT(no.what(), ::testing::HasSubstr("reinstated first"));
}

TEST_P(Standing, WhatRanOutComesBackByItsRenewalOnly) {
    const std::string number = certified_in_wisconsin("Gideon Mbeki");
    const std::string person = certification->show(host, number, {}).person;
    EXPECT_EQ(refusal([&] {
                  certification->apply(host, {person, "wi-cps", Step::Verb::become, "", {}});
              }).code(),
              ErrorCode::conflict)
        << "it is in force";
    today_is("2027-12-15");
    EXPECT_THAT(refusal([&] {
                    certification->apply(host, {person, "wi-cps", Step::Verb::become, "", {}});
                }).what(),
                ::testing::HasSubstr("the way back is its renewal"));
}

TEST_P(Standing, AnEarlierDayThanTheNewestChangeIsRefused) {
    const std::string number = certified_in_wisconsin("Gideon Mbeki");
    using Kind = domain::CredentialEventKind;
    today_is("2026-05-04");
    certification->change_standing(host, number, Kind::suspend, day("2026-04-20"));
    certification->change_standing(host, number, Kind::reinstate, day("2026-05-01"));
    EXPECT_EQ(refusal([&] { certification->change_standing(host, number, Kind::revoke, day("2026-04-25")); }).code(),
              ErrorCode::conflict);
}

TEST_P(Standing, OnlyWhatWasSuspendedOrRevokedIsReinstated) {
    using Kind = domain::CredentialEventKind;
    const auto reinstating = [&](const std::string& number) {
        return refusal([&] { certification->change_standing(host, number, Kind::reinstate, {}); });
    };
    const std::string number = certified_in_wisconsin("Gideon Mbeki");
    const std::string given_back = certified_in_wisconsin("Dolores Quintero");
    const std::string replaced = certified_in_wisconsin("Ephraim Novak");
    const std::string ended = certified_in_wisconsin("Ines Okonkwo");
    const std::string gone = certified_in_wisconsin("Tomas Verhoeven");
    today_is("2026-05-04");
    certification->change_standing(host, number, Kind::suspend, {});
    EXPECT_NO_THROW(certification->change_standing(host, number, Kind::reinstate, {}));
    certification->change_standing(host, number, Kind::revoke, {});
    EXPECT_NO_THROW(certification->change_standing(host, number, Kind::reinstate, {}));
    certification->change_standing(host, given_back, Kind::surrender, {});
    EXPECT_EQ(reinstating(given_back).code(), ErrorCode::conflict);
    EXPECT_THAT(reinstating(given_back).what(), ::testing::HasSubstr("gave it back"));
    certification->change_standing(host, replaced, Kind::replace, {});
    EXPECT_EQ(reinstating(replaced).code(), ErrorCode::conflict);
    EXPECT_THAT(reinstating(replaced).what(), ::testing::HasSubstr("took its place"));
    certification->change_standing(host, ended, Kind::end, {});
    EXPECT_EQ(reinstating(ended).code(), ErrorCode::conflict);
    EXPECT_THAT(reinstating(ended).what(), ::testing::HasSubstr("for good"));
    certification->change_standing(host, gone, Kind::suspend, {});
    people->set_departed(host, certification->show(host, gone, {}).person, day("2026-05-04"));
    EXPECT_EQ(reinstating(gone).code(), ErrorCode::conflict);
    EXPECT_THAT(reinstating(gone).what(), ::testing::HasSubstr("gone since 2026-05-04"));
}

TEST_P(Standing, OnlyACertifyingBodyIssuesATracksCertificate) {
    const std::string person = ready_for_wisconsin("Dolores Quintero");
    organizations->add(host, {{}, "county", "Invented County", domain::OrganizationKind::county, "Milwaukee"});
    const auto asked = certification->apply(host, {person, "wi-cps", Step::Verb::become, "", {}});
    for (const char* issuer : {"county", "centre"})
        EXPECT_EQ(refusal([&] {
                      certification->decide(host, {asked.application.id, domain::Outcome::granted, "", issuer});
                  }).code(),
                  ErrorCode::invalid_input);
}

TEST_P(Standing, WhatMakesNoSenseIsRefused) {
    const std::string number = certified_in_wisconsin("Gideon Mbeki");
    using Kind = domain::CredentialEventKind;
    today_is("2026-05-04");
    EXPECT_EQ(refusal([&] { certification->change_standing(host, number, Kind::reinstate, {}); }).code(),
              ErrorCode::conflict);
    EXPECT_EQ(refusal([&] { certification->change_standing(host, number, Kind::revoke, day("2026-05-05")); }).code(),
              ErrorCode::invalid_input)
        << "a day to come";
    EXPECT_EQ(refusal([&] { certification->change_standing(host, number, Kind::revoke, day("2025-04-01")); }).code(),
              ErrorCode::invalid_input)
        << "before it began";
    certification->change_standing(host, number, Kind::revoke, {});
    EXPECT_EQ(refusal([&] { certification->change_standing(host, number, Kind::revoke, {}); }).code(),
              ErrorCode::conflict);
    EXPECT_EQ(refusal([&] { certification->change_standing(host, number, Kind::suspend, {}); }).code(),
              ErrorCode::conflict);
}

TEST_P(Standing, ATakenOverCredentialIsTrueFromItsOwnDayAndMarked) {
    const std::string person = somebody("Odessa Whitfield");
    const auto view =
        certification->take_over(host, {person, "wrap", "co-facilitator", "office", day("2019-05-01"), {}});
    EXPECT_EQ(view.record.terms.at(0).first_day, day("2019-05-01"));
    EXPECT_EQ(view.record.terms.at(0).last_day, std::nullopt);
    const auto decisions = house().store.read(
        [&](storage::UnitOfWork& work) { return work.applications.decisions_about(view.record.credential.id); });
    EXPECT_EQ(decisions.at(0).action, "take_over");
    EXPECT_EQ(refusal([&] {
                  certification->take_over(host, {person, "wrap", "facilitator", "office", day("2020-05-01"), {}});
              }).code(),
              ErrorCode::invalid_input);
}

} // namespace
} // namespace peercert::services
