#include "services/ledger_checks.hpp"

#include "services/house_fixture.hpp"

/// What does not fit beside the lines that stand in a ledger already, or into a life or a day.
namespace peercert::services {
namespace {

using ::testing::HasSubstr;

class LedgerLines : public AHouse {
protected:
    void SetUp() override {
        AHouse::SetUp();
        if (!IsSkipped())
            ana = somebody("Ana Ruiz", "1980-03-15");
    }
    NewRecord hours(EntryKind kind, const char* on, std::int64_t minutes) {
        NewRecord line;
        line.person = ana;
        line.kind = kind;
        line.first_day = day(on);
        line.amount = minutes;
        return line;
    }
    void refused(ErrorCode code, const char* says, const NewRecord& line) {
        const Error no = refusal([&] { ledger->add(host, line); });
        EXPECT_EQ(no.code(), code) << no.what();
        EXPECT_THAT(no.what(), HasSubstr(says));
    }
    std::string ana;
};

TEST_P(LedgerLines, TheSameLineIsHereAlreadyUnlessItIsSaidToHaveHappenedTwice) {
    for (const EntryKind kind : {EntryKind::practice, EntryKind::supervision, EntryKind::ce}) {
        NewRecord line = hours(kind, "2025-03-01", 60);
        line.tags =
            kind == EntryKind::ce ? std::vector<std::string>{"ethics", "peer-specific"} : std::vector<std::string>{};
        const EntryId first = ledger->add(host, line);
        if (kind == EntryKind::ce)
            line.tags = {"peer-specific", "ethics"};
        refused(ErrorCode::conflict, ("entry " + std::to_string(first.value())).c_str(), line);
        NewRecord other = line;
        other.amount = 61;
        EXPECT_NO_THROW(ledger->add(host, other));
        other = line;
        other.provider = "centre";
        EXPECT_NO_THROW(ledger->add(host, other));
        line.again = true;
        EXPECT_NO_THROW(ledger->add(host, line));
        line.again = false;
        other = line;
        other.first_day = day("2025-03-02");
        const EntryId next_day = ledger->add(host, other);
        ledger->withdraw(host, next_day);
        EXPECT_NO_THROW(ledger->add(host, other)) << "what was withdrawn does not count";
    }
}

TEST_P(LedgerLines, NobodyPractisesMoreThanADayHas) {
    ledger->add(host, hours(EntryKind::practice, "2025-03-01", 23 * 60));
    refused(ErrorCode::invalid_input, "24 h 1 min of practice on 2025-03-01",
            hours(EntryKind::practice, "2025-03-01", 61));
    const EntryId last = ledger->add(host, hours(EntryKind::practice, "2025-03-01", 60));
    EXPECT_NO_THROW(ledger->add(host, hours(EntryKind::supervision, "2025-03-01", 60))) << "another kind";
    Correction more;
    more.amount = 61;
    EXPECT_EQ(refusal([&] { ledger->correct(host, last, more); }).code(), ErrorCode::invalid_input);
    more.amount = 30;
    EXPECT_NO_THROW(ledger->correct(host, last, more)) << "the line that it replaces counts no more";

    NewRecord week = hours(EntryKind::practice, "2025-03-01", 6 * 24 * 60 + 30);
    week.last_day = day("2025-03-07");
    EXPECT_NO_THROW(ledger->add(host, week)) << "the seven days are full now";
    refused(ErrorCode::invalid_input, "from 2025-03-01 to 2025-03-07", hours(EntryKind::practice, "2025-03-04", 1));
    EXPECT_NO_THROW(ledger->add(host, hours(EntryKind::practice, "2025-03-08", 24 * 60)));
}

TEST_P(LedgerLines, NothingHappensBeforeBirthAndNothingAThousandTimes) {
    refused(ErrorCode::invalid_input, "before", hours(EntryKind::ce, "1980-03-14", 60));
    EXPECT_NO_THROW(record(ana, EntryKind::fact, "LPHA", "1980-03-15"));
    EXPECT_EQ(refusal([&] { record(ana, EntryKind::document, "GED", "1980-03-14"); }).code(), ErrorCode::invalid_input);
    for (const std::int64_t times : {0, 1001})
        EXPECT_EQ(refusal([&] {
                      record(ana, EntryKind::activity, "co-facilitated session", "2025-03-01", EntryResult::none,
                             times);
                  }).code(),
                  ErrorCode::invalid_input)
            << times;
    for (const std::int64_t times : {1, 1000})
        EXPECT_NO_THROW(
            record(ana, EntryKind::activity, "co-facilitated session", "2025-03-01", EntryResult::none, times));
    EXPECT_EQ(refusal([&] {
                  certification->take_over(host, {ana, "wrap", "co-facilitator", "office", day("1980-03-14"), {}});
              }).code(),
              ErrorCode::invalid_input);
}

TEST_P(LedgerLines, PresenceOnADayIsNoMoreThanADay) {
    for (const char* code : {"one", "two"}) {
        cohorts->open(host, {code, "wrap", "seminar 2", "centre", "", "", {day("2025-03-01")}, {}});
        cohorts->enrol(host, code, ana, day("2025-03-01"));
    }
    const Error longer = refusal([&] { cohorts->attend(host, "one", 1, ana, Minutes{1441}); });
    EXPECT_THAT(longer.what(), HasSubstr("24 hours of a day")) << "how long it was nobody has said";
    EXPECT_THAT(longer.what(), ::testing::Not(HasSubstr("1440 minutes long")));
    cohorts->attend(host, "one", 1, ana, Minutes{1000});
    const Error no = refusal([&] { cohorts->attend(host, "two", 1, ana, Minutes{441}); });
    EXPECT_EQ(no.code(), ErrorCode::invalid_input);
    EXPECT_THAT(no.what(), HasSubstr("1441 minutes of presence"));
    EXPECT_NO_THROW(cohorts->attend(host, "two", 1, ana, Minutes{440}));
    EXPECT_NO_THROW(cohorts->attend(host, "two", 1, ana, Minutes{30})) << "a correction counts once";
    std::istringstream sheet("person,session,minutes\n" + ana + ",1,1411\n");
    EXPECT_EQ(Imports(house(), &rulebook).attendance(host, "one", sheet, Mode::commit).errors, 1u);
}

TEST_P(LedgerLines, ACertificateOfALevelWithTermsHasALastDay) {
    const auto held = [&](const char* track, const char* level, std::optional<Date> until) {
        return Certification::Held{ana, track, level, "office", day("2025-01-15"), until};
    };
    const Error no = refusal([&] { certification->take_over(host, held("wi-cps", "certified", {})); });
    EXPECT_EQ(no.code(), ErrorCode::invalid_input);
    EXPECT_THAT(no.what(), HasSubstr("--until"));
    EXPECT_NO_THROW(certification->take_over(host, held("wi-cps", "certified", day("2027-01-14"))));
    EXPECT_NO_THROW(certification->take_over(host, held("wrap", "co-facilitator", {}))) << "kept current, not renewed";
}

PEERCERT_IN_BOTH(LedgerLines);

} // namespace
} // namespace peercert::services
