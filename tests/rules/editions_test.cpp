#include <gtest/gtest.h>

#include "rules/building.hpp"
#include "rules/editions.hpp"

namespace peercert::rules {
namespace {

using namespace test;

Edition edition(std::string name, std::optional<std::string_view> from, std::optional<std::string_view> until,
                std::string chosen_by = "applying") {
    Edition made;
    made.code = "wa";
    made.edition = std::move(name);
    made.chosen_by = std::move(chosen_by);
    made.in_force_from.knowing = from ? Knowing::stated : Knowing::unknown;
    if (from)
        made.in_force_from.value = on(*from);
    if (until)
        made.in_force_until = on(*until);
    return made;
}

TEST(Editions, DayOfTheRecordedEventChooses) {
    const Edition old = edition("2024", std::nullopt, "2025-06-30");
    const Edition now = edition("2025", "2025-07-01", std::nullopt);
    const std::vector<const Edition*> both{&now, &old};
    EXPECT_EQ(select_edition(both, {{"applying", on("2025-06-30")}}).edition, &old);
    EXPECT_EQ(select_edition(both, {{"applying", on("2025-07-01")}}).edition, &now);
    EXPECT_EQ(select_edition(both, {{"applying", on("2025-07-01")}}).event, "applying");
    EXPECT_TRUE(edition_conflicts(both).empty());
    EXPECT_THROW(select_edition(both, {{"issue", on("2025-07-01")}}), Error);
}

TEST(Editions, GapsAndOverlapsAreRefused) {
    const Edition old = edition("2024", "2020-01-01", "2025-06-29");
    const Edition now = edition("2025", "2025-07-01", std::nullopt);
    const std::vector<const Edition*> gap{&old, &now};
    ASSERT_EQ(edition_conflicts(gap).size(), 1U);
    EXPECT_EQ(edition_conflicts(gap).front(),
              "between wa 2024 and wa 2025 no edition is in force from 2025-06-30 until 2025-06-30");
    try {
        select_edition(gap, {{"applying", on("2025-06-30")}});
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::not_found);
    }
    const Edition longer = edition("2024", "2020-01-01", "2025-07-01");
    const std::vector<const Edition*> overlap{&longer, &now};
    EXPECT_EQ(edition_conflicts(overlap), std::vector<std::string>{"wa 2024 and wa 2025 overlap from 2025-07-01 on"});
    try {
        select_edition(overlap, {{"applying", on("2025-07-01")}});
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::conflict);
    }
    EXPECT_EQ(select_edition(overlap, {{"applying", on("2025-07-02")}}).edition, &now);
}

} // namespace
} // namespace peercert::rules
