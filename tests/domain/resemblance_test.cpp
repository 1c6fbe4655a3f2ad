#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "domain/resemblance.hpp"

namespace peercert::domain {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr Date born = 1980y / 3 / 5;

std::vector<std::string> grounds(const Resemblance& found) {
    std::vector<std::string> words;
    for (const Ground& ground : found.grounds)
        words.emplace_back(to_text(ground.likeness));
    return words;
}

/// Of two people of one birthday.
std::vector<std::string> named(const std::string& one, const std::string& other) {
    return grounds(resemblance({.names = {one}, .born = born, .emails = {"a@x.org"}},
                               {.names = {other}, .born = born, .emails = {"b@x.org"}}));
}

TEST(Resemblance, TellsByWhatNamesAreAlike) {
    EXPECT_THAT(named("ana ruiz", "ana ruiz"), ElementsAre("same_name", "same_birthday"));
    EXPECT_THAT(named("ana ruiz", "ruiz ana"), ElementsAre("swapped_name", "same_birthday"));
    EXPECT_THAT(named("bill reed", "william reed"), ElementsAre("name_variant", "same_birthday"));
    EXPECT_THAT(named("pepe reed", "jose reed"), ElementsAre("name_variant", "same_birthday"));
    EXPECT_THAT(named("ana ruiz", "ana maria ruiz"), ElementsAre("part_of_name", "same_birthday"));
    EXPECT_THAT(named("ana gonzales", "ana gonzalez"), ElementsAre("misspelt_name", "same_birthday"));
    EXPECT_THAT(named("john reed", "jonh reed"), ElementsAre("misspelt_name", "same_birthday"));
    EXPECT_THAT(named("ana reed", "anna reed"), ElementsAre("misspelt_name", "same_birthday"));
    EXPECT_THAT(named("a ruiz", "ana ruiz"), ElementsAre("initial", "same_birthday"));
    EXPECT_THAT(named("ana ruiz", "bo lind"), ElementsAre("same_birthday"));
    EXPECT_THAT(named("bill reed", "william lind"), ElementsAre("same_birthday")) << "the rest has to be the same";
    EXPECT_THAT(named("ana reed", "ena reed"), ElementsAre("misspelt_name", "same_birthday"));
    EXPECT_THAT(named("ana reed", "eno reed"), ElementsAre("same_birthday")) << "two letters";
    EXPECT_THAT(named("person 1", "person 2"), ElementsAre("same_birthday")) << "a number is no slip";
    EXPECT_THAT(named("person 1", "person 11"), ElementsAre("same_birthday"));
    EXPECT_THAT(named("bo", "bea"), ElementsAre("same_birthday")) << "too short to be a slip";
}

TEST(Resemblance, TwinsOfOneSurnameAreTwoPeople) {
    EXPECT_FALSE(resemblance({.names = {"ana ruiz"}, .born = born, .emails = {"a@x.org"}},
                             {.names = {"eva ruiz"}, .born = born, .emails = {"b@x.org"}})
                     .worth_a_look());
}

TEST(Resemblance, TellsByWhatDaysAreAlike) {
    const auto days = [](Date one, Date other) {
        return grounds(resemblance({.names = {"x"}, .born = one}, {.names = {"y"}, .born = other}));
    };
    EXPECT_THAT(days(born, 1980y / 5 / 3), ElementsAre("swapped_birthday"));
    EXPECT_THAT(days(born, 1988y / 3 / 5), ElementsAre("birthday_digit"));
    EXPECT_THAT(days(born, 1980y / 3 / 25), ElementsAre("birthday_digit"));
    EXPECT_THAT(days(born, 1981y / 4 / 5), ElementsAre("other_birthday"));
}

TEST(Resemblance, AddsUpAndStandsAtTheBoundary) {
    const Traits ana{.names = {"ana ruiz"}, .born = born, .emails = {"ana@x.org"}, .phones = {"4145550100"}};
    EXPECT_EQ(resemblance(ana, ana).points, 100) << "never more";
    EXPECT_EQ(resemblance(ana, {.names = {"zoe lind"}, .born = 1999y / 9 / 9}).points, 0) << "never less";
    const Traits namesake{.names = {"ana ruiz"}, .born = 1999y / 9 / 9, .emails = {"other@x.org"}};
    EXPECT_EQ(resemblance(ana, namesake).points, 20);
    const Traits same_address{.names = {"ana ruiz"}, .born = 1999y / 9 / 9, .emails = {"ana@x.org"}};
    EXPECT_EQ(resemblance(ana, same_address).points, Resemblance::enough);
    EXPECT_TRUE(resemblance(ana, same_address).worth_a_look());
    const Traits same_number{.names = {"ana ruiz"}, .born = 1999y / 9 / 9, .phones = {"4145550100"}};
    EXPECT_EQ(resemblance(ana, same_number).points, 50);
    EXPECT_FALSE(resemblance(ana, same_number).worth_a_look());
    const Traits married{.names = {"zoe lind"}, .born = born, .phones = {"4145550100"}};
    EXPECT_TRUE(resemblance(ana, married).worth_a_look()) << "birthday and number, whatever the name";
}

TEST(Resemblance, ANameAloneIsEnoughOnlyWhereNothingTellsThemApart) {
    EXPECT_THAT(grounds(resemblance({.names = {"ana ruiz"}}, {.names = {"ana ruiz"}, .born = born})),
                ElementsAre("same_name", "little_known"));
    EXPECT_FALSE(resemblance({.names = {"ana ruiz"}, .emails = {"a@x.org"}},
                             {.names = {"ana ruiz"}, .born = born, .emails = {"b@x.org"}})
                     .worth_a_look());
    EXPECT_FALSE(
        resemblance({.names = {"ana ruiz"}, .phones = {"1"}}, {.names = {"ana ruiz"}, .phones = {"2"}}).worth_a_look());
}

TEST(Resemblance, IsTheSameBothWays) {
    const Traits some[]{{.names = {"ana ruiz", "ana lee"}, .born = born},
                        {.names = {"ruiz ana"}, .emails = {"ana@x.org"}},
                        {.names = {"ana maria ruiz"}, .born = 1980y / 5 / 3, .emails = {"ana@x.org"}},
                        {.names = {"bill reed"}, .born = born, .phones = {"1"}}};
    for (const Traits& one : some)
        for (const Traits& other : some)
            EXPECT_EQ(resemblance(one, other).points, resemblance(other, one).points);
}

TEST(Resemblance, EveryNameThatIsAlikeIsAmongTheVariantsOfOneOfTheTwo) {
    for (const auto& [one, other] : {std::pair("ana ruiz", "ruiz ana"), std::pair("bill reed", "william reed"),
                                     std::pair("ana maria ruiz", "ana ruiz"), std::pair("john reed", "jonh reed"),
                                     std::pair("anna reed", "ana reed"), std::pair("ana reed", "anna reed")})
        EXPECT_THAT(name_variants(one, true), Contains(other)) << one;
    EXPECT_THAT(name_variants("ana ruiz", false), Not(Contains("ana ruis")));
    EXPECT_THAT(name_variants("ana ruiz", true), Not(Contains("ana ruiz")));
    EXPECT_THAT(name_variants("bo", true), IsEmpty());
}

TEST(Resemblance, BirthdaysThatAreEasilyTypedInsteadExist) {
    const auto other = birthday_variants(1980y / 2 / 29);
    EXPECT_THAT(other, Contains(Date{1980y / 2 / 28}));
    EXPECT_THAT(other, Not(Contains(Date{1980y / 2 / 29})));
    for (const Date day : other)
        EXPECT_TRUE(day.ok());
    EXPECT_THAT(birthday_variants(born), Contains(Date{1980y / 5 / 3}));
}

TEST(Resemblance, AShortNameHasNoMiddle) {
    EXPECT_EQ(short_name("ana maria de ruiz"), "ana ruiz");
    EXPECT_EQ(short_name("ana ruiz"), std::nullopt);
    EXPECT_EQ(digits_of("+1 (414) 555-0100"), "14145550100");
}

} // namespace
} // namespace peercert::domain
