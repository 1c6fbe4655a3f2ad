#include "services/preview.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "rules/planning.hpp"
#include "services/assessment.hpp"

namespace peercert::services {

namespace {

/// A step under both editions, with room to think in.
struct Pair {
    Step::Verb verb{Step::Verb::become};
    std::string level;
    std::vector<std::pair<PersonId, PreviewedPerson>> touched;
};

std::optional<Date> last_day(const rules::Program& program, const Pair& pair, const Record& record,
                             const rules::Situation& situation) {
    try {
        return (pair.verb == Step::Verb::renew ? rules::next_term(program, pair.level, record, situation)
                                               : rules::first_term(program, pair.level, record, situation))
            .last;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::invalid_input)
            throw;
        return std::nullopt; // a clock lacks a day: no date that could change
    }
}

std::optional<Effect> effect_of(Verdict now, Verdict then) {
    if (now.passes() != then.passes() && (now.passes() || then.passes()))
        return then.passes() ? Effect::gains : then.is_unmet() ? Effect::loses : Effect::opens;
    if (!now.passes() && now.is_unmet() != then.is_unmet())
        return then.is_unmet() ? Effect::settles : Effect::opens;
    return std::nullopt;
}

void count(PreviewedStep& step, Effect effect) {
    switch (effect) {
    case Effect::gains: ++step.gain; break;
    case Effect::loses: ++step.lose; break;
    case Effect::opens: ++step.open; break;
    case Effect::settles: ++step.settle; break;
    case Effect::changes_date: ++step.change_date; break;
    }
}

std::string named(const Edition& edition) { return edition.code + " " + edition.edition; }

} // namespace

Rulebook::ProgramPtr edition_on(const Rulebook& rulebook, const std::string& code, Date day) {
    return rulebook.choose(code, rules::event_days_on(day)).program;
}

Preview preview(House& house, const Rulebook& rulebook, const Actor& actor, const rules::Program& now,
                const rules::Program& then, Date as_of, bool with_people) {
    Preview made;
    made.as_of = as_of;
    made.now = named(now.edition());
    made.then = named(then.edition());
    std::vector<Pair> pairs;
    for (const Step& step : then.edition().steps) {
        if (now.edition().step(step.verb, step.level) == nullptr) {
            made.new_steps.push_back(step_text(step.verb, step.level));
            continue;
        }
        pairs.push_back({step.verb, step.level, {}});
        made.steps.push_back({});
        made.steps.back().step = step_text(step.verb, step.level);
    }
    for (const Step& step : now.edition().steps)
        if (then.edition().step(step.verb, step.level) == nullptr)
            made.steps_no_more.push_back(step_text(step.verb, step.level));

    house.store.read([&](storage::UnitOfWork& work) {
        authorize(work, actor, Action::report, {}, house.today());
        made.people = 0; // the unit may be run again
        for (std::size_t at = 0; at < pairs.size(); ++at) {
            pairs[at].touched.clear();
            made.steps[at] = {};
            made.steps[at].step = step_text(pairs[at].verb, pairs[at].level);
        }
        const rules::Situation situation{.as_of = as_of};
        rules::Workspace room_now, room_then;
        work.entries.each_record(rulebook.words(), [&](PersonId person, const Record& record) {
            ++made.people;
            for (std::size_t at = 0; at < pairs.size(); ++at) {
                Pair& pair = pairs[at];
                const auto verdict = [&](const rules::Program& program, rules::Workspace& room) {
                    const auto asked = rules::goal_on(program, pair.verb, pair.level, record, as_of, as_of);
                    return rules::judge(program, asked.goal, record, asked.of(situation), room);
                };
                const Verdict before = verdict(now, room_now), after = verdict(then, room_then);
                std::optional<Effect> effect = effect_of(before, after);
                PreviewedPerson seen{};
                if (before.passes() && after.passes()) {
                    seen.last_day_now = last_day(now, pair, record, situation);
                    seen.last_day_then = last_day(then, pair, record, situation);
                    if (seen.last_day_now != seen.last_day_then)
                        effect = Effect::changes_date;
                }
                if (!effect)
                    continue;
                count(made.steps[at], *effect);
                seen.effect = *effect;
                if (with_people)
                    pair.touched.emplace_back(person, seen);
            }
        });
        for (std::size_t at = 0; at < pairs.size(); ++at) {
            for (auto& [person, seen] : pairs[at].touched) {
                if (!may(work, actor, Action::read_person, {person, {}}, house.today()))
                    continue;
                seen.code = work.people.of(person).code;
                made.steps[at].people.push_back(seen);
            }
            std::sort(made.steps[at].people.begin(), made.steps[at].people.end(),
                      [](const PreviewedPerson& one, const PreviewedPerson& other) {
                          return one.code.str() < other.code.str();
                      });
        }
    });
    return made;
}

} // namespace peercert::services
