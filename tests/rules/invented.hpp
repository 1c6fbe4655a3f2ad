#pragma once

#include "rules/invented_measures.hpp"

/// Random editions and ledgers for property tests: small worlds in which every kind of clause and every kind of trouble
/// (edges, pending, gaps, missing levels) is likely.
namespace peercert::rules::test {

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
    count_business_days(world);
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
