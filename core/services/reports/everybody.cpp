#include "services/reports/everybody.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include <peercert/error.hpp>

#include "rules/planning.hpp"
#include "services/assessment.hpp"
#include "services/each_person.hpp"
#include "services/issuing.hpp"

namespace peercert::services {

namespace {

using Tally = std::map<std::pair<std::string, std::string>, StepCount>; // by track and step

/// Of two reasons (empty: none) the one that comes first, whatever thread met it.
std::string first_of(const std::string& one, const std::string& other) {
    return one.empty() ? other : other.empty() ? one : std::min(one, other);
}

/// What is asked of everybody who holds a level of a track, found once a level.
struct Holders {
    Symbol track{Symbol::none};
    Symbol level{Symbol::none};
    Rulebook::ProgramPtr program; ///< nullptr: nothing can be asked
    bool renews{false};
    rules::Goal goal; ///< of keeping the level, where it does not renew
    std::uint16_t kinds{0};
    StepCount* counted{nullptr};
};

constexpr std::uint16_t all_kinds = 0xffff;

class Worker {
public:
    Worker(storage::UnitOfWork& work, const Rulebook& rulebook, Date as_of)
        : work_(work), rulebook_(rulebook), as_of_(as_of) {}

    void begin(PersonId after, PersonId last) {
        open_ = work_.applications.open_of(after, last);
        next_ = 0;
    }

    /// Of the steps that lie before them; told before `see`.
    std::uint16_t kinds(PersonId person, const Record& holdings) {
        std::uint16_t kinds = 0;
        while (next_ < open_.size() && open_[next_].person < person)
            ++next_; // of somebody without a line
        for (std::size_t at = next_; at < open_.size() && open_[at].person == person; ++at)
            kinds |= kinds_of(open_[at]);
        for (const Holding& holding : holdings.holdings)
            if (const HeldTerm* term = held(holding); term != nullptr)
                kinds |= kinds_of(holding.track, *term);
        return kinds;
    }

    void see(PersonId person, const Record& record) {
        person_ = person;
        while (next_ < open_.size() && open_[next_].person < person)
            ++next_; // of somebody without a line
        const std::size_t first = next_;
        for (; next_ < open_.size() && open_[next_].person == person; ++next_)
            judge_application(open_[next_], record);
        for (const Holding& holding : record.holdings)
            if (const HeldTerm* term = held(holding); term != nullptr && !asked_for(first, holding.track))
                judge_holder(holding.track, *term, record);
    }

    const Tally& tally() const { return tally_; }

private:
    /// The latest term begun by the day, unless the credential is out of force on it.
    const HeldTerm* held(const Holding& holding) const {
        for (const DayRange& out : holding.out_of_force)
            if (out.contains(as_of_))
                return nullptr;
        const HeldTerm* latest = nullptr;
        for (const HeldTerm& term : holding.terms)
            if (term.first <= as_of_ && (latest == nullptr || latest->first <= term.first))
                latest = &term;
        return latest;
    }

    std::uint16_t kinds_of(const domain::Application& asked) {
        try {
            return program_of(asked).kinds_read(verb_asked(asked), asked.level);
        } catch (const Error& error) {
            if (!about_the_rules(error))
                throw;
            return 0; // it will not be judged
        }
    }

    const rules::Program& program_of(const domain::Application& asked) {
        Rulebook::ProgramPtr& program = programs_[{asked.track, asked.edition}];
        if (!program)
            program = rulebook_.edition(work_, asked.track, asked.edition);
        return *program;
    }

    /// Whether one of the person's open applications, from number `first` on, is about the credential of that track.
    bool asked_for(std::size_t first, Symbol track) const {
        for (std::size_t at = first; at < next_; ++at)
            if (open_[at].track == rulebook_.words().text(track))
                return true;
        return false;
    }

    void judge_application(const domain::Application& asked, const Record& record) {
        const Step::Verb verb = verb_asked(asked);
        StepCount& step = counted(asked.track, step_text(verb, asked.level));
        try {
            const rules::Program& program = program_of(asked);
            const rules::AskedGoal goal = rules::goal_on(program, verb, asked.level, record, as_of_, asked.received_on);
            count(step, program, goal.goal, record, goal.of(situation_of_decision(asked, as_of_)));
        } catch (const Error& error) {
            not_judged(step, error);
        }
    }

    void judge_holder(Symbol track, const HeldTerm& term, const Record& record) {
        const Holders& asked = holders(track, term, record);
        if (!asked.program) {
            ++asked.counted->people;
            ++asked.counted->needing_a_decision;
            return;
        }
        try {
            rules::AskedGoal goal{asked.goal, {}};
            if (asked.renews)
                goal = rules::goal_on(*asked.program, Step::Verb::renew, rulebook_.words().text(term.level), record,
                                      as_of_, as_of_);
            count(*asked.counted, *asked.program, goal.goal, record, goal.of({.as_of = as_of_}));
        } catch (const Error& error) {
            not_judged(*asked.counted, error);
        }
    }

    void count(StepCount& step, const rules::Program& program, rules::Goal goal, const Record& record,
               const rules::Situation& situation) {
        const Record* seen = &record;
        if (program.reads_places()) { // few do, and the pass over everybody is the faster for leaving them out
            in_full_ = work_.entries.record(person_, rulebook_.words());
            seen = &in_full_;
        }
        const Verdict verdict = rules::judge(program, goal, *seen, situation, room_);
        ++step.people;
        if (verdict.passes())
            ++step.passing;
        else
            ++(verdict.is_unmet() ? step.not_yet : step.needing_a_decision);
    }

    /// Before the lines of a person are known, which edition they choose is not either: what any of them reads counts.
    std::uint16_t kinds_of(Symbol track, const HeldTerm& term) {
        if (!rulebook_.chosen_by_record(rulebook_.words().text(track)))
            return holders(track, term, {}).kinds;
        return all_kinds;
    }

    /// Of somebody who holds that term; the record matters only where it chooses the edition.
    const Holders& holders(Symbol track, const HeldTerm& term, const Record& record) {
        const std::string& code = rulebook_.words().text(track);
        const bool by_record = rulebook_.chosen_by_record(code);
        if (!by_record)
            for (const Holders& known : holders_)
                if (known.track == track && known.level == term.level)
                    return known;
        Holders made{track, term.level, nullptr, false, {}, 0, nullptr};
        const std::string& name = rulebook_.words().text(term.level);
        std::string why_not;
        try {
            made.program = rulebook_.choose(code, record, {.level = name, .when = {.as_of = as_of_}}).program;
            if (const Holders* known = found(made))
                return *known;
            made.renews = made.program->edition().step(Step::Verb::renew, name) != nullptr;
            if (!made.renews)
                made.goal = made.program->level(name);
            made.kinds =
                made.renews ? made.program->kinds_read(Step::Verb::renew, name) : made.program->kinds_read(made.goal);
        } catch (const Error& error) {
            if (!about_the_rules(error))
                throw;
            made.program = nullptr;
            why_not = error.what();
            if (const Holders* known = found(made))
                return *known;
        }
        made.counted = &counted(code, made.renews ? step_text(Step::Verb::renew, name) : "to keep " + name);
        made.counted->not_judged = first_of(made.counted->not_judged, why_not);
        holders_.push_back(std::move(made));
        return holders_.back();
    }

    const Holders* found(const Holders& like) const {
        const auto same = std::find_if(holders_.begin(), holders_.end(), [&like](const Holders& one) {
            return one.track == like.track && one.level == like.level && one.program == like.program;
        });
        return same == holders_.end() ? nullptr : &*same;
    }

    StepCount& counted(const std::string& track, const std::string& step) {
        StepCount& count = tally_[{track, step}];
        if (count.track.empty()) {
            count.track = track;
            count.step = step;
        }
        return count;
    }

    /// That an edition cannot be told or says nothing is an answer; a broken plugin or database is not.
    static bool about_the_rules(const Error& error) {
        return error.code() == ErrorCode::not_found || error.code() == ErrorCode::invalid_input ||
               error.code() == ErrorCode::conflict;
    }

    static void not_judged(StepCount& step, const Error& error) {
        if (!about_the_rules(error))
            throw;
        ++step.people;
        ++step.needing_a_decision;
        step.not_judged = first_of(step.not_judged, error.what());
    }

    storage::UnitOfWork& work_;
    const Rulebook& rulebook_;
    Date as_of_;
    rules::Workspace room_;
    PersonId person_;
    Record in_full_;
    std::vector<domain::Application> open_;
    std::size_t next_{0};
    std::map<std::pair<std::string, std::string>, Rulebook::ProgramPtr> programs_; ///< by track and edition
    std::vector<Holders> holders_;
    Tally tally_;
};

} // namespace

std::vector<StepCount> everybody(House& house, const Rulebook& rulebook, const Actor& actor, std::optional<Date> as_of,
                                 std::size_t threads) {
    const Date asked = as_of.value_or(house.today());
    Tally total;
    each_person(
        house, rulebook, actor, threads, {.uses = true, .places = false},
        [&](storage::UnitOfWork& work) { return Worker(work, rulebook, asked); },
        [&](const Worker& worker) {
            for (const auto& [key, part] : worker.tally()) {
                StepCount& sum = total[key];
                sum.track = part.track;
                sum.step = part.step;
                sum.people += part.people;
                sum.passing += part.passing;
                sum.not_yet += part.not_yet;
                sum.needing_a_decision += part.needing_a_decision;
                sum.not_judged = first_of(sum.not_judged, part.not_judged);
            }
        });
    std::vector<StepCount> counts;
    for (auto& [key, count] : total)
        counts.push_back(std::move(count));
    return counts;
}

} // namespace peercert::services
