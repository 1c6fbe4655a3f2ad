#include <gtest/gtest.h>

#include "domain/credential.hpp"
#include "domain/entry.hpp"
#include "domain/instant.hpp"
#include "domain/organization.hpp"
#include "domain/person.hpp"
#include "domain/place.hpp"

namespace peercert::domain {
namespace {

using namespace std::chrono_literals;

TEST(Words, LeadBackToTheirEnumerators) {
    for (int i = 0; i <= static_cast<int>(EntryKind::decision); ++i)
        EXPECT_EQ(parse_entry_kind(to_text(static_cast<EntryKind>(i))), static_cast<EntryKind>(i));
    for (int i = 0; i <= static_cast<int>(EntryResult::pending); ++i)
        EXPECT_EQ(parse_entry_result(to_text(static_cast<EntryResult>(i))), static_cast<EntryResult>(i));
    for (int i = 0; i <= static_cast<int>(CredentialEventKind::condition_lifted); ++i)
        EXPECT_EQ(parse_credential_event_kind(to_text(static_cast<CredentialEventKind>(i))),
                  static_cast<CredentialEventKind>(i));
    for (int i = 0; i <= static_cast<int>(PlaceStep::told); ++i)
        EXPECT_EQ(parse_place_step(to_text(static_cast<PlaceStep>(i))), static_cast<PlaceStep>(i));
    for (int i = 0; i <= static_cast<int>(PlaceFree::more_places); ++i)
        EXPECT_EQ(parse_place_free(to_text(static_cast<PlaceFree>(i))), static_cast<PlaceFree>(i));
    EXPECT_EQ(to_text(EntryKind::sign_off), "sign_off");
    EXPECT_EQ(to_text(EntryKind::decision), "decision");
    EXPECT_EQ(to_text(EntryResult::pending), "pending");
    EXPECT_EQ(to_text(OrganizationKind::provider), "provider");
    EXPECT_EQ(parse_name_kind("nickname"), std::nullopt);
}

TEST(InstantText, GoesBothWays) {
    const Instant moment = std::chrono::sys_days{2024y / 2 / 29} + 23h + 59min + 7s;
    EXPECT_EQ(to_text(moment), "2024-02-29T23:59:07Z");
    EXPECT_EQ(parse_instant("2024-02-29T23:59:07Z"), moment);
    for (const char* text :
         {"2023-02-29T00:00:00Z", "2024-02-29T24:00:00Z", "2024-02-29T00:60:00Z", "2024-02-29T00:00:60Z",
          "2024-02-29 00:00:00Z", "2024-02-29T00:00:00", "2024-02-29T00:00:00+", ""})
        EXPECT_EQ(parse_instant(text), std::nullopt) << text;
}

TEST(OutOfForce, LastsFromTheEffectiveDayToTheDayBeforeReinstatement) {
    const std::vector<CredentialEvent> events{
        {.n = 1, .kind = CredentialEventKind::suspend, .effective_day = 2024y / 3 / 1},
        {.n = 2, .kind = CredentialEventKind::revoke, .effective_day = 2024y / 3 / 5},
        {.n = 3, .kind = CredentialEventKind::reinstate, .effective_day = 2024y / 4 / 1},
        {.n = 4, .kind = CredentialEventKind::surrender, .effective_day = 2024y / 6 / 1},
        {.n = 5, .kind = CredentialEventKind::reinstate, .effective_day = 2024y / 6 / 1},
        {.n = 6, .kind = CredentialEventKind::condition, .effective_day = 2024y / 7 / 1},
        {.n = 7, .kind = CredentialEventKind::end, .effective_day = 2024y / 8 / 1}};
    EXPECT_EQ(out_of_force(events), (std::vector<DayRange>{{2024y / 3 / 1, 2024y / 3 / 31}, {2024y / 8 / 1, {}}}));
}

} // namespace
} // namespace peercert::domain
