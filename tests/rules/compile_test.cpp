#include <gtest/gtest.h>

#include "rules/building.hpp"

namespace peercert::rules {
namespace {

using namespace test;

/// What an edition that cannot be meant answers when it is made ready.
struct Compiling : testing::Test {
    World world;
    std::string refusal_of(Requirement requirement) {
        requirement.place = "made-up.yaml:7:5";
        World other;
        other.edition->meanings = world.edition->meanings;
        other.step(Step::Verb::become, "certified", {std::move(requirement)});
        return refusal(other);
    }
    static std::string refusal(World& world) {
        try {
            world.program();
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::invalid_input);
            return error.what();
        }
        return "nothing refused";
    }
};

TEST_F(Compiling, UnknownLevelNamesTheNearestOne) {
    Measure rule = measure_of(EntryKind::practice, 60);
    rule.selection.while_level = "certifed";
    EXPECT_EQ(refusal_of(clause("hours", "practice", rule)),
              "made-up.yaml:7:5: no level is called \"certifed\" here; did you mean \"certified\"?");
    rule.selection.while_level.clear();
    rule.selection.vouched_by = "nobody";
    EXPECT_EQ(refusal_of(clause("hours", "practice", rule)), "made-up.yaml:7:5: no level is called \"nobody\" here");
    rule.selection.vouched_by = "another/approved supervisor"; // a role of another edition is taken as it is
    EXPECT_EQ(refusal_of(clause("hours", "practice", rule)), "nothing refused");
}

TEST_F(Compiling, MeaningsAreKnownAndEndSomewhere) {
    EXPECT_EQ(refusal_of(clause("m", "meaning", UseMeaning{"supervisor"})),
              "made-up.yaml:7:5: no meaning is called \"supervisor\" here");
    Requirement one = clause("one", "meaning", UseMeaning{"two"});
    one.place = "made-up.yaml:1:1";
    Requirement two = clause("two", "meaning", UseMeaning{"one"});
    two.place = "made-up.yaml:2:1";
    world.edition->meanings = {one, two};
    EXPECT_NE(refusal_of(clause("m", "meaning", UseMeaning{"one"})).find("uses itself"), std::string::npos);
}

TEST_F(Compiling, KindsAndClocksOfPluginsMustBeThere) {
    EXPECT_EQ(
        refusal_of(clause("parts", "wrap:components", PluginRule{"wrap:components", {}})),
        "made-up.yaml:7:5: no plugin brings the requirement \"wrap:components\"; is the plugin \"wrap\" trusted and "
        "loaded?");
    World other;
    other.lasts("certified", "aniversary", years(2));
    EXPECT_EQ(refusal(other), "no clock is called \"aniversary\"; did you mean \"anniversary\"?");
}

TEST_F(Compiling, PartsAndPiecesMustMakeSense) {
    Measure rule = measure_of(EntryKind::ce, 60);
    rule.of_which = {part("a", at_least(1), "b")};
    EXPECT_NE(refusal_of(clause("ce", "CE", rule)).find("lies inside \"b\", which is no part"), std::string::npos);
    rule.of_which = {part("a", at_least(1), "b"), part("b", at_least(1), "a")};
    EXPECT_NE(refusal_of(clause("ce", "CE", rule)).find("lies inside itself"), std::string::npos);
    rule.of_which.clear();
    Part piece;
    piece.name = "p";
    piece.worth = 60;
    rule.adds_up_from = {piece};
    EXPECT_NE(refusal_of(clause("ce", "CE", rule)).find("says what it is worth"), std::string::npos);
    rule.adds_up_from.front().worth.reset();
    rule.of_which = {part("a", at_least(1))};
    EXPECT_NE(refusal_of(clause("ce", "CE", rule)).find("cannot stand in one clause"), std::string::npos);
    Requirement three = any_of({statement("a")}, "three of one");
    std::get<Group>(three.body) = Group{Group::Op::at_least, 3, {statement("a")}};
    EXPECT_NE(refusal_of(three).find("a number from 1 to 1"), std::string::npos);
}

TEST_F(Compiling, ClockWordsAreChecked) {
    const auto refused = [](const std::string& clock, std::vector<std::pair<std::string, std::string>> said) {
        World other;
        other.lasts("certified", clock, years(2), std::move(said));
        return refusal(other);
    };
    EXPECT_EQ(refused("anniversary", {{"last day", "the day after"}}),
              "\"last day\" takes the anniversary, the day before or nothing said, not \"the day after\"");
    EXPECT_NE(refused("anniversary", {{"lastday", "the anniversary"}}), "nothing refused");
    EXPECT_NE(refused("birthday", {{"the one after when issued within", "soon"}}), "nothing refused");
    EXPECT_EQ(refused("fixed day", {{"day", "October 32"}}),
              "the clock \"fixed day\" needs \"day\", such as October 31");
    EXPECT_EQ(refused("anniversary", {{"last day", "nothing said"}}), "nothing refused");
    World other;
    other.lasts("certified", "birthday", months(18), {{"February 29", "march 1"}});
    EXPECT_EQ(refusal(other), "terms that end on a birthday last whole years");
}

TEST_F(Compiling, LaddersEndOpenAndOnlyThere) {
    Rung grace;
    grace.called = "grace";
    grace.until_kind = Rung::Until::day;
    grace.until = day(Anchor::expiry, {months(1)});
    World other;
    other.edition->after_expiry = {grace};
    EXPECT_EQ(refusal(other), "made-up 2024, after expiry, \"grace\": the last rung says no limit or unknown");
    Rung ended;
    ended.called = "ended";
    World twice;
    twice.edition->after_expiry = {ended, ended};
    EXPECT_EQ(refusal(twice), "made-up 2024, after expiry, \"ended\": only the last rung may be without limit");
}

TEST_F(Compiling, AskingForWhatIsNotThereNamesTheNearest) {
    world.step(Step::Verb::become, "certified", {statement("a")});
    try {
        world.program().step(Step::Verb::become, "certificate");
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::not_found);
        EXPECT_EQ(std::string(error.what()),
                  "made-up 2024 has no step \"to become certificate\"; did you mean \"to become certified\"?");
    }
    EXPECT_THROW(world.program().meaning("x"), Error);
    EXPECT_THROW(world.program().completion("x"), Error);
    EXPECT_THROW(world.program().coming_back("certified", 0), Error);
    EXPECT_THROW(rules::first_term(world.program(), "certified", Record{}, asked("2024-01-01")), Error);
}

} // namespace
} // namespace peercert::rules
