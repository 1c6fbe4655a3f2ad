#include "house_fixture.hpp"

namespace peercert::services {
namespace {

class Verifying : public AHouse {};
PEERCERT_IN_BOTH(Verifying);

/// Everything that a stranger could tell two answers apart by, but what they typed themselves.
std::string seen(VerificationAnswer answer) {
    return std::to_string(static_cast<int>(answer.outcome)) + answer.holder + answer.credential_title + answer.issuer +
           answer.level + answer.status_name + answer.restriction + to_text(answer.asked_day) +
           (answer.projection ? "p" : "") + answer.checked_at;
}

TEST_P(Verifying, UnknownMistypedAndHiddenNumbersGetOneAnswer) {
    const std::string number = certified_in_wisconsin("Dolores Quintero");
    const std::string person = certification->show(host, number, {}).person;
    people->set_hidden(host, person, true);
    const VerificationAnswer hidden = verify(number);
    EXPECT_EQ(hidden.outcome, VerificationOutcome::no_match);
    std::string mistyped = number;
    mistyped.back() = mistyped.back() == '0' ? '1' : '0';
    const std::string unknown = domain::CredentialNumber(12345).str();
    EXPECT_EQ(seen(verify(unknown)), seen(hidden));
    EXPECT_EQ(seen(verify(mistyped)), seen(hidden));
    people->set_hidden(host, person, false);
    EXPECT_EQ(verify(number).outcome, VerificationOutcome::certified);
}

TEST_P(Verifying, TheLastDayIsValidToItsEndWhereTheProgrammeIs) {
    const std::string number = certified_in_wisconsin("Dolores Quintero");
    clock.set(domain::parse_instant("2027-11-01T04:59:59Z").value()); // still 31 October in Chicago
    EXPECT_EQ(verify(number).outcome, VerificationOutcome::certified);
    clock.set(domain::parse_instant("2027-11-01T05:00:00Z").value()); // midnight there
    EXPECT_EQ(verify(number).outcome, VerificationOutcome::expired);
}

TEST_P(Verifying, BeforeItBeganItIsNotInEffectYet) {
    const std::string number = certified_in_wisconsin("Dolores Quintero");
    EXPECT_EQ(verify(number, day("2025-04-01")).outcome, VerificationOutcome::not_yet_effective);
    EXPECT_EQ(verify(number, day("2025-04-02")).outcome, VerificationOutcome::certified);
}

TEST_P(Verifying, ADayToComeIsMarkedAProjection) {
    const std::string number = certified_in_wisconsin("Dolores Quintero");
    EXPECT_FALSE(verify(number, day("2025-04-02")).projection);
    EXPECT_TRUE(verify(number, day("2025-04-03")).projection);
}

TEST_P(Verifying, AFormerNameIsNeverShown) {
    const std::string number = certified_in_wisconsin("Dolores Quintero");
    const std::string person = certification->show(host, number, {}).person;
    people->change_name(host, person, domain::NameKind::used, "Lola Quintero", {});
    const auto answer = verify(number);
    EXPECT_EQ(answer.holder, "Lola Quintero");
    EXPECT_EQ(certification->show(host, number, {}).record.terms.at(0).name_as_issued, "Dolores Quintero");
}

TEST_P(Verifying, OfSomebodyWhoIsGoneTheCredentialHasEnded) {
    const std::string number = certified_in_wisconsin("Dolores Quintero");
    today_is("2026-01-20");
    people->set_departed(host, certification->show(host, number, {}).person, day("2026-01-15"));
    EXPECT_EQ(verify(number).outcome, VerificationOutcome::ended);
    EXPECT_EQ(verify(number, day("2026-01-14")).outcome, VerificationOutcome::certified);
}

TEST_P(Verifying, TheGenericTitleIsShownWhereTheTrackHasOne) {
    EXPECT_EQ(verify(certified_in_wisconsin("Dolores Quintero")).credential_title, "Certified peer worker");
}

TEST_P(Verifying, ARecordThatCannotBeReadIsNeitherYesNorNo) {
    const std::string number = certified_in_wisconsin("Dolores Quintero");
    database().place().tamper("alter table verification rename to verification_away");
    EXPECT_EQ(verify(number).outcome, VerificationOutcome::cannot_check);
}

TEST_P(Verifying, NumbersAreReadForgivinglyAndShownInOneForm) {
    const std::string number = certified_in_wisconsin("Dolores Quintero");
    std::string sloppy;
    for (const char c : number)
        if (c != '-')
            sloppy += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    EXPECT_EQ(verify(" " + sloppy).outcome, VerificationOutcome::certified);
    EXPECT_EQ(verify(sloppy).number, number);
}

} // namespace
} // namespace peercert::services
