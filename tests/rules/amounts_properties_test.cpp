#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>

#include "rules/building.hpp"
#include "rules/picking.hpp"

/// What a measure answers against trying everything, on cases small enough for that.
namespace peercert::rules {
namespace {

using namespace test;

struct Limit {
    std::int64_t least{0};
    std::int64_t most{1000};
};

/// A thing that counts: how much of it, in which parts it may (bits), and from whom.
struct Thing {
    std::int64_t amount{1};
    unsigned parts{0};
    int provider{0};
    bool pending{false};
};

/// Every way to split the things over the parts (or outside all of them, when they fit none), minute by minute: the
/// best total of those that keep the caps and, if `needs` says so, the minimums. -1: there is none.
std::int64_t best_total(const std::vector<Thing>& things, const std::vector<Limit>& limits, bool needs) {
    std::vector<std::int64_t> held(limits.size(), 0);
    std::int64_t best = -1;
    const std::function<void(std::size_t, std::int64_t, std::int64_t)> place = [&](std::size_t at, std::int64_t left,
                                                                                   std::int64_t total) {
        if (at == things.size()) {
            for (std::size_t part = 0; part < limits.size(); ++part)
                if (held[part] > limits[part].most || (needs && held[part] < limits[part].least))
                    return;
            best = std::max(best, total);
            return;
        }
        const Thing& thing = things[at];
        if (thing.parts == 0)
            return place(at + 1, at + 1 < things.size() ? things[at + 1].amount : 0, total + thing.amount);
        const auto next = [&](std::int64_t counted) {
            if (left > 1)
                place(at, left - 1, total + counted);
            else
                place(at + 1, at + 1 < things.size() ? things[at + 1].amount : 0, total + counted);
        };
        next(0); // this minute is not counted
        for (std::size_t part = 0; part < limits.size(); ++part)
            if ((thing.parts >> part & 1U) != 0) {
                ++held[part];
                next(1);
                --held[part];
            }
    };
    place(0, things.empty() ? 0 : things[0].amount, 0);
    return best;
}

std::vector<std::string> words_of(unsigned parts) {
    std::vector<std::string> words;
    for (unsigned part = 0; part < 3; ++part)
        if ((parts >> part & 1U) != 0)
            words.push_back("part " + std::to_string(part));
    return words;
}

Verdict judged(World& world, Person& person) {
    return judge(world.program(), world.program().step(Step::Verb::become, "certified"), person, asked("2024-12-31"));
}

/// Of each provider one thing, in one of its parts: tried one provider after the other.
bool can_fill(const std::vector<Thing>& things, const std::vector<Limit>& limits, std::int64_t wanted, int provider,
              std::vector<std::int64_t>& held, std::int64_t total) {
    if (provider == 4) {
        bool kept = total >= wanted;
        for (std::size_t part = 0; part < limits.size(); ++part)
            kept = kept && held[part] >= limits[part].least && held[part] <= limits[part].most;
        return kept;
    }
    if (can_fill(things, limits, wanted, provider + 1, held, total))
        return true;
    for (const Thing& thing : things) {
        if (thing.provider != provider)
            continue;
        if (thing.parts == 0 && can_fill(things, limits, wanted, provider + 1, held, total + 1))
            return true;
        for (std::size_t part = 0; part < limits.size(); ++part)
            if ((thing.parts >> part & 1U) != 0) {
                ++held[part];
                const bool filled = can_fill(things, limits, wanted, provider + 1, held, total + 1);
                --held[part];
                if (filled)
                    return true;
            }
    }
    return false;
}

RC_GTEST_PROP(References, AgreeWithTryingEveryPersonInEveryPlace, ()) {
    World world;
    Measure rule;
    rule.kind = EntryKind::document;
    rule.counter = Measure::Counter::entries;
    rule.bound = {pick<std::int64_t>(0, 5), std::nullopt, Unit::count};
    rule.from_different_providers = true;
    std::vector<Limit> limits;
    for (int number = 0; number < 3; ++number) {
        Limit limit;
        limit.least = pick<std::int64_t>(0, 3);
        if (maybe(50))
            limit.most = limit.least + pick<std::int64_t>(0, 2);
        limits.push_back(limit);
        Part made = part("part " + std::to_string(number), {limit.least, limit.most, Unit::count});
        rule.of_which.push_back(made);
    }
    world.step(Step::Verb::become, "certified", {clause("references", "documents", rule)});
    Person person(world);
    std::vector<Thing> things;
    for (int count = pick<int>(0, 7); count > 0; --count) {
        Thing thing{1, pick<unsigned>(0, 8), pick<int>(0, 4), false};
        person.has(EntryKind::document, "2024-01-01", "2024-01-01", 0, "letter", words_of(thing.parts));
        person.provider(world.word("person " + std::to_string(thing.provider)));
        things.push_back(thing);
    }
    std::vector<std::int64_t> held(limits.size(), 0);
    RC_ASSERT(judged(world, person).is_met() == can_fill(things, limits, *rule.bound.at_least, 0, held, 0));
}

struct SharedCase {
    std::int64_t wanted{0};
    std::vector<Limit> fixed;
    std::array<std::int64_t, 2> share_least{}; ///< hundredths of a percent; 0: none
    std::array<std::int64_t, 2> share_most{};
};

/// The definition, word for word: what is claimed is the most that counts while every fixed limit is kept; the shares
/// of it, rounded against whoever claims, are then limits like the others.
bool fulfilled(const SharedCase& rule, const std::vector<Thing>& things) {
    const std::int64_t claimed = best_total(things, rule.fixed, false);
    std::vector<Limit> limits = rule.fixed;
    for (std::size_t part = 0; part < 2; ++part) {
        if (rule.share_least[part] != 0)
            limits[part].least = (claimed * rule.share_least[part] + 9999) / 10000;
        if (rule.share_most[part] != 0)
            limits[part].most = claimed * rule.share_most[part] / 10000;
    }
    return best_total(things, limits, true) >= rule.wanted;
}

RC_GTEST_PROP(SharesOfWhatIsClaimed, AgreeWithTryingEverySplitAndEverySubsetOfWhatWaits, ()) {
    World world;
    SharedCase shared;
    shared.wanted = pick<std::int64_t>(0, 7);
    Measure rule = measure_of(EntryKind::ce, shared.wanted);
    for (std::size_t number = 0; number < 2; ++number) {
        Limit limit;
        Part made = part("part " + std::to_string(number), {});
        switch (pick<int>(0, 4)) {
        case 0: made.share_at_least = shared.share_least[number] = pick<std::int64_t>(1, 7) * 1500; break;
        case 1: made.share_at_most = shared.share_most[number] = pick<std::int64_t>(1, 7) * 1500; break;
        case 2: made.bound = {limit.least = pick<std::int64_t>(0, 4), std::nullopt, Unit::minutes}; break;
        default: made.bound = {std::nullopt, limit.most = pick<std::int64_t>(0, 4), Unit::minutes}; break;
        }
        made.share_of = Part::ShareOf::claimed;
        shared.fixed.push_back(limit);
        rule.of_which.push_back(made);
    }
    world.step(Step::Verb::become, "certified", {clause("hours", "CE", rule)});
    Person person(world);
    std::vector<Thing> things;
    for (int count = pick<int>(0, 5); count > 0; --count) {
        Thing thing{pick<std::int64_t>(1, 4), pick<unsigned>(0, 4), 0, maybe(35)};
        person.ce("2024-01-01", thing.amount, words_of(thing.parts));
        if (thing.pending)
            person.pending();
        things.push_back(thing);
    }
    const Verdict answer = judged(world, person);
    bool may_be_met = false;
    bool may_be_unmet = false;
    for (unsigned confirmed = 0; confirmed < 1U << things.size(); ++confirmed) {
        std::vector<Thing> counting;
        bool is_new = true;
        for (std::size_t at = 0; at < things.size(); ++at) {
            const bool takes = (confirmed >> at & 1U) != 0;
            is_new = is_new && (takes || things[at].pending); // what is settled is always there
            if (takes)
                counting.push_back(things[at]);
        }
        if (is_new)
            (fulfilled(shared, counting) ? may_be_met : may_be_unmet) = true;
    }
    if (answer.is_met())
        RC_ASSERT(may_be_met && !may_be_unmet);
    else if (answer.is_unmet())
        RC_ASSERT(may_be_unmet && !may_be_met);
    const bool any_waits = std::any_of(things.begin(), things.end(), [](const Thing& one) { return one.pending; });
    if (!any_waits)
        RC_ASSERT(answer.is_settled());
}

/// Where the words imply it, more evidence takes nothing away: references, different courses, whole hours, orders.
RC_GTEST_PROP(MoreEvidence, TakesNothingAwayFromReferencesCoursesWholeHoursAndOrders, ()) {
    World world;
    Measure references;
    references.kind = EntryKind::document;
    references.counter = Measure::Counter::entries;
    references.bound = {pick<std::int64_t>(1, 4), std::nullopt, Unit::count};
    references.from_different_providers = true;
    references.of_which = {part("part 0", {pick<std::int64_t>(0, 2), std::nullopt, Unit::count}),
                           part("part 1", {std::nullopt, pick<std::int64_t>(1, 3), Unit::count})};
    Measure courses = measure_of(EntryKind::ce, pick<std::int64_t>(0, 300));
    courses.from_at_least = pick<int>(1, 4);
    courses.whole = 30;
    InOrder order{{entry(EntryKind::training, "course 0"), entry(EntryKind::training, "course 1")},
                  {Knowing::stated, maybe(50)}};
    world.step(Step::Verb::become, "certified",
               {any_of({clause("references", "documents", references),
                        all_of({clause("courses", "CE", courses), clause("order", "in this order", order)}, "both")})});
    Person person(world);
    const auto add_something = [&] {
        const std::string day = to_text(add_days(on("2024-01-01"), pick<int>(0, 300)));
        switch (pick<int>(0, 3)) {
        case 0:
            person.has(EntryKind::document, day, day, 0, "letter", words_of(pick<unsigned>(0, 4)));
            person.provider(world.word("person " + std::to_string(pick<int>(0, 4))));
            break;
        case 1: person.ce(day, pick<std::int64_t>(0, 200), {}, "course " + std::to_string(pick<int>(0, 4))); break;
        default: person.trained(day, "course " + std::to_string(pick<int>(0, 2))); break;
        }
        if (maybe(15))
            person.pending();
    };
    for (int count = pick<int>(0, 12); count > 0; --count)
        add_something();
    const Verdict before = judged(world, person);
    add_something();
    const Verdict after = judged(world, person);
    RC_ASSERT(!before.is_met() || after.is_met());
    RC_ASSERT(before.is_unmet() || !after.is_unmet());
}

} // namespace
} // namespace peercert::rules
