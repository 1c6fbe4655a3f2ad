#include "credentials/status.hpp"

#include <gtest/gtest.h>

namespace peercert::credentials {
namespace {

using namespace std::chrono_literals;
using domain::CredentialEventKind;
using domain::CredentialRecord;

constexpr domain::Instant at(Date day) { return std::chrono::sys_days{day}; }

CredentialRecord two_years(Date first = 2024y / 3 / 1, Date last = 2026y / 2 / 28) {
    CredentialRecord record;
    record.terms.push_back({.n = 1, .first_day = first, .last_day = last, .recorded_at = at(first)});
    return record;
}

CredentialRecord with(CredentialRecord record, CredentialEventKind kind, Date day, std::string condition = {}) {
    record.events.push_back({.n = static_cast<int>(record.events.size()) + 1,
                             .kind = kind,
                             .effective_day = day,
                             .recorded_at = at(day),
                             .condition = std::move(condition)});
    return record;
}

StatusCode code(const CredentialRecord& record, Date day) { return status(record, day).code; }

TEST(Status, BothEndsOfATermAreInside) {
    const auto record = two_years();
    EXPECT_EQ(code(record, 2024y / 2 / 29), StatusCode::not_yet_effective);
    EXPECT_EQ(code(record, 2024y / 3 / 1), StatusCode::certified);
    EXPECT_EQ(code(record, 2026y / 2 / 28), StatusCode::certified);
    EXPECT_EQ(code(record, 2026y / 3 / 1), StatusCode::expired);
    EXPECT_EQ(status(record, 2026y / 3 / 1).since, Date{2026y / 3 / 1});
    EXPECT_EQ(status(record, 2024y / 2 / 29).since, std::nullopt);
}

TEST(Status, ATermWithoutAnEndNeverExpires) {
    auto record = two_years();
    record.terms[0].last_day.reset();
    EXPECT_EQ(code(record, 9999y / 12 / 31), StatusCode::certified);
}

TEST(Status, NothingIssuedIsUnknown) {
    EXPECT_EQ(code(CredentialRecord{}, 2024y / 3 / 1), StatusCode::unknown);
    EXPECT_EQ(status(two_years(), 2024y / 3 / 1, at(2024y / 2 / 29)).code, StatusCode::unknown);
}

TEST(Status, AnExpiredTermIsCalledByItsTimeline) {
    auto record = two_years();
    record.terms[0].timeline = {{2026y / 3 / 1, "grace"}, {2026y / 5 / 1, "lapsed"}};
    EXPECT_EQ(status(record, 2026y / 2 / 28).rung, "");
    EXPECT_EQ(status(record, 2026y / 3 / 1).rung, "grace");
    EXPECT_EQ(status(record, 2026y / 4 / 30).rung, "grace");
    EXPECT_EQ(status(record, 2026y / 5 / 1).rung, "lapsed");
    EXPECT_FALSE(status(record, 2026y / 3 / 1).yes());
}

TEST(Status, ARenewalWithoutAGapIsOneUnbrokenTime) {
    auto record = two_years();
    record.terms.push_back(
        {.n = 2, .first_day = 2026y / 3 / 1, .last_day = 2028y / 2 / 29, .recorded_at = at(2026y / 2 / 1)});
    EXPECT_EQ(status(record, 2026y / 2 / 28).term, 1);
    EXPECT_EQ(status(record, 2026y / 3 / 1).term, 2);
    EXPECT_EQ(status(record, 2026y / 3 / 1).since, Date{2024y / 3 / 1});
    EXPECT_EQ(status(record, 2026y / 3 / 1, at(2026y / 1 / 31)).code, StatusCode::expired)
        << "the renewal was not known yet";
    EXPECT_EQ(status(record, 2026y / 3 / 1, at(2026y / 2 / 1)).code, StatusCode::certified);
}

TEST(Status, AGapBetweenTermsIsExpired) {
    auto record = two_years();
    record.terms.push_back(
        {.n = 2, .first_day = 2026y / 4 / 1, .last_day = 2028y / 3 / 31, .recorded_at = at(2026y / 4 / 1)});
    EXPECT_EQ(code(record, 2026y / 3 / 31), StatusCode::expired);
    EXPECT_EQ(status(record, 2026y / 4 / 1).since, Date{2026y / 4 / 1});
}

TEST(Status, ALaterTermTakesThePlaceOfAnOverlappingOne) {
    auto record = two_years();
    record.terms[0].last_day.reset();
    record.terms.push_back(
        {.n = 2, .first_day = 2025y / 1 / 1, .last_day = 2025y / 12 / 31, .recorded_at = at(2025y / 1 / 1)});
    EXPECT_EQ(status(record, 2024y / 12 / 31).term, 1);
    EXPECT_EQ(status(record, 2025y / 1 / 1).term, 2);
    EXPECT_EQ(code(record, 2026y / 1 / 1), StatusCode::expired);
}

TEST(Status, AnEventActsFromItsEffectiveDay) {
    const auto record = with(two_years(), CredentialEventKind::revoke, 2025y / 5 / 10);
    EXPECT_EQ(code(record, 2025y / 5 / 9), StatusCode::certified);
    EXPECT_EQ(code(record, 2025y / 5 / 10), StatusCode::revoked);
    EXPECT_EQ(status(record, 2025y / 6 / 1).since, Date{2025y / 5 / 10});
    EXPECT_EQ(code(record, 2026y / 3 / 1), StatusCode::revoked) << "still revoked after the term has run out";
    EXPECT_EQ(status(record, 2025y / 5 / 10, at(2025y / 5 / 9)).code, StatusCode::certified)
        << "not known the day before";
}

TEST(Status, ASuspensionEndsWithReinstatement) {
    const auto record = with(with(two_years(), CredentialEventKind::suspend, 2025y / 1 / 1),
                             CredentialEventKind::reinstate, 2025y / 2 / 1);
    EXPECT_EQ(code(record, 2024y / 12 / 31), StatusCode::certified);
    EXPECT_EQ(code(record, 2025y / 1 / 31), StatusCode::suspended);
    EXPECT_EQ(code(record, 2025y / 2 / 1), StatusCode::certified);
    EXPECT_EQ(status(record, 2025y / 3 / 1).since, Date{2025y / 2 / 1});
    EXPECT_EQ(code(record, 2026y / 3 / 1), StatusCode::expired);
}

TEST(Status, TheGravestStandsWhateverTheOrder) {
    const auto first = with(with(two_years(), CredentialEventKind::revoke, 2025y / 1 / 1), CredentialEventKind::suspend,
                            2025y / 2 / 1);
    EXPECT_EQ(code(first, 2025y / 3 / 1), StatusCode::revoked);
    EXPECT_EQ(status(first, 2025y / 3 / 1).since, Date{2025y / 1 / 1});
    const auto second = with(with(two_years(), CredentialEventKind::suspend, 2025y / 1 / 1),
                             CredentialEventKind::surrender, 2025y / 2 / 1);
    EXPECT_EQ(code(second, 2025y / 1 / 31), StatusCode::suspended);
    EXPECT_EQ(code(second, 2025y / 2 / 1), StatusCode::surrendered);
}

TEST(Status, EventsActByDayHoweverTheyWereEntered) {
    auto record = with(two_years(), CredentialEventKind::reinstate, 2025y / 3 / 1);
    record = with(record, CredentialEventKind::suspend, 2025y / 1 / 1);
    EXPECT_EQ(code(record, 2025y / 2 / 1), StatusCode::suspended);
    EXPECT_EQ(code(record, 2025y / 3 / 1), StatusCode::certified);
}

TEST(Status, AfterDepartureNothingReadsAsAYes) {
    auto record = two_years();
    record.departed_on = 2025y / 6 / 1;
    EXPECT_EQ(code(record, 2025y / 5 / 31), StatusCode::certified);
    EXPECT_EQ(code(record, 2025y / 6 / 1), StatusCode::ended);
    EXPECT_EQ(code(with(record, CredentialEventKind::revoke, 2025y / 1 / 1), 2025y / 6 / 1), StatusCode::revoked);
}

TEST(Status, ConditionsStayUntilLifted) {
    const auto record = with(with(two_years(), CredentialEventKind::condition, 2025y / 1 / 1, "supervised"),
                             CredentialEventKind::condition_lifted, 2025y / 2 / 1);
    EXPECT_EQ(status(record, 2024y / 12 / 31).condition, "");
    EXPECT_EQ(status(record, 2025y / 1 / 1).condition, "supervised");
    EXPECT_TRUE(status(record, 2025y / 1 / 1).yes());
    EXPECT_EQ(status(record, 2025y / 2 / 1).condition, "");
}

TEST(Status, EveryOtherKindOfEventHasItsWord) {
    EXPECT_EQ(code(with(two_years(), CredentialEventKind::replace, 2025y / 1 / 1), 2025y / 1 / 1),
              StatusCode::replaced);
    EXPECT_EQ(code(with(two_years(), CredentialEventKind::end, 2025y / 1 / 1), 2025y / 1 / 1), StatusCode::ended);
    EXPECT_EQ(to_text(StatusCode::not_yet_effective), "not_yet_effective");
    EXPECT_EQ(to_text(StatusCode::unknown), "unknown");
}

} // namespace
} // namespace peercert::credentials
