#include <fstream>

#include <unistd.h>

#include "house_fixture.hpp"

/// What a step does beside asking: a choice of term, an approval, an application that closes, facts it leaves.
namespace peercert::services {
namespace {

constexpr const char* invented_track = R"(track: xx-ps
edition: 2024
title: Invented Peer Specialist
zone: America/Chicago
in force: {from: 2024-01-01, until: further notice, chosen by: applying, in flight: {may choose the older until: 2025-04-30}}
replaces: 2019
levels: [certified, family]
to become certified:
  see: Page
  needs:
    - {name: examination, exam: written, pass: as the examiner says, dated: from approval, absent: nothing counts yet}
  stays open: 6 months after approval
  then: a new application
  afterwards: {fact: grandfathered}
  decided within: 60 days
  lasts: {term: {chosen by the holder: [1 year, 2 years]}, ends: month end, shown until: 30 days after expiry}
to renew certified:
  see: Page
  needs: [{name: ethics, statement: code of ethics, dated: in the term}]
sources:
  Page: {what: an invented page, as of: 2024, trust: verified}
)";

class Steps : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        std::string older = invented_track;
        const auto put = [&older](const std::string& what, const std::string& with) {
            older.replace(older.find(what), what.size(), with);
        };
        put("edition: 2024", "edition: 2019");
        put("{from: 2024-01-01, until: further notice, chosen by: applying, in flight: {may choose the older until: "
            "2025-04-30}}",
            "{from: 2019-01-01, until: 2023-12-31, chosen by: applying}");
        put("replaces: 2019\n", "");
        put("[1 year, 2 years]", "[3 years, 4 years]");
        folder_ = std::filesystem::temp_directory_path() / ("peercert-steps-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder_ / "xx-ps");
        std::ofstream(folder_ / "xx-ps" / "2024.yaml") << invented_track;
        std::ofstream(folder_ / "xx-ps" / "2019.yaml") << older;
        catalogue_ = curricula::Catalogue::load({{folder_, "files"}}, &RuleFiles::all().host.kinds());
        catalogue_.require_clean();
        rules_.emplace(catalogue_, RuleFiles::all().host.kinds(), RuleFiles::all().words);
        steps.emplace(house(), *rules_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    ApplyRequest asks(const std::string& person, std::optional<Span> term = Span{1, CalendarUnit::years}) {
        ApplyRequest request{person, "xx-ps", Step::Verb::become, "certified", {}};
        request.term = term;
        return request;
    }
    void passed(const std::string& person, const char* on) {
        house().store.write({"test", clock.now()}, [&](storage::UnitOfWork& work) {
            domain::NewEntry entry;
            entry.person = person_of(work, host, person, house().today()).id;
            entry.kind = EntryKind::exam;
            entry.code = "written";
            entry.result = EntryResult::passed;
            entry.first_day = entry.last_day = day(on);
            work.entries.add(entry);
            work.audit.append({.action = "entry.added", .object = "entry"});
        });
    }
    Decided grant(ApplicationId id) { return steps->decide(host, {id, domain::Outcome::granted, "", "office"}); }

    std::optional<Certification> steps;

private:
    std::filesystem::path folder_;
    curricula::Catalogue catalogue_;
    std::optional<Rulebook> rules_;
};
PEERCERT_IN_BOTH(Steps);

TEST_P(Steps, TheHolderChoosesAmongTheTermsOffered) {
    const std::string person = somebody("Dolores Quintero");
    const Error no = refusal([&] { steps->apply(host, asks(person, std::nullopt)); });
    EXPECT_STREQ(no.what(), "the holder chooses how long the term is (1 year or 2 years); say which");
    EXPECT_EQ(refusal([&] {
                  steps->apply(host, asks(person, Span{3, CalendarUnit::years}));
              }).code(),
              ErrorCode::invalid_input);
    const auto asked = steps->apply(host, asks(person, Span{2, CalendarUnit::years}));
    EXPECT_EQ(asked.application.choice, "2 years");
    steps->approve(host, asked.application.id, {});
    passed(person, "2025-04-02");
    EXPECT_EQ(grant(asked.application.id).credential->record.terms.at(0).last_day, day("2027-04-30"));
}

TEST_P(Steps, AnApplicationClosesAndLeavesANewOne) {
    const std::string person = somebody("Dolores Quintero");
    const auto first = steps->apply(host, asks(person));
    EXPECT_EQ(first.closes_on, std::nullopt) << "nothing runs before the approval";
    EXPECT_EQ(first.decide_by, day("2025-06-01"));
    EXPECT_EQ(steps->approve(host, first.application.id, day("2025-04-02")).closes_on, day("2025-10-02"));
    today_is("2025-10-02");
    EXPECT_EQ(refusal([&] { steps->apply(host, asks(person)); }).code(), ErrorCode::conflict);
    passed(person, "2025-10-02");
    today_is("2025-10-03");
    const Error no = refusal([&] { grant(first.application.id); });
    EXPECT_THAT(no.what(), ::testing::HasSubstr("application"));
    const auto again = steps->apply(host, asks(person));
    EXPECT_EQ(again.closes_on, std::nullopt) << "the old approval belongs to the old application";
    EXPECT_THAT(refusal([&] { grant(again.application.id); }).what(), ::testing::HasSubstr("examination"));
}

TEST_P(Steps, TheDecisionLeavesAFactOnceAndFromItsDayOn) {
    const std::string person = somebody("Dolores Quintero");
    const auto asked = steps->apply(host, asks(person));
    steps->approve(host, asked.application.id, {});
    passed(person, "2025-04-02");
    today_is("2025-04-10");
    grant(asked.application.id);
    const Record record = house().store.read([&](storage::UnitOfWork& work) {
        return work.entries.record(person_of(work, host, person, house().today()).id, RuleFiles::all().words);
    });
    int flags = 0;
    for (const Entry& entry : record.entries)
        if (entry.kind == EntryKind::fact && entry.code == RuleFiles::all().words.find("grandfathered")) {
            ++flags;
            EXPECT_EQ(entry.first, day("2025-04-10"));
            EXPECT_EQ(entry.last, no_end);
        }
    EXPECT_EQ(flags, 1);
}

TEST_P(Steps, ApprovalIsOfTheBodyAndNotBeforeReceipt) {
    const std::string person = somebody("Dolores Quintero");
    const auto asked = steps->apply(host, asks(person));
    EXPECT_EQ(refusal([&] { steps->approve(host, asked.application.id, day("2025-04-01")); }).code(),
              ErrorCode::invalid_input);
    EXPECT_EQ(refusal([&] { steps->approve(host, asked.application.id, day("2025-04-03")); }).code(),
              ErrorCode::invalid_input);
    steps->approve(host, asked.application.id, {}, Mode::rehearse);
    EXPECT_EQ(steps->application(host, asked.application.id).closes_on, std::nullopt);
}

TEST_P(Steps, WhoIsInFlightMayAskForTheOlderEdition) {
    const std::string person = somebody("Dolores Quintero");
    ApplyRequest older = asks(person, Span{3, CalendarUnit::years});
    older.edition = "2019";
    EXPECT_EQ(steps->apply(host, older, Mode::rehearse).application.edition, "2019");
    today_is("2025-05-01");
    const Error no = refusal([&] { steps->apply(host, older); });
    EXPECT_EQ(no.code(), ErrorCode::conflict);
    EXPECT_THAT(no.what(), ::testing::HasSubstr("could be chosen until 2025-04-30"));
}

} // namespace
} // namespace peercert::services
