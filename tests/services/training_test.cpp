#include "house_fixture.hpp"

namespace peercert::services {
namespace {

using ::testing::HasSubstr;

class ACohort : public AHouse {};
PEERCERT_IN_BOTH(ACohort);

TEST_P(ACohort, NamesTheSessionsOnWhichALeaderIsNoLongerCurrent) {
    today_is("2025-01-06");
    const auto odessa = a_facilitator("Odessa Whitfield", "2024-06-01");
    const auto bernard = a_facilitator("Bernard Kowalczyk", "2023-02-14"); // two years, that day included: session 6
    const CohortView view = a_wrap_cohort({odessa, bernard});
    ASSERT_EQ(view.conformity.sessions.size(), 8u);
    EXPECT_TRUE(view.conformity.sessions[5].answer.verdict.passes()) << "14 February, the last day";
    EXPECT_FALSE(view.conformity.sessions[6].answer.verdict.passes()) << "21 February";
    EXPECT_FALSE(view.conformity.sessions[6].answer.leaders.at(1).current);
    EXPECT_TRUE(view.conformity.sessions[6].answer.leaders.at(0).current);
}

TEST_P(ACohort, OfACurriculumThatKeepsNoRegisterTakesNobodysName) {
    const auto catalogue = RuleFiles::all().catalogue.get("hearing-voices");
    const auto group = std::find_if(catalogue->formats.begin(), catalogue->formats.end(),
                                    [](const Format& one) { return one.keeps_no_register; });
    ASSERT_NE(group, catalogue->formats.end());
    cohorts->open(host, {"voices", "hearing-voices", group->name, "centre", "", "", {day("2025-03-01")}, {}});
    const auto person = somebody("Joelle Baptiste");
    const Error no = refusal([&] { cohorts->enrol(host, "voices", person, {}); });
    EXPECT_EQ(no.code(), ErrorCode::forbidden);
    EXPECT_THAT(no.what(), HasSubstr("keeps no register"));
    EXPECT_EQ(refusal([&] { cohorts->attend(host, "voices", 1, person, Minutes{60}); }).code(), ErrorCode::forbidden);
    std::istringstream file("person,session,minutes\n" + person + ",1,60\n");
    Imports imports(house(), &rulebook);
    EXPECT_EQ(refusal([&] { imports.attendance(host, "voices", file, Mode::commit); }).code(), ErrorCode::forbidden);
    EXPECT_TRUE(ledger->of(host, person).empty());
}

TEST_P(ACohort, CorrectsAttendanceByALaterLineThatKeepsTheFirst) {
    a_wrap_cohort({});
    const auto person = somebody("Amara Okafor");
    cohorts->enrol(host, "wrap-1", person, {});
    cohorts->attend(host, "wrap-1", 1, person, Minutes{120});
    cohorts->attend(host, "wrap-1", 1, person, Minutes{120}); // the same again is no change
    cohorts->attend(host, "wrap-1", 1, person, Minutes{105});
    const auto lines = ledger->of(host, person);
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0].entry.amount, 120);
    EXPECT_FALSE(lines[0].entry.counts());
    EXPECT_EQ(lines[1].entry.amount, 105);
    EXPECT_TRUE(lines[1].entry.counts());
    EXPECT_EQ(lines[1].entry.replaces, lines[0].entry.id);
}

TEST_P(ACohort, RefusesAttendanceThatCannotBe) {
    a_wrap_cohort({});
    const auto person = somebody("Amara Okafor");
    EXPECT_EQ(refusal([&] { cohorts->attend(host, "wrap-1", 1, person, Minutes{60}); }).code(), ErrorCode::not_found)
        << "not enrolled";
    cohorts->enrol(host, "wrap-1", person, {});
    EXPECT_THAT(refusal([&] { cohorts->attend(host, "wrap-1", 1, person, Minutes{151}); }).what(),
                HasSubstr("150 minutes long"));
    EXPECT_THAT(refusal([&] { cohorts->attend(host, "wrap-1", 9, person, Minutes{60}); }).what(),
                HasSubstr("it has 8"));
    today_is("2025-02-01");
    EXPECT_THAT(refusal([&] { cohorts->attend(host, "wrap-1", 8, person, Minutes{60}); }).what(),
                HasSubstr("still to come"));
    EXPECT_TRUE(ledger->of(host, person).empty());
}

TEST_P(ACohort, IsCompletedByWhoWasThereSixteenHoursAndOnce) {
    a_wrap_cohort({});
    const auto amara = somebody("Amara Okafor"), ephraim = somebody("Ephraim Novak");
    for (const auto& person : {amara, ephraim}) {
        cohorts->enrol(host, "wrap-1", person, {});
        for (int session = 1; session <= 8; ++session)
            cohorts->attend(host, "wrap-1", session, person, Minutes{person == ephraim && session == 4 ? 119 : 120});
    }
    cohorts->accept(host, "wrap-1", {"Invented: nobody led it, and it counts", ""});
    const Completed first = cohorts->complete(host, "wrap-1");
    ASSERT_EQ(first.completed.size(), 1u);
    EXPECT_EQ(first.completed[0].person.name, "Amara Okafor");
    ASSERT_EQ(first.not_yet.size(), 1u);
    EXPECT_EQ(first.not_yet[0].present, Minutes{959});
    cohorts->attend(host, "wrap-1", 4, ephraim, Minutes{120});
    const Completed second = cohorts->complete(host, "wrap-1");
    ASSERT_EQ(second.completed.size(), 1u) << "nobody completes twice";
    EXPECT_EQ(second.completed[0].person.name, "Ephraim Novak");
}

TEST_P(ACohort, CountsWhoMovedOnNoLongerInItsSize) {
    a_wrap_cohort({});
    std::vector<std::string> all;
    for (int i = 0; i < 13; ++i) {
        all.push_back(somebody("Person " + std::string(1, static_cast<char>('A' + i))));
        cohorts->enrol(host, "wrap-1", all.back(), {});
    }
    const auto size = [&] {
        const auto view = cohorts->show(host, "wrap-1");
        const auto& parts = view.conformity.sessions[0].answer.finding.parts;
        const auto part =
            std::find_if(parts.begin(), parts.end(), [](const Finding& one) { return one.clause == "size"; });
        return part != parts.end() && part->verdict.passes();
    };
    EXPECT_FALSE(size());
    cohorts->change_place(host, "wrap-1", all[0], domain::EnrolmentState::moved_on, {});
    EXPECT_TRUE(size());
}

class TheLedger : public AHouse {};
PEERCERT_IN_BOTH(TheLedger);

TEST_P(TheLedger, RefusesDaysToComeAndMoreHoursThanADayHas) {
    const auto person = somebody("Amara Okafor");
    const auto practice = [&](const char* on, std::int64_t minutes) {
        return refusal([&] {
            ledger->add(host, {.person = person, .kind = EntryKind::practice, .first_day = day(on), .amount = minutes});
        });
    };
    EXPECT_THAT(practice("2025-04-03", 60).what(), HasSubstr("still to come"));
    EXPECT_THAT(practice("2025-04-02", 24 * 60 + 1).what(), HasSubstr("more than 24 hours a day"));
    EXPECT_THAT(practice("2025-04-02", 0).what(), HasSubstr("how long"));
    EXPECT_NO_THROW(record(person, EntryKind::practice, "", "2025-04-02", EntryResult::none, 24 * 60));
}

TEST_P(TheLedger, KeepsWhatWasReplacedAndWhatWasWithdrawn) {
    const auto person = somebody("Amara Okafor");
    const EntryId first = record(person, EntryKind::ce, "", "2025-03-01", EntryResult::none, 120);
    const EntryId better = ledger->correct(host, first, {.first_day = day("2025-03-02"), .amount = 90}).by;
    EXPECT_EQ(refusal([&] { ledger->correct(host, first, {.amount = 60}); }).code(), ErrorCode::conflict)
        << "it has been replaced already";
    ledger->withdraw(host, better);
    const auto lines = ledger->of(host, person);
    EXPECT_EQ(lines.size(), 3u);
    EXPECT_TRUE(std::none_of(lines.begin(), lines.end(), [](const LedgerLine& line) { return line.entry.counts(); }));
}

TEST_P(TheLedger, ACorrectionChangesWhatItNamesAndKeepsTheRest) {
    const auto person = somebody("Dolores Quintero");
    const EntryId exam = record(person, EntryKind::exam, "competency", "2025-03-28", EntryResult::passed, 8800);
    const EntryId better = ledger->correct(host, exam, {.first_day = day("2025-03-27")}).by;
    const auto lines = ledger->of(host, person);
    const auto& line =
        std::find_if(lines.begin(), lines.end(), [&](const LedgerLine& one) { return one.entry.id == better; })->entry;
    EXPECT_EQ(line.first_day, day("2025-03-27"));
    EXPECT_EQ(line.last_day, day("2025-03-27"));
    EXPECT_EQ(line.result, EntryResult::passed);
    EXPECT_EQ(line.amount, 8800);
}

TEST_P(TheLedger, TakesAScoreThatTheExaminationCanGive) {
    const std::string ana = somebody("Ana Ruiz");
    const auto score = [&](const char* part, std::int64_t hundredths) {
        return record(ana, EntryKind::exam, part, "2025-03-20", EntryResult::not_yet, hundredths);
    };
    // Wisconsin marks its examination in percent.
    const EntryId full = score("competency", 10'000);
    const Error above = refusal([&] { score("competency", 10'100); });
    EXPECT_EQ(above.code(), ErrorCode::invalid_input);
    EXPECT_THAT(above.what(), HasSubstr("in percent, so its score is at most 100"));
    EXPECT_THAT(refusal([&] { score("competency", -100); }).what(), HasSubstr("less than nothing"));
    EXPECT_THAT(refusal([&] { ledger->correct(host, full, {.amount = 10'001}); }).what(), HasSubstr("at most 100"));
    EXPECT_NO_THROW(ledger->correct(host, full, {.amount = 0}));
    // The IC&RC's own scale ends at 800 points; another body's marks nobody has printed may be of any scale.
    EXPECT_NO_THROW(score("IC&RC PR", 50'000));
    EXPECT_NO_THROW(score("cprp", 50'000));
    EXPECT_THAT(refusal([&] { score("IC&RC PR", 100'100); }).what(), HasSubstr("at most 1000"));
}

TEST_P(TheLedger, HasNoPlaceForAStory) {
    const auto person = somebody("Dolores Quintero");
    const auto refused = [&](EntryKind kind, const std::string& words) {
        return refusal([&] { record(person, kind, words, "2025-03-01"); }).code() == ErrorCode::invalid_input;
    };
    EXPECT_TRUE(refused(EntryKind::attestation, "what happened to me in 1999"));
    EXPECT_TRUE(refused(EntryKind::fact, "anything about health"));
    EXPECT_TRUE(refused(EntryKind::document, "discharge letter"));
    EXPECT_THAT(refusal([&] { record(person, EntryKind::attestation, "own lived experiense", "2025-03-01"); }).what(),
                HasSubstr("did you mean \"own lived experience\"?"));
    EXPECT_TRUE(refusal([&] {
                    ledger->add(host, {.person = person,
                                       .kind = EntryKind::ce,
                                       .first_day = day("2025-03-01"),
                                       .amount = 60,
                                       .tags = {"private matters"}});
                }).code() == ErrorCode::invalid_input);
    EXPECT_TRUE(ledger->of(host, person).empty());
}

TEST_P(TheLedger, TakesHoursOnlyFromWhoWasEntitledOnTheDay) {
    const auto worker = somebody("Farida Haidari"), supervisor = somebody("Rosalind Achterberg");
    ledger->add(host, {.person = supervisor,
                       .kind = EntryKind::fact,
                       .first_day = day("2020-01-01"),
                       .code = "behavioral health provider"});
    ledger->add(host, {.person = supervisor,
                       .kind = EntryKind::fact,
                       .first_day = day("2023-08-01"),
                       .code = "in a practice that employs peers"});
    today_is("2025-09-30");
    NewRecord hours{.person = worker,
                    .kind = EntryKind::supervision,
                    .first_day = day("2025-07-30"),
                    .amount = 60,
                    .vouched_by = supervisor,
                    .vouched_as = "wa-cpss/approved supervisor"};
    EXPECT_EQ(refusal([&] { ledger->add(host, hours); }).code(), ErrorCode::conflict) << "a day short of two years";
    hours.first_day = day("2025-07-31"); // from 1 August 2023, both days counted: two years
    EXPECT_NO_THROW(ledger->add(host, hours));
    hours.vouched_by = worker;
    EXPECT_EQ(refusal([&] { ledger->add(host, hours); }).code(), ErrorCode::forbidden);
}

} // namespace
} // namespace peercert::services
