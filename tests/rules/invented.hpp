#pragma once

#include "rules/building.hpp"
#include "rules/picking.hpp"

/// Random editions and ledgers for property tests: small worlds in which every kind of clause and every kind of trouble
/// (edges, pending, gaps, missing levels) is likely.
namespace peercert::rules::test {

inline constexpr int first_year_used = 2018;

inline Date some_day() { return add_days(on("2018-01-01"), pick<int>(0, 8 * 365)); }
inline std::string text_day() { return to_text(some_day()); }

inline DayExpression some_day_expression() {
    switch (pick<int>(0, 9)) {
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
        made.in_each = InEach{maybe(50) ? InEach::Piece::month : InEach::Piece::week,
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

inline Requirement some_requirement(int depth) {
    const std::string name = "clause " + std::to_string(pick<int>(0, 1000000));
    Requirement made;
    switch (depth > 0 ? pick<int>(0, 16) : pick<int>(3, 16)) {
    case 0:
    case 1: {
        std::vector<Requirement> parts;
        for (int count = pick<int>(1, 4); count > 0; --count)
            parts.push_back(some_requirement(depth - 1));
        const int op = pick<int>(0, 4);
        const int needed = op == 2 ? pick<int>(1, static_cast<int>(parts.size()) + 1) : 0;
        made = clause(name, "group", Group{static_cast<Group::Op>(op), needed, std::move(parts)});
        break;
    }
    case 2: {
        Conditional choice;
        choice.parts = {some_requirement(depth - 1), some_requirement(depth - 1)};
        if (maybe(50))
            choice.parts.push_back(some_requirement(depth - 1));
        made = clause(name, "if", std::move(choice));
        break;
    }
    case 3:
        made = clause(name, "age",
                      AgeRule{{18, maybe(50) ? std::optional<std::int64_t>(30) : std::nullopt, Unit::years},
                              day(Anchor::applying),
                              {static_cast<Knowing>(pick<int>(0, 4)), static_cast<LeapDay>(pick<int>(0, 2))}});
        break;
    case 4: {
        HasEntries rule;
        rule.kind = EntryKind::fact;
        rule.codes = {numbered("fact", 2)};
        if (maybe(40)) {
            rule.held_for = months(pick<int>(1, 24));
            rule.run = static_cast<HasEntries::Run>(pick<int>(0, 3));
            if (rule.run != HasEntries::Run::in_all)
                rule.leap_day = {static_cast<Knowing>(pick<int>(0, 4)), static_cast<LeapDay>(pick<int>(0, 2))};
        }
        rule.selection.dated = some_window();
        rule.absent = static_cast<Absence>(pick<int>(0, 3));
        made = clause(name, "fact", rule);
        break;
    }
    case 5: {
        HasEntries rule;
        rule.kind = EntryKind::training;
        rule.codes = {numbered("course", 2)};
        rule.selection = some_selection();
        made = clause(name, "training", rule);
        break;
    }
    case 6: {
        Passed rule;
        rule.parts = {"part 0"};
        if (maybe(40))
            rule.parts.push_back("part 1");
        rule.mark = {static_cast<Knowing>(pick<int>(0, 4)), {8000, Unit::hundredths}};
        if (rule.parts.size() == 2 && maybe(50)) {
            rule.together = 8000;
            rule.weights = {static_cast<Knowing>(pick<int>(0, 4)), {pick<int>(1, 4), pick<int>(1, 4)}};
        }
        rule.selection.dated = some_window();
        made = clause(name, "exam", rule);
        break;
    }
    case 7: {
        Attempts rule;
        rule.parts = {"part 0"};
        if (maybe(30)) {
            rule.parts.push_back("part 1");
            rule.each_part = maybe(70);
        }
        if (maybe(25))
            rule.after = {{pick<int>(1, 3), "decided"}};
        rule.at_most = {static_cast<Knowing>(pick<int>(0, 4)), pick<int>(1, 4)};
        if (maybe(25))
            rule.counted_in = maybe(80) ? "term" : "unknown term";
        else
            rule.counted = some_window();
        if (maybe(40))
            rule.pause = days(pick<int>(10, 120));
        rule.no_show_counts = {static_cast<Knowing>(pick<int>(0, 4)), maybe(50)};
        made = clause(name, "attempts", rule);
        break;
    }
    case 8:
        made = clause(name, "holds",
                      HoldsCredential{maybe(50) ? "other" : "", maybe(50) ? "trainee" : "", some_day_expression(),
                                      maybe(40) ? std::optional(months(pick<int>(1, 18))) : std::nullopt, maybe(30)});
        break;
    case 10: {
        InOrder order;
        for (int count = pick<int>(2, 4); count > 0; --count)
            switch (pick<int>(0, 4)) {
            case 0: {
                Passed rule;
                rule.parts = {"part 0"};
                rule.mark = {static_cast<Knowing>(pick<int>(0, 4)), {8000, Unit::hundredths}};
                order.parts.push_back(clause("exam part", "exam", rule));
                break;
            }
            case 1: order.parts.push_back(clause("decided", "body decides", BodyDecides{"may this be?"})); break;
            case 2:
                order.parts.push_back(any_of(
                    {entry(EntryKind::training, "course 0", some_window()), entry(EntryKind::training, "course 1")}));
                break;
            default: order.parts.push_back(entry(EntryKind::training, numbered("course", 2), some_window())); break;
            }
        if (maybe(50))
            order.parts.push_back(
                clause("applying", "day", Happened{day(Anchor::applying, {days(-pick<int>(0, 30))})}));
        order.same_day = {static_cast<Knowing>(pick<int>(0, 4)), maybe(50)};
        made = clause(name, "in this order", std::move(order));
        break;
    }
    case 11: made = clause(name, "asked on", AskedOn{{some_day(), std::nullopt}, maybe(50)}); break;
    case 9: made = clause("decided", "body decides", BodyDecides{"may this be?"}); break;
    default: made = clause(name, "CE", some_measure()); break;
    }
    if (depth > 0 && maybe(15))
        made.unless = {some_requirement(depth - 1)};
    return made;
}

inline void fill_edition(World& world) {
    world.level("trainee");
    world.lasts("certified", "anniversary", years(2), {{"last day", "the day before"}});
    world.lasts("trainee", "anniversary", years(1), {{"last day", "the anniversary"}});
    world.edition->older_words = {{"old topic", "topic 1"}, {"undecided topic", ""}};
    world.edition->units = {{"refused unit", std::nullopt}};
    Calendar terms{"term", {}, Knowing::stated};
    for (int year = first_year_used; year < first_year_used + 7; ++year)
        for (const char* half : {"-02-01", "-09-01"}) {
            const Date first = on(std::to_string(year) + half);
            terms.periods.push_back({first, add_days(first, 100)});
        }
    world.edition->calendars = {terms, {"unknown term", {}, Knowing::unknown}};
    std::vector<Requirement> needs;
    for (int count = pick<int>(1, 5); count > 0; --count)
        needs.push_back(some_requirement(2));
    if (maybe(25)) {
        Measure counted = some_measure();
        Measure multiple = measure_of(EntryKind::ce, pick<std::int64_t>(0, 120));
        multiple.for_every = ForEvery{pick<std::int64_t>(60, 400),
                                      counted.bound.unit,
                                      "counted",
                                      {static_cast<Knowing>(pick<int>(0, 4)), maybe(50)}};
        multiple.for_each_year = maybe(30);
        needs.push_back(clause("multiple", "CE", multiple));
        needs.push_back(clause("counted", "CE", counted));
    }
    world.step(maybe(50) ? Step::Verb::renew : Step::Verb::become, "certified", std::move(needs));
}

inline Person some_person(World& world) {
    Person person(world);
    if (maybe(85))
        person.born(to_text(add_days(on("1985-01-01"), pick<int>(0, 40 * 365))));
    if (maybe(70)) {
        const Date first = some_day();
        person.holds("trainee", to_text(first), to_text(add_days(first, pick<int>(30, 500))));
    }
    if (maybe(70)) {
        Date first = some_day();
        for (int count = pick<int>(1, 4); count > 0; --count) {
            const Date last = add_days(first, pick<int>(100, 900));
            person.holds("certified", to_text(first), maybe(10) ? "no end" : to_text(last));
            first = add_days(last, pick<int>(1, 100));
        }
        if (maybe(20)) {
            const Date out = some_day();
            person.out_of_force(to_text(out), to_text(add_days(out, pick<int>(0, 200))));
        }
    }
    if (maybe(30))
        person.holds_of("other", maybe(50) ? "trainee" : "certified", text_day(), "no end");
    for (int count = pick<int>(0, 25); count > 0; --count) {
        const Date last = some_day();
        const Date first = maybe(30) ? add_days(last, -pick<int>(0, 120)) : last;
        std::vector<std::string> tags;
        for (int tag = pick<int>(0, 3); tag > 0; --tag)
            tags.push_back(numbered("topic", 4));
        if (maybe(50))
            tags.push_back("proof");
        if (maybe(10))
            tags.push_back(maybe(50) ? "old topic" : "undecided topic");
        if (maybe(5))
            tags.push_back("refused unit");
        switch (pick<int>(0, 9)) {
        case 7:
            person.has(EntryKind::document, to_text(last), to_text(last), 0, "letter");
            person.provider(world.word(numbered("provider", 3)));
            break;
        case 8: person.fact(to_text(first), to_text(last), "complaint pending"); break;
        case 0:
        case 1:
        case 2: person.ce(to_text(last), pick<std::int64_t>(0, 400), tags, numbered("course", 4)); break;
        case 3: person.practice(to_text(first), to_text(last), pick<std::int64_t>(0, 800), tags); break;
        case 4: person.fact(to_text(first), maybe(30) ? "no end" : to_text(last), numbered("fact", 2)); break;
        case 5:
            person.sat(to_text(last), numbered("part", 2), static_cast<EntryResult>(pick<int>(0, 9)),
                       maybe(50) ? pick<std::int64_t>(7000, 9000) : 0);
            break;
        case 6:
            person.decided(to_text(last), "decided", maybe(50) ? EntryResult::approved : EntryResult::refused);
            break;
        default: person.trained(to_text(last), numbered("course", 2)); break;
        }
        if (maybe(30)) {
            const Date held = add_days(last, -pick<int>(0, 200));
            person.by("certified", to_text(held), to_text(add_days(held, pick<int>(0, 300))));
        }
        if (maybe(10))
            person.pending();
        if (maybe(50))
            person.provider(world.word(numbered("provider", 3)));
        if (maybe(15))
            person.used("other", text_day());
    }
    return person;
}

inline Situation some_situation() {
    Situation when = asked(text_day());
    if (maybe(15))
        when.issue = add_days(when.as_of, pick<int>(0, 60));
    if (maybe(30))
        when.term_asked = maybe(80) ? years(pick<int>(1, 4)) : weeks(30);
    return when;
}

} // namespace peercert::rules::test
