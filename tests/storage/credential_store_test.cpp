#include "storage/suite.hpp"

#include "credentials/status.hpp"

namespace peercert::storage {
namespace {

using domain::CredentialEventKind;
using domain::Term;
using ::testing::IsEmpty;

class CredentialStore : public BothDatabases {
protected:
    static Term term(int n, Date first, std::optional<Date> last) {
        return {
            .n = n,
            .first_day = first,
            .last_day = last,
            .level = "certified",
            .title = "Certified Peer Specialist",
            .public_title = "Certified Specialist",
            .name_as_issued = "Ana Ruiz",
            .edition = "2024-01",
            .edition_digest = "d1",
            .zone = "America/Chicago",
            .timeline = {{add_days(last.value_or(first), 1), "grace"}, {add_days(last.value_or(first), 61), "lapsed"}}};
    }
    domain::Credential issue(PersonId person, std::string_view track = "wi-cps") {
        return change([&](UnitOfWork& work) {
            const auto credential = work.credentials.add(person, track, OrganizationId{});
            work.credentials.add_term(credential.id, term(1, 2024y / 11 / 1, 2026y / 10 / 31));
            return credential;
        });
    }
};
PEERCERT_BOTH_DATABASES(CredentialStore);

TEST_P(CredentialStore, GivesBackWhatWasIssued) {
    const auto ana = somebody();
    const auto issued = issue(ana);
    look([&](UnitOfWork& work) {
        const auto found = work.credentials.find(issued.number);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->credential.id, issued.id);
        EXPECT_EQ(found->credential.person, ana);
        EXPECT_EQ(found->credential.track, "wi-cps");
        ASSERT_EQ(found->terms.size(), 1U);
        const Term& kept = found->terms[0];
        EXPECT_EQ(kept.last_day, Date{2026y / 10 / 31});
        EXPECT_EQ(kept.name_as_issued, "Ana Ruiz");
        EXPECT_EQ(kept.zone, "America/Chicago");
        EXPECT_EQ(kept.timeline, term(1, 2024y / 11 / 1, 2026y / 10 / 31).timeline);
        EXPECT_EQ(kept.recorded_at, morning());
        EXPECT_EQ(work.credentials.find(ana, "wi-cps")->credential.number, issued.number);
        EXPECT_FALSE(work.credentials.find(ana, "wrap"));
        EXPECT_EQ(work.credentials.of_person(ana).size(), 1U);
        EXPECT_EQ(work.credentials.count(), 1);
    });
}

TEST_P(CredentialStore, ANumberIsForLifeAndNeverGivenTwice) {
    const auto ana = somebody();
    const auto first = issue(ana);
    EXPECT_EQ(refusal([&] { issue(ana); }), ErrorCode::conflict);
    EXPECT_NE(issue(ana, "wrap").number, first.number);
    change([&](UnitOfWork& work) { work.credentials.add_term(first.id, term(2, 2026y / 11 / 1, 2028y / 10 / 31)); });
    look([&](UnitOfWork& work) { EXPECT_EQ(work.credentials.find(first.number)->terms.size(), 2U); });
}

TEST_P(CredentialStore, TheSameTermIsIssuedOnce) {
    const auto issued = issue(somebody());
    const auto add = [&](const Term& next) {
        return refusal([&] { change([&](UnitOfWork& work) { work.credentials.add_term(issued.id, next); }); });
    };
    EXPECT_EQ(add(term(1, 2026y / 11 / 1, 2028y / 10 / 31)), ErrorCode::conflict);
    EXPECT_EQ(add(term(3, 2026y / 11 / 1, 2028y / 10 / 31)), ErrorCode::conflict);
    EXPECT_EQ(add(term(2, 2024y / 11 / 1, 2028y / 10 / 31)), ErrorCode::invalid_input);
    EXPECT_EQ(add(term(2, 2026y / 11 / 1, 2026y / 10 / 31)), ErrorCode::invalid_input);
    EXPECT_EQ(add(term(2, 2026y / 10 / 31, 2028y / 10 / 31)), ErrorCode::invalid_input)
        << "the day before is still taken";
    auto other = term(2, 2025y / 6 / 1, std::nullopt);
    other.level = "supervisor";
    EXPECT_EQ(add(other), std::nullopt) << "another level may take over before the end";
    other.n = 3;
    other.first_day = 2027y / 1 / 1;
    EXPECT_EQ(add(other), ErrorCode::invalid_input) << "there is nothing to renew in a term without an end";
}

TEST_P(CredentialStore, VerificationSeesTermsEventsHolderAndIssuer) {
    const auto ana = somebody();
    const auto number = change([&](UnitOfWork& work) {
        const auto body = work.organizations.add(
            {.code = "dhs", .name = "Health Services", .kind = domain::OrganizationKind::certifying_body});
        const auto credential = work.credentials.add(ana, "wi-cps", body);
        work.credentials.add_term(credential.id, term(1, 2024y / 11 / 1, 2026y / 10 / 31));
        return credential.number;
    });
    auto found = store().verification(number);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->holder, "Ana Ruiz");
    EXPECT_EQ(found->issuer, "Health Services");
    EXPECT_FALSE(found->record.hidden);
    EXPECT_THAT(found->record.events, IsEmpty());
    EXPECT_TRUE(credentials::status(found->record, 2026y / 10 / 31).yes());
    EXPECT_EQ(credentials::status(found->record, 2026y / 11 / 1).rung, "grace");

    change([&](UnitOfWork& work) {
        work.people.change_name(ana, domain::NameKind::certificate, "Ana Gold", 2026y / 3 / 2);
        work.credentials.add_term(found->record.credential.id, term(2, 2026y / 11 / 1, 2028y / 10 / 31));
        work.credentials.add_event(found->record.credential.id,
                                   {.kind = CredentialEventKind::revoke, .effective_day = 2026y / 3 / 2});
        work.people.set_hidden(ana, true);
        work.people.set_departed(ana, 2027y / 1 / 1);
    });
    found = store().verification(number);
    EXPECT_TRUE(found->record.hidden);
    EXPECT_EQ(found->holder, "") << "of somebody hidden nothing else is read";
    EXPECT_EQ(found->issuer, "");
    EXPECT_TRUE(found->record.terms.empty() && found->record.events.empty());
    EXPECT_FALSE(found->record.departed_on);
    change([&](UnitOfWork& work) { work.people.set_hidden(ana, false); });
    found = store().verification(number);
    EXPECT_EQ(found->holder, "Ana Gold");
    EXPECT_EQ(found->record.departed_on, Date{2027y / 1 / 1});
    EXPECT_EQ(found->record.terms.size(), 2U);
    EXPECT_EQ(credentials::status(found->record, 2026y / 3 / 1).code, credentials::StatusCode::certified);
    EXPECT_EQ(credentials::status(found->record, 2026y / 3 / 2).code, credentials::StatusCode::revoked);
}

TEST_P(CredentialStore, VerificationSaysTheSameAsTheRepository) {
    const auto ana = somebody();
    const auto issued = issue(ana);
    change([&](UnitOfWork& work) {
        work.credentials.add_event(
            issued.id,
            {.kind = CredentialEventKind::condition, .effective_day = 2026y / 3 / 2, .condition = "supervised"});
    });
    const auto fast = store().verification(issued.number);
    const auto full = look([&](UnitOfWork& work) { return *work.credentials.find(issued.number); });
    ASSERT_TRUE(fast);
    EXPECT_EQ(fast->record.credential.person, full.credential.person);
    EXPECT_EQ(fast->record.credential.created_at, full.credential.created_at);
    EXPECT_EQ(fast->record.terms.at(0).title, full.terms.at(0).title);
    EXPECT_EQ(fast->record.terms.at(0).public_title, full.terms.at(0).public_title);
    EXPECT_EQ(fast->record.terms.at(0).timeline, full.terms.at(0).timeline);
    EXPECT_EQ(fast->record.events.at(0).condition, full.events.at(0).condition);
    EXPECT_EQ(fast->record.events.at(0).recorded_at, full.events.at(0).recorded_at);
}

TEST_P(CredentialStore, VerificationSeesAtOnceWhatAnotherProgramHasWritten) {
    const auto ana = somebody();
    const auto issued = issue(ana);
    EXPECT_EQ(store().verification(issued.number)->holder, "Ana Ruiz");
    Store other(database().place().settings());
    const auto change_there = [&](auto&& fn) {
        other.write(by, [&](UnitOfWork& work) {
            fn(work);
            work.audit.append({.action = "test", .object = "test"});
        });
    };
    change_there(
        [&](UnitOfWork& work) { work.people.change_name(ana, domain::NameKind::used, "Ana Gold", 2026y / 3 / 2); });
    EXPECT_EQ(store().verification(issued.number)->holder, "Ana Gold") << "never a former name";
    change_there([&](UnitOfWork& work) { work.people.set_hidden(ana, true); });
    EXPECT_TRUE(store().verification(issued.number)->record.hidden);
    change_there([&](UnitOfWork& work) { work.people.set_hidden(ana, false); });
    EXPECT_FALSE(store().verification(issued.number)->record.hidden);
    change_there([&](UnitOfWork& work) { work.people.set_departed(ana, 2026y / 3 / 1); });
    EXPECT_EQ(store().verification(issued.number)->record.departed_on, Date{2026y / 3 / 1});
    change_there([&](UnitOfWork& work) {
        work.credentials.add_event(issued.id, {.kind = CredentialEventKind::revoke, .effective_day = 2026y / 3 / 2});
    });
    EXPECT_EQ(store().verification(issued.number)->record.events.size(), 1U);
    EXPECT_EQ(refusal([&] {
                  change_there([&](UnitOfWork& work) {
                      work.people.change_name(ana, domain::NameKind::used, "Somebody Else", 2026y / 3 / 3);
                      throw Error(ErrorCode::invalid_input, "undone");
                  });
              }),
              ErrorCode::invalid_input);
    EXPECT_EQ(store().verification(issued.number)->holder, "Ana Gold") << "what was undone was never answered";
}

TEST_P(CredentialStore, EveryCredentialOfAPersonFollowsTheirName) {
    const auto ana = somebody();
    const auto one = issue(ana);
    const auto other = issue(ana, "wrap");
    const auto bo = issue(somebody("Bo Lee"));
    change([&](UnitOfWork& work) {
        work.people.change_name(ana, domain::NameKind::certificate, "A. \\ Gold", 2026y / 3 / 2);
    });
    EXPECT_EQ(store().verification(one.number)->holder, "A. \\ Gold");
    EXPECT_EQ(store().verification(other.number)->holder, "A. \\ Gold");
    EXPECT_EQ(store().verification(bo.number)->holder, "Bo Lee");
    EXPECT_THAT(store().problems(true), IsEmpty());
}

TEST_P(CredentialStore, AnAnswerThatIsNotWhatIsRecordedIsNoticedAndWorkedOutAnew) {
    const auto ana = somebody();
    const auto issued = issue(ana);
    issue(somebody("Bo Lee"));
    const auto& place = database().place();
    const auto verdict = [&] { return look([](UnitOfWork& work) { return work.audit.verify(); }); };
    EXPECT_TRUE(verdict().intact());
    for (const char* statement :
         {"update verification set answer = replace(answer, '2026-10-31', '2099-10-31') where credential = 1",
          "update verification set issuer = 7 where credential = 1", "delete from verification where credential = 1"}) {
        place.tamper(statement);
        EXPECT_FALSE(verdict().intact()) << statement;
        EXPECT_EQ(verdict().broken_at, 0) << "the chain itself holds";
        EXPECT_THAT(verdict().problem, ::testing::HasSubstr("credential 1 ")) << statement;
        EXPECT_THAT(store().problems(true), ::testing::ElementsAre(::testing::HasSubstr("credential 1 ")));
        derive_anew(place.settings(), by);
        EXPECT_TRUE(verdict().intact()) << statement;
    }
    place.tamper("update verification set answer = 'c' where credential = 1");
    EXPECT_EQ(refusal([&] { (void)store().verification(issued.number); }), ErrorCode::unavailable)
        << "damage is never guessed at";
    derive_anew(place.settings(), by);
    EXPECT_EQ(store().verification(issued.number)->record.terms.size(), 1U);
}

TEST_P(CredentialStore, ANumberNobodyHasIsNothing) {
    const auto issued = issue(somebody());
    EXPECT_FALSE(store().verification(domain::CredentialNumber(issued.number.value() ^ 1U)));
    const domain::CodeBook book(store().installation().number_key);
    EXPECT_FALSE(store().verification(book.credential(book.counter(issued.number) + 1)));
    EXPECT_FALSE(store().verification(domain::CredentialNumber(0)));
}

TEST_P(CredentialStore, AnIssuedCredentialWithoutATermIsNoYes) {
    const auto ana = somebody();
    const auto number =
        change([&](UnitOfWork& work) { return work.credentials.add(ana, "wrap", OrganizationId{}).number; });
    const auto found = store().verification(number);
    ASSERT_TRUE(found);
    EXPECT_THAT(found->record.terms, IsEmpty());
    EXPECT_EQ(credentials::status(found->record, 2026y / 3 / 2).code, credentials::StatusCode::unknown);
}

TEST_P(CredentialStore, WalksThroughATrack) {
    for (int i = 0; i < 3; ++i)
        issue(somebody("Person " + std::string(1, static_cast<char>('A' + i))));
    issue(somebody("Other"), "wrap");
    int seen = 0;
    look([&](UnitOfWork& work) {
        work.credentials.each_of_track("wi-cps", [&](const domain::CredentialRecord& record) {
            ++seen;
            EXPECT_EQ(record.terms.size(), 1U);
        });
    });
    EXPECT_EQ(seen, 3);
}

TEST_P(CredentialStore, IssuingWaitsUntilTheHighWaterMarkIsConfirmed) {
    const auto ana = somebody();
    change([](UnitOfWork& work) { work.numbers.pause_issuing(); });
    EXPECT_EQ(refusal([&] { issue(ana); }), ErrorCode::unavailable);
    const domain::CodeBook book(store().installation().number_key);
    EXPECT_EQ(refusal([&] {
                  change([&](UnitOfWork& work) { work.numbers.confirm_high_water(domain::CredentialNumber(12345)); });
              }),
              ErrorCode::invalid_input);
    change([&](UnitOfWork& work) { work.numbers.confirm_high_water(book.credential(41)); });
    EXPECT_EQ(book.counter(issue(ana).number), 42);
    change([](UnitOfWork& work) { work.numbers.confirm_high_water(std::nullopt); });
    EXPECT_EQ(book.counter(issue(ana, "wrap").number), 43) << "an older number turns nothing back";
}

} // namespace
} // namespace peercert::storage
