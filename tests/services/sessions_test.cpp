#include "house_fixture.hpp"

#include <sstream>

#include "services/hours_left.hpp"
#include "services/sheets.hpp"
#include "services/substitutes.hpp"

/// What happens at sessions: presence, hours left, who stands in, sheets that are read back.
namespace peercert::services {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(APresence, IsSaidInOneWay) {
    const domain::Session session{.number = 1, .length = Minutes{150}};
    EXPECT_EQ(Presence{}.at(session), Minutes{150});
    EXPECT_EQ((Presence{.late = Minutes{15}, .left_early = Minutes{5}}.at(session)), Minutes{130});
    EXPECT_EQ((Presence{.late = Minutes{200}}.at(session)), Minutes{0});
    EXPECT_EQ((Presence{.arrived = Minutes{18 * 60 + 5}, .left = Minutes{20 * 60}}.at(session)), Minutes{115});
    EXPECT_EQ(Presence{.minutes = Minutes{0}}.at(session), Minutes{0});
    for (const Presence& bad : {Presence{.minutes = Minutes{1}, .late = Minutes{1}}, Presence{.arrived = Minutes{1}},
                                Presence{.arrived = Minutes{20}, .left = Minutes{10}}})
        EXPECT_EQ(refusal([&] { bad.at(session); }).code(), ErrorCode::invalid_input);
    const domain::Session unknown{.number = 1, .length = domain::length_not_given};
    EXPECT_EQ(refusal([&] { Presence{}.at(unknown); }).code(), ErrorCode::invalid_input);
    EXPECT_EQ(Presence{.minutes = Minutes{90}}.at(unknown), Minutes{90});
}

class AtSessions : public AHouse {
protected:
    /// Missouri: thirty hours in five days, three of them may be missed.
    void a_maine_round() {
        today_is("2025-02-05");
        NewCohort round{.code = "round",
                        .curriculum = "me-cipss",
                        .format = "round of nine days of six hours",
                        .organization = "centre",
                        .with_gaps = true};
        for (int i = 0; i < 9; ++i)
            round.held_on.push_back(add_days(day("2025-02-03"), i));
        cohorts->open(host, round);
        rosa = somebody("Rosa Invented");
        cohorts->enrol(host, "round", rosa, day("2025-02-03"));
    }
    HoursLeft left() { return CohortHours(house(), rulebook).of(host, "round", rosa).at(0); }
    Actor as(const std::string& code) { return {"person:" + code, people->show(host, code).person.id}; }
    std::string rosa;
};
PEERCERT_IN_BOTH(AtSessions);

TEST_P(AtSessions, HoursLeftFollowTheCurriculumsOwnRule) {
    a_maine_round(); // nine days of six hours, five hours may be missed
    HoursLeft now = left();
    EXPECT_EQ(now.to_come, Minutes{7 * 360}) << "the third day is today, and nothing is recorded of it";
    ASSERT_TRUE(now.wanted);
    EXPECT_EQ(*now.wanted, Minutes{9 * 360 - 300});
    EXPECT_EQ(*now.may_miss, Minutes{300 - 2 * 360}) << "two days nobody has recorded are days missed";
    cohorts->attend(host, "round", 1, rosa, Presence{});
    cohorts->attend(host, "round", 2, rosa, Presence{});
    cohorts->attend(host, "round", 3, rosa, Presence{.late = Minutes{60}});
    now = left();
    EXPECT_EQ(now.to_come, Minutes{6 * 360});
    EXPECT_EQ(*now.may_miss, Minutes{240}) << "you have four hours left";
    EXPECT_EQ(*now.wanted, Minutes{6 * 360 - 240});
    ASSERT_EQ(now.missed.size(), 1U);
    EXPECT_EQ(now.missed[0].session.number, 3);
    EXPECT_EQ(now.missed[0].missed, Minutes{60});
    EXPECT_EQ(now.missed[0].why_not, "");
    EXPECT_EQ(CohortHours(house(), rulebook).of(as(rosa), "round", rosa).size(), 1U) << "the person may ask too";
    EXPECT_EQ(refusal([&] { CohortHours(house(), rulebook).of(as(somebody("Foreign Person")), "round", rosa); }).code(),
              ErrorCode::not_found);

    today_is("2025-02-12");
    for (int session = 4; session <= 9; ++session)
        cohorts->attend(host, "round", session, rosa, session == 7 ? Presence{.minutes = Minutes{0}} : Presence{});
    now = left();
    EXPECT_EQ(*now.may_miss, Minutes{-120}) << "seven hours missed, five may be";
    EXPECT_EQ(*now.wanted, Minutes{120});
    cohorts->make_up(host, "round", 7, rosa, {Minutes{120}, day("2025-02-12")});
    now = left();
    EXPECT_EQ(*now.wanted, Minutes{0});
    EXPECT_EQ(now.missed.at(1).missed, Minutes{240}) << "less what was made up";
}

TEST_P(AtSessions, WhatMayNotBeMissedCannotBeMadeUp) {
    a_maine_round();
    today_is("2025-02-12");
    const HoursLeft now = left();
    ASSERT_EQ(now.missed.size(), 9U);
    EXPECT_THAT(now.missed[0].why_not, HasSubstr("from beginning to end")) << "day 1 of the round";
    EXPECT_EQ(now.missed[4].why_not, "");
}

TEST_P(AtSessions, WhoMovedOnIsShownAsSuch) {
    a_maine_round();
    cohorts->change_place(host, "round", rosa, domain::EnrolmentState::moved_on, {});
    EXPECT_EQ(CohortHours(house(), rulebook).of(host, "round", "").at(0).progress.state,
              domain::EnrolmentState::moved_on);
    EXPECT_EQ(cohorts->show(host, "round").people.at(0).state, domain::EnrolmentState::moved_on);
    EXPECT_TRUE(Sheets(house(), rulebook).sheet(host, "round", 4).rows.empty()) << "nobody waits for a signature";
}

TEST_P(AtSessions, ASubstituteIsQualifiedThatDayAndFree) {
    today_is("2025-01-06");
    const auto odessa = a_facilitator("Odessa Whitfield", "2024-06-01");
    const auto bernard = a_facilitator("Bernard Kowalczyk", "2023-02-14"); // until session 6
    const auto carol = a_facilitator("Carol Free", "2024-09-01");
    const auto dan = a_facilitator("Dan Busy", "2024-09-01");
    const auto late = a_facilitator("Lapsed Ned", "2022-01-01");
    NewCohort winter{.code = "winter",
                     .curriculum = "wrap",
                     .format = "weekly group",
                     .organization = "centre",
                     .held_on = eight_fridays(),
                     .leaders = {odessa, bernard},
                     .with_gaps = true};
    cohorts->open(host, winter);
    NewCohort other = winter;
    other.code = "other";
    other.held_on = {day("2025-02-21")};
    other.leaders = {dan};
    cohorts->open(host, other);
    const auto found = substitutes(house(), rulebook, host, "winter", 7);
    EXPECT_FALSE(found.led_as_asked);
    EXPECT_THAT(found.gap, HasSubstr("Bernard Kowalczyk is not current"));
    ASSERT_EQ(found.free.size(), 1U);
    EXPECT_EQ(found.free[0].person.code.str(), carol);
    EXPECT_TRUE(found.free[0].completes);
    EXPECT_EQ(found.leading_elsewhere, 1);
    const auto sixth = substitutes(house(), rulebook, host, "winter", 6);
    EXPECT_TRUE(sixth.led_as_asked);
    EXPECT_EQ(sixth.free.size(), 2U) << "nobody leads elsewhere on that day";
}

TEST_P(AtSessions, ASheetIsReadBackByItsCodes) {
    a_maine_round();
    const auto zoe = somebody("Zoé Ångström"), abel = somebody("Abel Second");
    for (const auto& one : {zoe, abel})
        cohorts->enrol(host, "round", one, {});
    Sheets sheets(house(), rulebook);
    const SheetContent sheet = sheets.sheet(host, "round", 3);
    ASSERT_EQ(sheet.rows.size(), 3U);
    EXPECT_EQ(sheet.rows[0].name, "Abel Second");
    EXPECT_EQ(sheet.rows[2].name, "Zoé Ångström");
    const std::string code = sheet.rows[2].code.str();
    EXPECT_EQ(code.size(), 8U) << code;
    const ReadBack read = sheets.read_back(host, "round", code, Presence{.late = Minutes{20}});
    EXPECT_EQ(read.person.code.str(), zoe);
    EXPECT_EQ(read.session.number, 3);
    EXPECT_EQ(read.present, Minutes{340});
    EXPECT_FALSE(sheets.read_back(host, "round", code, Presence{.minutes = Minutes{340}}).attended.changed);

    for (std::size_t i = 0; i < code.size(); ++i) { // every single wrong character
        if (code[i] == '-')
            continue;
        std::string wrong = code;
        wrong[i] = wrong[i] == '7' ? '8' : '7';
        EXPECT_EQ(refusal([&] { sheets.read_back(host, "round", wrong, {}); }).code(), ErrorCode::invalid_input)
            << wrong;
    }
    const std::string to_come = sheets.sheet(host, "round", 4).rows[0].code.str();
    EXPECT_THAT(refusal([&] { sheets.read_back(host, "round", to_come, {}); }).what(), HasSubstr("still to come"))
        << "the server's day decides";
    today_is("2025-02-06");
    EXPECT_TRUE(sheets.read_back(host, "round", to_come, {}).attended.changed);

    NewCohort other{.code = "other",
                    .curriculum = "eating-well",
                    .organization = "centre",
                    .held_on = {day("2025-02-03"), day("2025-02-04"), day("2025-02-05")}};
    cohorts->open(host, other);
    EXPECT_THAT(refusal([&] { sheets.read_back(host, "other", code, {}); }).what(), HasSubstr("no sheet of other"));
}

TEST_P(AtSessions, AFileOfCodesIsAllOrNothingAndHarmlessAgain) {
    a_maine_round();
    const auto zoe = somebody("Zoé Ångström");
    cohorts->enrol(host, "round", zoe, {});
    Sheets sheets(house(), rulebook);
    const auto rows = sheets.sheet(host, "round", 3).rows;
    std::istringstream bad("code,minutes\n" + rows[0].code.str() + ",400\nXXXX-XXX,5\n" + rows[1].code.str() +
                           ",ten\n" + rows[1].code.str() + ",\n");
    const ImportReport refused = sheets.read_back(host, "round", bad);
    EXPECT_EQ(refused.errors, 4U);
    EXPECT_FALSE(refused.stored);
    EXPECT_THAT(refused.error_notes.at(0).what, HasSubstr("more than that"));
    std::istringstream good("code,late,arrived,left\n" + rows[0].code.str() + ",20,,\n" + rows[1].code.str() +
                            ",,18:05,20:00\n");
    const ImportReport first = sheets.read_back(host, "round", good);
    EXPECT_EQ(first.added, 2U);
    EXPECT_TRUE(first.stored);
    std::istringstream again(good.str());
    const ImportReport second = sheets.read_back(host, "round", again);
    EXPECT_EQ(second.known, 2U);
    EXPECT_EQ(second.added + second.changed, 0U);
    const auto all = cohorts->show(host, "round").people;
    EXPECT_EQ(all[0].present + all[1].present, Minutes{340 + 115});
}

TEST_P(AtSessions, AGroupThatKeepsNoRegisterHasNoSheet) {
    cohorts->open(host, {.code = "voices",
                         .curriculum = "hearing-voices",
                         .format = "hearing voices group",
                         .organization = "centre",
                         .held_on = {day("2025-02-03")}});
    EXPECT_EQ(refusal([&] { Sheets(house(), rulebook).sheet(host, "voices", 1); }).code(), ErrorCode::forbidden);
    EXPECT_EQ(refusal([&] { CohortHours(house(), rulebook).of(host, "voices", ""); }).code(), ErrorCode::forbidden);
}

} // namespace
} // namespace peercert::services
