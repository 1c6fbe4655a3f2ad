#pragma once

#include "rules/building.hpp"
#include "rules/picking.hpp"

/// Random days, windows, selections and measures for property tests.
namespace peercert::rules::test {

inline constexpr int first_year_used = 2018;

inline Date some_day() { return add_days(on("2018-01-01"), pick<int>(0, 8 * 365)); }
inline std::string text_day() { return to_text(some_day()); }

/// The years around those that are listed are not known.
inline void count_business_days(World& world) {
    world.edition->closed_days = {office(first_year_used + 1, first_year_used + 6)};
    world.edition->business_days = "office";
}

inline DayExpression some_day_expression() {
    switch (pick<int>(0, 12)) {
    case 8:
        return made_of(maybe(50) ? Anchor::quarter_start : Anchor::quarter_end,
                       {day(Anchor::asked, {months(-pick<int>(0, 20))})});
    case 9: return business(pick<int>(-60, 60), day(Anchor::asked), maybe(50));
    case 10: return business(pick<int>(-60, 60), day(Anchor::completing, {}, "course 0"), maybe(50));
    case 0: return day(text_day());
    case 1: return day(Anchor::applying, {months(-pick<int>(0, 30))});
    case 2: return day(Anchor::asked, {days(-pick<int>(0, 400))});
    case 3: return day(Anchor::expiry);
    case 4: return day(Anchor::term_start);
    case 5: return day(Anchor::completing, {months(pick<int>(0, 12))}, "course 0");
    case 6: return day(Anchor::becoming, {}, "trainee");
    case 7: return day(Anchor::first_attempt, {years(1)}, "part 0");
    default: return day(Anchor::asked, {years(-pick<int>(1, 4)), days(pick<int>(0, 3))});
    }
}

inline std::optional<Window> some_window() {
    if (maybe(35))
        return std::nullopt;
    if (maybe(25))
        return in_the_term();
    Window made;
    if (maybe(75))
        made.from = some_day_expression();
    if (maybe(40))
        made.until = some_day_expression();
    made.from_excluded = maybe(20);
    made.until_excluded = maybe(20);
    made.absent = static_cast<WhenAbsent>(pick<int>(0, 4));
    return made;
}

inline std::string numbered(const char* what, int most) {
    return std::string(what) + " " + std::to_string(pick<int>(0, most));
}

inline Selection some_selection() {
    Selection made;
    if (maybe(30))
        made.only = {numbered("topic", 3)};
    if (maybe(20))
        made.any_of = {numbered("topic", 3), numbered("topic", 3)};
    if (maybe(20))
        made.does_not_count = {numbered("topic", 3)};
    if (maybe(10))
        made.except = {numbered("topic", 3)};
    if (maybe(15))
        made.while_level = maybe(50) ? "trainee" : "certified";
    if (maybe(15))
        made.vouched_by = "certified";
    if (maybe(10))
        made.proof = {"proof"};
    if (maybe(20))
        made.same_course = static_cast<Selection::Repeats>(pick<int>(0, 3));
    if (maybe(15))
        made.not_used_by = {
            {"other", {}, maybe(50) ? std::vector<std::string>{"topic 1", "topic 2"} : std::vector<std::string>{}}};
    if (maybe(10))
        made.letter = "letter";
    made.dated = some_window();
    return made;
}

inline Measure some_measure() {
    Measure made = measure_of(maybe(60) ? EntryKind::ce : EntryKind::practice, pick<std::int64_t>(0, 900));
    made.selection = some_selection();
    switch (pick<int>(0, 7)) {
    case 0:
        for (int piece = 0; piece < 3; ++piece) {
            Part one;
            one.name = "piece " + std::to_string(piece);
            one.selection = some_selection();
            if (maybe(30)) {
                one.fact = numbered("fact", 2);
                one.worth = 200;
                if (maybe(50))
                    one.held_for = months(6);
            } else if (maybe(40)) {
                one.bound.at_most = 300;
            } else if (maybe(40)) {
                one.weight = pick<std::int64_t>(1, 20'000);
            }
            made.adds_up_from.push_back(one);
        }
        break;
    case 1:
    case 2:
        for (int number = 0; number < 4; ++number) {
            Part one = part("topic " + std::to_string(number), {});
            if (maybe(60))
                one.bound.at_least = pick<std::int64_t>(0, 200);
            if (maybe(40))
                one.bound.at_most = pick<std::int64_t>(100, 400);
            if (number > 0 && maybe(20))
                one.inside = "topic 0";
            if (maybe(25)) {
                one.bound = {std::nullopt, std::nullopt, Unit::minutes};
                (maybe(50) ? one.share_at_least : one.share_at_most) = pick<std::int64_t>(500, 9000);
                one.share_of = maybe(50) ? Part::ShareOf::claimed : Part::ShareOf::required;
            }
            if (maybe(10))
                one.selection.dated = some_window();
            if (maybe(5))
                one.minimum = Knowing::unknown;
            made.of_which.push_back(one);
        }
        made.several_parts = maybe(25);
        made.surplus_in_total = maybe(75);
        if (maybe(15))
            made.surplus = Knowing::nothing_said;
        break;
    case 4:
        made.counter = Measure::Counter::entries;
        made.bound = {pick<std::int64_t>(1, 4), std::nullopt, Unit::count};
        made.from_different_providers = maybe(70);
        if (maybe(60))
            for (int number = 0; number < 3; ++number) {
                Part one = part("topic " + std::to_string(number), {std::nullopt, std::nullopt, Unit::count});
                if (maybe(60))
                    one.bound.at_least = 1;
                if (maybe(50))
                    one.bound.at_most = pick<std::int64_t>(1, 3);
                made.of_which.push_back(one);
            }
        break;
    case 3:
        made.counter = Measure::Counter::distinct_codes;
        made.bound = {pick<std::int64_t>(1, 4), std::nullopt, Unit::count};
        break;
    default: break;
    }
    if (maybe(15) && !made.selection.dated)
        made.own_clock = years(pick<int>(1, 6));
    if (maybe(20))
        made.every = weeks(pick<int>(2, 40));
    if (maybe(15)) {
        made.in_each = InEach{static_cast<InEach::Piece>(pick<int>(0, 3)),
                              maybe(50) ? Bound{1, std::nullopt, Unit::count} : at_least(60),
                              {static_cast<Knowing>(pick<int>(0, 4)), maybe(50)}};
    }
    if (maybe(15))
        made.from_at_least = pick<int>(1, 4);
    if (made.counter == Measure::Counter::sum) {
        if (maybe(15))
            made.whole = 60;
        if (maybe(15))
            made.each_at_least = 45;
    }
    made.for_each_year = maybe(15);
    if ((made.every || made.in_each) && maybe(50))
        made.no_gap_when = "fact 0";
    if (maybe(40))
        made.first_renewal =
            Stated<FirstRenewal>{static_cast<Knowing>(pick<int>(0, 4)), static_cast<FirstRenewal>(pick<int>(0, 4))};
    if (maybe(20) && !made.for_each_year)
        made.carry_over = Stated<Amount>{static_cast<Knowing>(pick<int>(0, 4)), {120, Unit::minutes}};
    return made;
}

} // namespace peercert::rules::test
