#include <fstream>

#include <unistd.h>

#include "house_fixture.hpp"
#include "services/continuing_education.hpp"

/// Rosters, own lines, approvals, balance. Two invented certificates of two years, each asking for four hours.
namespace peercert::services {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ContinuingEducationOf : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (IsSkipped())
            return;
        folder_ = std::filesystem::temp_directory_path() / ("peercert-ce-" + std::to_string(::getpid()));
        put("aa-ps", "      not used by: {track: bb-ps}\n");
        put("bb-ps", "");
        catalogue_ = curricula::Catalogue::load({{folder_, "files"}}, &RuleFiles::all().host.kinds());
        catalogue_.require_clean();
        rules.emplace(catalogue_, RuleFiles::all().host.kinds(), RuleFiles::all().words);
        ce.emplace(house(), *rules);
        organizations->add(host, {{}, "lakeside", "Lakeside Learning", domain::OrganizationKind::provider, ""});
        person = somebody("Farida Haidari");
        today_is("2026-03-01");
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    void put(const std::string& code, const std::string& more) {
        std::filesystem::create_directories(folder_ / code);
        std::ofstream(folder_ / code / "2024.yaml") << "track: " << code << R"(
edition: 2024
title: Invented Certificate
zone: America/Chicago
in force: {from: 2019-01-01, until: further notice, chosen by: applying}
levels: [certified]
to become certified:
  see: Page
  needs: [{name: ethics, statement: code of ethics}]
  lasts: {term: 2 years, ends: anniversary, last day: the day before, short month: last day of the month, February 29: february 28}
to renew certified:
  see: Page
  needs:
    - name: learning
      CE: at least 4 h
      dated: in the term
      of which:
        ethics: at least 1 h
        other: at most 3 h
      an hour counts in: one part
      surplus: counts in the total
      first renewal: asked in full
      carry over: none
)" << more << R"(topics: [crafts, ethics, other]
sources:
  Page: {what: an invented page, as of: 2024, trust: verified}
)";
    }
    Actor as(const std::string& code) { return {"person:" + code, people->show(host, code).person.id}; }
    ImportReport posted(const std::string& rows, const Actor& actor, Mode mode = Mode::commit,
                        const std::string& header = "person,course,day,minutes,topics\n") {
        std::istringstream file(header + rows);
        return ce->roster(actor, "lakeside", file, mode);
    }
    ImportReport posted(const std::string& rows) { return posted(rows, host); }
    std::vector<domain::LedgerEntry> standing() {
        std::vector<domain::LedgerEntry> lines;
        for (const LedgerLine& line : ledger->of(host, person))
            if (line.entry.counts())
                lines.push_back(line.entry);
        return lines;
    }
    void certified_in(const char* track) {
        Certification(house(), *rules)
            .take_over(host, {person, track, "certified", "office", day("2024-04-01"), day("2026-03-31")});
    }
    std::vector<CeLine> balance(const char* track, const char* on) {
        judged = Assessments(house(), *rules)
                     .assess(host, {.person = person, .track = track, .verb = Step::Verb::renew, .as_of = day(on)});
        return ce_balance(judged.finding);
    }
    EntryId own(const char* on, char digest, const Actor& actor, const std::string& course = "circle") {
        return ce->add_line(actor, {person, course, "", day(on), Minutes{60}, {"ethics"}, std::string(64, digest)});
    }

    std::optional<Rulebook> rules;
    std::optional<ContinuingEducation> ce;
    std::string person;
    Assessment judged;

private:
    std::filesystem::path folder_;
    curricula::Catalogue catalogue_;
};
PEERCERT_IN_BOTH(ContinuingEducationOf);

TEST_P(ContinuingEducationOf, AProviderIsPostedAllOrNothingAndIsHarmlessToPostAgain) {
    const std::string good = person + ",ethics-day,2025-05-01,120,ethics\n";
    const ImportReport wrong =
        posted(good + person + ",ethics-day,2025-02-30,0,sewing\n" + "P-0000-0000-000,x,2026-03-02,60,\n");
    EXPECT_EQ(wrong.errors, 5u) << "day, minutes, topic; code, a day to come: every one at once";
    EXPECT_THAT(standing(), IsEmpty());
    EXPECT_EQ(posted(good, host, Mode::rehearse).added, 1u);
    EXPECT_THAT(standing(), IsEmpty());
    EXPECT_EQ(posted(good).added, 1u);
    EXPECT_EQ(posted(good).known, 1u);
    ASSERT_THAT(standing(), SizeIs(1));
    EXPECT_EQ(standing()[0].provider, "lakeside");
    EXPECT_EQ(posted(good + good).errors, 1u) << "the same line twice in one file";
    const ImportReport other = posted(person + ",ethics-day,2025-05-01,90,ethics\n");
    EXPECT_EQ(other.changed, 1u);
    EXPECT_EQ(standing().at(0).amount, 90);
    EXPECT_EQ(standing().at(0).late_reason, domain::LateReason::correction);
    // A file without the column of topics says nothing about them.
    const ImportReport without =
        posted(person + ",ethics-day,2025-05-01,90\n", host, Mode::commit, "person,course,day,minutes\n");
    EXPECT_EQ(without.known, 1u);
    EXPECT_THAT(standing().at(0).tags, ElementsAre("ethics"));
}

TEST_P(ContinuingEducationOf, AProviderIsPostedByItsOwnPeopleForCodesTheyWereGiven) {
    const std::string rows = person + ",ethics-day,2025-05-01,120,ethics\n";
    const std::string theirs = somebody("Lou Lakeside"), others = somebody("Oda Other");
    organizations->grant(host, "lakeside", theirs, "coordinator", day("2025-01-01"), {});
    organizations->grant(host, "centre", others, "coordinator", day("2025-01-01"), {});
    EXPECT_EQ(refusal([&] { posted(rows, as(others)); }).code(), ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] { posted(rows, as(person)); }).code(), ErrorCode::forbidden);
    const std::string named = "person,name,course,day,minutes\n";
    EXPECT_EQ(posted(person + ",Somebody Else,ethics-day,2025-05-01,120\n", as(theirs), Mode::commit, named).errors,
              1u);
    EXPECT_EQ(posted("Farida Haidari,,ethics-day,2025-05-01,120\n", as(theirs), Mode::commit, named).errors, 1u)
        << "a name is not enough to write in somebody's ledger";
    EXPECT_EQ(posted(person + ",farida haidari,ethics-day,2025-05-01,120\n", as(theirs), Mode::commit, named).added,
              1u);
}

TEST_P(ContinuingEducationOf, AnApprovedCourseIsHeldToItsApproval) {
    const auto approval = ce->approve(
        host, {"office", "lakeside", "ethics-day", {"ethics"}, Minutes{120}, day("2025-05-01"), day("2025-05-31"), {}});
    const auto says = [&](const std::string& rest) {
        const ImportReport report = posted(person + ",ethics-day," + rest + "\n", host, Mode::rehearse);
        return report.errors == 0 ? std::string("posted")
                                  : report.error_notes.at(0).column + ": " + report.error_notes.at(0).what;
    };
    EXPECT_EQ(says("2025-05-01,120,"), "posted") << "the first day, as long as it may be";
    EXPECT_EQ(says("2025-05-31,60,ethics"), "posted") << "the last day";
    EXPECT_THAT(says("2025-04-30,60,ethics"),
                HasSubstr("day: outside every approval of this course: from 2025-05-01 to 2025-05-31 by office"));
    EXPECT_THAT(says("2025-06-01,60,ethics"), HasSubstr("day: outside"));
    EXPECT_THAT(says("2025-05-01,121,ethics"), HasSubstr("minutes: the course is approved for at most 120 minutes"));
    EXPECT_THAT(says("2025-05-01,60,crafts"), HasSubstr("topics: the course is approved for: ethics"));
    EXPECT_EQ(posted(person + ",ethics-day,2025-05-01,120,\n").added, 1u);
    EXPECT_THAT(standing().at(0).tags, ElementsAre("ethics")) << "as approved";
    EXPECT_EQ(posted(person + ",crafts-day,2025-05-01,500,crafts\n").added, 1u)
        << "nobody approved it; the rules say what it counts";

    ce->withdraw_approval(host, approval);
    EXPECT_EQ(refusal([&] { ce->withdraw_approval(host, approval); }).code(), ErrorCode::conflict);
    EXPECT_THAT(ce->approvals(""), IsEmpty());
    EXPECT_EQ(says("2025-06-01,121,crafts"), "posted");
    EXPECT_EQ(standing().size(), 2u) << "what was posted stays";
    EXPECT_TRUE(house().store.read([](storage::UnitOfWork& work) { return work.audit.verify(); }).intact());
}

TEST_P(ContinuingEducationOf, OnlyACertifyingBodyApproves) {
    EXPECT_THAT(refusal([&] {
                    ce->approve(host, {"centre", "lakeside", "", {}, {}, {}, {}, {}});
                }).what(),
                HasSubstr("certifies nobody"));
    EXPECT_EQ(refusal([&] {
                  ce->approve(as(person), {"office", "lakeside", "", {}, {}, {}, {}, {}});
              }).code(),
              ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] {
                  ce->approve(host, {"office", "lakeside", "", {"ethik"}, {}, {}, {}, {}});
              }).code(),
              ErrorCode::invalid_input);
    EXPECT_THAT(refusal([&] {
                    ce->approve(host, {"office", "lakeside", "", {}, {}, day("2025-05-02"), day("2025-05-01"), {}});
                }).what(),
                HasSubstr("before the first"));
}

TEST_P(ContinuingEducationOf, AnOwnLineWaitsUntilSomebodyElseAcceptsIt) {
    certified_in("aa-ps");
    const EntryId line = own("2025-05-01", 'a', as(person));
    EXPECT_EQ(standing().at(0).result, EntryResult::pending);
    EXPECT_EQ(standing().at(0).document_digest, std::string(64, 'a'));
    const Finding waiting = *balance("aa-ps", "2026-03-01").at(0).finding;
    EXPECT_EQ(waiting.have, 0);
    EXPECT_EQ(waiting.have_most, 60);
    EXPECT_THAT(refusal([&] { own("2025-06-01", 'a', as(person)); }).what(), HasSubstr("that document shows entry"));
    EXPECT_THAT(refusal([&] { own("2025-05-01", 'b', as(person)); }).what(), HasSubstr("on record already"));
    EXPECT_EQ(refusal([&] { own("2025-06-01", 'c', as(somebody("Zoe Li"))); }).code(), ErrorCode::not_found);
    EXPECT_THAT(refusal([&] {
                    ce->add_line(host, {person, "circle", "", day("2025-07-01"), Minutes{60}, {}, ""});
                }).what(),
                HasSubstr("which document shows it?"));
    organizations->grant(host, "centre", person, "coordinator", day("2025-01-01"), {});
    EXPECT_THAT(refusal([&] { ce->settle(as(person), line, true); }).what(), HasSubstr("for themselves"));
    ce->settle(host, line, true);
    EXPECT_EQ(balance("aa-ps", "2026-03-01").at(0).finding->have, 60);
    EXPECT_EQ(refusal([&] { ce->settle(host, standing().at(0).id, false); }).code(), ErrorCode::conflict);
    const EntryId refused = own("2025-08-01", 'd', host);
    ce->settle(host, refused, false);
    EXPECT_EQ(balance("aa-ps", "2026-03-01").at(0).finding->have_most, 60) << "not accepted, so it helps nothing";
}

TEST_P(ContinuingEducationOf, WhatTheProviderPostsStandsInThePlaceOfAnOwnLine) {
    ce->add_line(as(person),
                 {person, "ethics-day", "lakeside", day("2025-05-01"), Minutes{150}, {"ethics"}, std::string(64, 'a')});
    EXPECT_EQ(posted(person + ",ethics-day,2025-05-01,120,ethics\n").changed, 1u);
    ASSERT_THAT(standing(), SizeIs(1)) << "the hours are there once";
    EXPECT_EQ(standing()[0].amount, 120);
    EXPECT_EQ(standing()[0].result, EntryResult::none);
    EXPECT_FALSE(standing()[0].late_reason);
    EXPECT_EQ(standing()[0].document_digest, std::string(64, 'a'));
}

TEST_P(ContinuingEducationOf, ABalanceIsToldPartByPartOnAnyDay) {
    certified_in("aa-ps");
    posted(person + ",crafts-day,2025-05-01,240,other\n" + person + ",ethics-day,2025-06-01,60,ethics\n");
    const auto there = [&](const char* on) {
        std::vector<std::int64_t> have;
        for (const CeLine& line : balance("aa-ps", on))
            have.push_back(line.finding->have.value_or(-1));
        return have;
    };
    EXPECT_EQ(there("2025-04-30").at(0), 0);
    EXPECT_EQ(there("2025-05-01").at(0), 180) << "no more than three other hours count";
    EXPECT_FALSE(balance("aa-ps", "2025-05-31").at(0).finding->verdict.passes()) << "an hour of ethics is missing";
    EXPECT_EQ(there("2025-06-01").at(0), 240);
    EXPECT_TRUE(balance("aa-ps", "2025-06-01").at(0).finding->verdict.passes());
    const auto lines = balance("aa-ps", "2025-06-01");
    ASSERT_GE(lines.size(), 3u) << "the whole and its two parts";
    EXPECT_EQ(lines[0].depth, 0);
    EXPECT_EQ(lines[1].depth, 1);
}

TEST_P(ContinuingEducationOf, AnHourUsedElsewhereIsRefusedWithTheReason) {
    certified_in("aa-ps");
    certified_in("bb-ps");
    posted(person + ",crafts-day,2025-05-01,180,other\n" + person + ",ethics-day,2025-06-01,60,ethics\n");
    EXPECT_TRUE(balance("aa-ps", "2026-03-01").at(0).finding->verdict.passes());
    Certification office(house(), *rules);
    const auto asked = office.apply(host, {person, "bb-ps", Step::Verb::renew, "", {}});
    ASSERT_TRUE(office.decide(host, {asked.application.id, domain::Outcome::granted, "", "office"}).credential);
    const auto lines = balance("aa-ps", "2026-03-01");
    EXPECT_FALSE(lines.at(0).finding->verdict.passes());
    bool told = false;
    for (const CeLine& line : lines)
        for (const RefusedEntry& refused : line.finding->refused)
            told = told || (refused.reason == RefusalReason::used_elsewhere && refused.detail == "bb-ps");
    EXPECT_TRUE(told) << "which certificate used it";
}

} // namespace
} // namespace peercert::services
