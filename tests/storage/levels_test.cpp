#include "storage/suite.hpp"

#include <algorithm>

#include "credentials/status.hpp"

/// Terms beside the row (endorsements), terms that are moved, and what the audit chain says of both.
namespace peercert::storage {
namespace {

using domain::CredentialEventKind;
using domain::RegisterAccess;
using domain::Term;
using domain::TermPlace;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Levels : public BothDatabases {
protected:
    static Term term(int n, std::string_view level, Date first, std::optional<Date> last,
                     TermPlace place = TermPlace::in_row) {
        Term made{.n = n, .first_day = first, .last_day = last, .level = std::string(level), .title = "Specialist"};
        made.name_as_issued = "Ana Ruiz";
        made.edition = "2019";
        made.zone = "America/Chicago";
        made.place = place;
        return made;
    }
    void SetUp() override {
        BothDatabases::SetUp();
        if (IsSkipped())
            return;
        ana = somebody();
        change([&](UnitOfWork& work) {
            id = work.credentials.add(ana, "tx-peer", OrganizationId{}).id;
            work.credentials.add_term(id, term(1, "full", 2024y / 3 / 1, 2026y / 2 / 28));
        });
    }
    void add(const Term& one) {
        change([&](UnitOfWork& work) { work.credentials.add_term(id, one); });
    }
    std::optional<ErrorCode> refused(const Term& one) {
        return refusal([&] { add(one); });
    }
    void happens(CredentialEventKind kind, Date day, std::string level = {}) {
        change([&](UnitOfWork& work) {
            domain::CredentialEvent event;
            event.kind = kind;
            event.effective_day = day;
            event.level = std::move(level);
            work.credentials.add_event(id, event);
        });
    }
    /// "full 2024-03-01..2026-02-28", as rules see it.
    std::vector<std::string> held() {
        Vocabulary words;
        const Record record = look([&](UnitOfWork& work) { return work.entries.record(ana, words); });
        std::vector<std::string> lines;
        for (const HeldTerm& one : record.holdings.at(0).terms)
            lines.push_back(words.text(one.level) + " " + to_text(one.first) + ".." +
                            (one.last ? to_text(*one.last) : ""));
        return lines;
    }
    /// The levels beside it on a day, from the row that verification reads.
    std::vector<std::string> beside(Date day) {
        const auto number = look([&](UnitOfWork& work) { return work.credentials.of(id).credential.number; });
        std::vector<std::string> levels;
        for (const auto& one : credentials::added_levels(store().verification(number)->record, day))
            levels.push_back(one.level + (one.code == credentials::StatusCode::certified
                                              ? ""
                                              : " " + std::string(credentials::to_text(one.code))));
        return levels;
    }
    bool certified(Date day) {
        return look([&](UnitOfWork& work) { return credentials::status(work.credentials.of(id), day).yes(); });
    }
    AuditVerdict audit() {
        return look([](UnitOfWork& work) { return work.audit.verify(); });
    }

    PersonId ana;
    CredentialId id;
};
PEERCERT_BOTH_DATABASES(Levels);

TEST_P(Levels, AnAddedLevelLeavesTheTermItIsAddedToWhole) {
    add(term(2, "MHPS", 2025y / 1 / 10, 2026y / 2 / 28, TermPlace::beside));
    EXPECT_THAT(held(), ElementsAre("full 2024-03-01..2026-02-28", "MHPS 2025-01-10..2026-02-28"));
    EXPECT_TRUE(certified(2025y / 1 / 10));
    EXPECT_THAT(beside(2025y / 1 / 9), IsEmpty()) << "the day before it was added";
    EXPECT_THAT(beside(2025y / 1 / 10), ElementsAre("MHPS"));
    EXPECT_THAT(beside(2026y / 2 / 28), ElementsAre("MHPS")) << "the last day";
    EXPECT_THAT(beside(2026y / 3 / 1), IsEmpty()) << "the day after";
    EXPECT_EQ(look([&](UnitOfWork& work) { return credentials::status(work.credentials.of(id), 2025y / 6 / 1).since; }),
              Date{2024y / 3 / 1});
}

TEST_P(Levels, SeveralStandBesideEachOtherAndARenewalGivesEachItsNextTerm) {
    add(term(2, "MHPS", 2025y / 1 / 10, 2026y / 2 / 28, TermPlace::beside));
    add(term(3, "RSPS", 2025y / 1 / 10, 2026y / 2 / 28, TermPlace::beside));
    add(term(4, "full", 2026y / 3 / 1, 2028y / 2 / 29));
    add(term(5, "MHPS", 2026y / 3 / 1, 2028y / 2 / 29, TermPlace::beside));
    EXPECT_THAT(beside(2026y / 2 / 28), ElementsAre("MHPS", "RSPS"));
    EXPECT_THAT(beside(2026y / 3 / 1), ElementsAre("MHPS"));
    EXPECT_THAT(beside(2028y / 2 / 29), ElementsAre("MHPS")) << "a leap day";
    EXPECT_THAT(beside(2028y / 3 / 1), IsEmpty());
    EXPECT_THAT(held(),
                ElementsAre("full 2024-03-01..2026-02-28", "full 2026-03-01..2028-02-29", "MHPS 2025-01-10..2026-02-28",
                            "RSPS 2025-01-10..2026-02-28", "MHPS 2026-03-01..2028-02-29"));
}

TEST_P(Levels, ALevelOutlivesNoCertificate) {
    add(term(2, "MHPS", 2025y / 1 / 10, 2027y / 12 / 31, TermPlace::beside)); // with a clock of its own
    EXPECT_THAT(held(), ElementsAre("full 2024-03-01..2026-02-28", "MHPS 2025-01-10..2026-02-28"));
    EXPECT_THAT(beside(2026y / 3 / 1), IsEmpty());
    happens(CredentialEventKind::suspend, 2025y / 6 / 1);
    EXPECT_THAT(beside(2025y / 5 / 31), ElementsAre("MHPS"));
    EXPECT_THAT(beside(2025y / 6 / 1), IsEmpty()) << "what is suspended is suspended with all it bears";
    happens(CredentialEventKind::reinstate, 2025y / 6 / 20);
    EXPECT_THAT(beside(2025y / 6 / 20), ElementsAre("MHPS"));
}

TEST_P(Levels, AnotherLevelOfTheRowStillTakesOverAndCarriesNothingByItself) {
    add(term(2, "MHPS", 2025y / 1 / 10, 2026y / 2 / 28, TermPlace::beside));
    add(term(3, "senior", 2025y / 7 / 1, 2027y / 6 / 30));
    EXPECT_THAT(held(), ElementsAre("full 2024-03-01..2025-06-30", "senior 2025-07-01..2027-06-30",
                                    "MHPS 2025-01-10..2026-02-28"))
        << "the certificate goes on, so what it bears does too";
}

TEST_P(Levels, OneLevelAloneCanBePutOutOfForce) {
    add(term(2, "MHPS", 2025y / 1 / 10, 2026y / 2 / 28, TermPlace::beside));
    add(term(3, "RSPS", 2025y / 1 / 10, 2026y / 2 / 28, TermPlace::beside));
    happens(CredentialEventKind::suspend, 2025y / 6 / 1, "MHPS");
    EXPECT_TRUE(certified(2025y / 6 / 1));
    EXPECT_THAT(beside(2025y / 5 / 31), ElementsAre("MHPS", "RSPS"));
    EXPECT_THAT(beside(2025y / 6 / 1), ElementsAre("MHPS suspended", "RSPS"));
    happens(CredentialEventKind::reinstate, 2025y / 7 / 1, "MHPS");
    EXPECT_THAT(beside(2025y / 6 / 30), ElementsAre("MHPS suspended", "RSPS"));
    EXPECT_THAT(beside(2025y / 7 / 1), ElementsAre("MHPS", "RSPS"));
    happens(CredentialEventKind::revoke, 2025y / 9 / 1, "RSPS");
    EXPECT_THAT(held(), ElementsAre("full 2024-03-01..2026-02-28", "MHPS 2025-01-10..2025-05-31",
                                    "MHPS 2025-07-01..2026-02-28", "RSPS 2025-01-10..2025-08-31"));
    EXPECT_TRUE(certified(2025y / 9 / 1));
}

TEST_P(Levels, StandOnlyWhereTheyCan) {
    EXPECT_EQ(refused(term(2, "MHPS", 2024y / 2 / 29, 2026y / 2 / 28, TermPlace::beside)), ErrorCode::invalid_input)
        << "there is nothing yet to add it to";
    EXPECT_EQ(refused(term(2, "MHPS", 2026y / 3 / 1, 2027y / 2 / 28, TermPlace::beside)), ErrorCode::invalid_input)
        << "and nothing any more";
    EXPECT_EQ(refused(term(2, "full", 2025y / 1 / 10, 2026y / 2 / 28, TermPlace::beside)), ErrorCode::invalid_input)
        << "nor beside itself";
    EXPECT_EQ(refused(term(2, "MHPS", 2024y / 3 / 1, 2026y / 2 / 28, TermPlace::beside)), std::nullopt);
    EXPECT_EQ(refused(term(3, "MHPS", 2024y / 3 / 1, 2026y / 2 / 28, TermPlace::beside)), ErrorCode::invalid_input)
        << "not twice from one day";
    EXPECT_EQ(refused(term(3, "full", 2026y / 2 / 28, 2028y / 2 / 28)), ErrorCode::invalid_input);
    EXPECT_EQ(refused(term(3, "full", 2026y / 3 / 1, 2028y / 2 / 28, TermPlace::moved)), ErrorCode::invalid_input)
        << "what has ended cannot be moved";
    EXPECT_EQ(refused(term(3, "senior", 2025y / 3 / 1, 2028y / 2 / 28, TermPlace::moved)), ErrorCode::invalid_input)
        << "another level is no move";
    EXPECT_EQ(refused(term(3, "full", 2026y / 2 / 28, 2028y / 2 / 28, TermPlace::moved)), std::nullopt);
}

TEST_P(Levels, AMovedTermTakesThePlaceOfTheOneBefore) {
    add(term(2, "full", 2025y / 8 / 10, 2025y / 12 / 31, TermPlace::moved));
    EXPECT_THAT(held(), ElementsAre("full 2024-03-01..2025-08-09", "full 2025-08-10..2025-12-31"));
    EXPECT_TRUE(certified(2025y / 12 / 31));
    EXPECT_FALSE(certified(2026y / 1 / 1)) << "though the former last day was February 28";
}

TEST_P(Levels, WhatTheRuleSaysOfATermIsKeptAndGivenBack) {
    Term one = term(2, "full", 2026y / 3 / 1, 2028y / 2 / 29);
    one.shown_to = RegisterAccess::with_consent;
    one.shown_until = 2028y / 3 / 30;
    one.ends_with_eligibility = true;
    add(one);
    const auto check = [](const Term& kept) {
        EXPECT_EQ(kept.shown_to, RegisterAccess::with_consent);
        EXPECT_EQ(kept.shown_until, Date{2028y / 3 / 30});
        EXPECT_TRUE(kept.ends_with_eligibility);
        EXPECT_EQ(kept.place, TermPlace::in_row);
    };
    const auto full = look([&](UnitOfWork& work) { return work.credentials.of(id); });
    check(full.terms.at(1));
    check(store().verification(full.credential.number)->record.terms.at(1));
    EXPECT_FALSE(full.terms.at(0).ends_with_eligibility);
    EXPECT_EQ(full.terms.at(0).shown_until, std::nullopt);
    EXPECT_THAT(store().problems(true), IsEmpty());
}

TEST_P(Levels, TheAuditChainNoticesALevelThatWasChangedPastTheProgram) {
    add(term(2, "MHPS", 2025y / 1 / 10, 2026y / 2 / 28, TermPlace::beside));
    happens(CredentialEventKind::revoke, 2025y / 9 / 1, "MHPS");
    EXPECT_TRUE(audit().intact()) << audit().problem;
    for (const char* change :
         {"update term set place = '' where n = 2", "update term set eligibility = 'ends'",
          "update term set shown_to = 'restricted' where n = 1",
          "update term set shown_until = '2030-01-01' where n = 1", "update credential_event set level = ''"}) {
        TempDatabase other(GetParam());
        other.store().write(by, [&](UnitOfWork& work) {
            const auto person = work.people.add({.name_used = "Bo Lee"}).id;
            const auto held = work.credentials.add(person, "tx-peer", OrganizationId{}).id;
            work.credentials.add_term(held, term(1, "full", 2024y / 3 / 1, 2026y / 2 / 28));
            work.credentials.add_term(held, term(2, "MHPS", 2025y / 1 / 10, 2026y / 2 / 28, TermPlace::beside));
            domain::CredentialEvent event;
            event.kind = CredentialEventKind::revoke;
            event.effective_day = 2025y / 9 / 1;
            event.level = "MHPS";
            work.credentials.add_event(held, event);
            work.audit.append({.action = "test", .object = "test"});
        });
        const auto& place = other.place();
        for (const char* table : {"term", "credential_event"})
            EXPECT_TRUE(place.accepts(GetParam() == Backend::sqlite
                                          ? "drop trigger " + std::string(table) + "_is_never_changed"
                                          : "drop trigger " + std::string(table) + "_is_never_changed on " + table));
        EXPECT_TRUE(place.accepts(change)) << change;
        const auto verdict = other.store().read([](UnitOfWork& work) { return work.audit.verify(); });
        EXPECT_FALSE(verdict.intact()) << change;
    }
}

} // namespace
} // namespace peercert::storage
