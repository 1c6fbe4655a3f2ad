#include "curricula/lint_rules.hpp"

#include <algorithm>
#include <set>
#include <variant>

#include "curricula/explain.hpp"
#include "curricula/gaps.hpp"
#include "curricula/phrases.hpp"

namespace peercert::curricula {

namespace {

std::string quoted(const std::string& name) { return "\"" + name + "\""; }

class Totals {
public:
    Totals(const Requirement& clause, const Measure& measure, const LintTeller& teller)
        : clause_(clause), measure_(measure), teller_(teller) {}

    void check() {
        parts();
        insides();
        pieces();
    }

private:
    std::string amount(std::int64_t value) const { return amount_text(value, measure_.bound.unit); }

    void told(bool error, std::string sentence, std::string mend) const {
        teller_.tell("totals", clause_.place, error, std::move(sentence), std::move(mend));
    }

    void parts() {
        if (measure_.of_which.empty() || measure_.several_parts)
            return;
        std::int64_t minimums = 0, caps = 0, shares = 0;
        bool all_have_minimums = true, all_have_caps = true;
        for (const Part& part : measure_.of_which) {
            if (!part.inside.empty())
                continue;
            minimums += part.bound.at_least.value_or(0);
            caps += part.bound.at_most.value_or(0);
            shares += part.share_of == Part::ShareOf::required ? part.share_at_least.value_or(0) : 0;
            all_have_minimums = all_have_minimums && part.bound.at_least.has_value();
            all_have_caps = all_have_caps && part.bound.at_most.has_value();
        }
        if (constexpr std::int64_t whole = 10'000; shares > whole)
            told(true, "the parts of " + quoted(clause_.name) + " ask for more than 100 % of it", "correct the shares");
        const auto& total = measure_.bound.at_least;
        if (measure_.bound.at_most && minimums > *measure_.bound.at_most)
            told(true,
                 "the parts of " + quoted(clause_.name) + " ask for " + amount(minimums) + " at least, and " +
                     amount(*measure_.bound.at_most) + " are the most in all",
                 "correct the parts or the total");
        // Three quarters of the total named part by part: a printed list that is nearly, and not quite, complete.
        else if (total && all_have_minimums && measure_.of_which.size() > 1 && minimums < *total &&
                 minimums * 4 >= *total * 3)
            told(false,
                 "the parts of " + quoted(clause_.name) + " ask for " + amount(minimums) + " of " + amount(*total) +
                     "; " + amount(*total - minimums) + " may come from anything",
                 "check the printed parts; if the rest is free, say so under \"known warnings\"");
        if (total && all_have_caps && caps < *total && !measure_.surplus_in_total)
            told(false,
                 "the caps of " + quoted(clause_.name) + " let its parts give " + amount(caps) + " of " +
                     amount(*total) + "; the rest has to lie in no part",
                 "raise a cap, or name the part that the rest belongs to");
    }

    void insides() {
        for (const Part& outer : measure_.of_which) {
            std::int64_t minimums = 0;
            for (const Part& inner : measure_.of_which)
                if (inner.inside == outer.name)
                    minimums += inner.bound.at_least.value_or(0);
            if (outer.bound.at_most && minimums > *outer.bound.at_most)
                told(true,
                     "the parts inside " + quoted(outer.name) + " ask for " + amount(minimums) + ", above its cap of " +
                         amount(*outer.bound.at_most),
                     "correct the cap or the parts inside");
        }
    }

    void pieces() {
        std::int64_t most = 0;
        for (const Part& piece : measure_.adds_up_from) {
            const auto most_of_piece = piece.bound.at_most ? piece.bound.at_most : piece.worth;
            if (!most_of_piece)
                return;
            most += *most_of_piece;
        }
        if (!measure_.adds_up_from.empty() && measure_.bound.at_least && most < *measure_.bound.at_least)
            told(true,
                 quoted(clause_.name) + " adds up from pieces that give " + amount(most) + " at most, and asks for " +
                     amount(*measure_.bound.at_least),
                 "correct a piece or the total: nobody can meet this");
    }

    const Requirement& clause_;
    const Measure& measure_;
    const LintTeller& teller_;
};

bool asks_nothing(const Requirement& clause) {
    const auto* group = std::get_if<Group>(&clause.body);
    return group != nullptr && group->op == Group::Op::all && group->parts.empty();
}

void branches_of(const Requirement& clause, const Group& group, const LintTeller& teller) {
    if (group.op != Group::Op::any && group.op != Group::Op::at_least)
        return;
    const auto told = [&](const Requirement& at, bool error, std::string sentence, std::string mend) {
        teller.tell("unreachable", at.place, error, std::move(sentence), std::move(mend));
    };
    const auto count = static_cast<int>(group.parts.size());
    if (group.op == Group::Op::at_least && group.needed > count)
        told(clause, true,
             quoted(clause.name) + " asks for " + std::to_string(group.needed) + " of " + std::to_string(count) +
                 " clauses: nobody can meet it",
             "ask for fewer, or add what is missing");
    if (count == 1 || (group.op == Group::Op::at_least && group.needed == count))
        told(clause, false, quoted(clause.name) + " is a choice that leaves no choice: every clause in it is needed",
             "write all of");
    for (std::size_t at = 0; at < group.parts.size(); ++at) {
        const Requirement& part = group.parts[at];
        if (group.op == Group::Op::any && asks_nothing(part))
            told(part, false, "this branch of " + quoted(clause.name) + " asks for nothing, so the others never matter",
                 "take the others out, or say what this one asks");
        for (std::size_t other = 0; other < at; ++other)
            if (part.body == group.parts[other].body && part.unless == group.parts[other].unless)
                told(part, false, "this branch of " + quoted(clause.name) + " is the same as an earlier one",
                     "take it out, or correct what should differ");
    }
}

/// Whether that day cannot lie where this edition is the one that applies: one applies before, or on the day, one asks.
bool never_so(const Edition& edition, const AskedOn& rule) {
    const bool by_applying = edition.chosen_by == "applying", by_asking = edition.chosen_by == "asked";
    const bool bounded_below = by_applying || (by_asking && !rule.applying);
    const bool bounded_above = by_asking || (by_applying && rule.applying);
    return (bounded_below && rule.days.last && edition.in_force_from.is_stated() &&
            *rule.days.last < edition.in_force_from.value) ||
           (bounded_above && rule.days.first && edition.in_force_until && *rule.days.first > *edition.in_force_until);
}

/// Hundredths of days after the last day of a term, roughly: enough to tell that one rung ends before another.
std::optional<std::int64_t> time_after_expiry(const Rung& rung) {
    if (rung.until_kind != Rung::Until::day || rung.until.anchor != Anchor::expiry)
        return std::nullopt;
    std::int64_t hundredths = 0;
    for (const Span& span : rung.until.shifts) {
        constexpr std::int64_t hundredths_of_days[]{100, 700, 3044, 36525};
        hundredths += span.count * hundredths_of_days[static_cast<std::size_t>(span.unit)];
    }
    return hundredths;
}

/// What the levels and steps of an edition let somebody come to hold.
class Reach {
public:
    explicit Reach(const Edition& edition) : edition_(edition) {
        for (bool more = true; more;) {
            more = false;
            for (const Step& step : edition.steps)
                if (leads_to_a_level(step) && !levels_.contains(step.level) && may_be_taken(step))
                    more = levels_.insert(step.level).second || more;
        }
    }

    bool has(const std::string& level) const { return levels_.contains(level); }

private:
    static bool leads_to_a_level(const Step& step) {
        return step.verb == Step::Verb::become || step.verb == Step::Verb::add || step.verb == Step::Verb::transfer;
    }

    bool may_be_taken(const Step& step) const {
        const bool from = step.coming_from.empty() || std::any_of(step.coming_from.begin(), step.coming_from.end(),
                                                                  [&](const std::string& one) { return has(one); });
        return from && may_be_met(step.needs, 0);
    }

    /// Only levels can make a clause impossible here; everything else somebody may bring.
    bool may_be_met(const Requirement& clause, int depth) const {
        if (depth > 30)
            return true;
        if (const auto* held = std::get_if<HoldsCredential>(&clause.body))
            return !held->track.empty() || held->level.empty() || has(held->level);
        if (const auto* use = std::get_if<UseMeaning>(&clause.body)) {
            for (const Requirement& meaning : edition_.meanings)
                if (meaning.name == use->name)
                    return may_be_met(meaning, depth + 1);
            return true;
        }
        const auto* group = std::get_if<Group>(&clause.body);
        if (group == nullptr || group->op == Group::Op::none || !clause.unless.empty())
            return true;
        const auto met = std::count_if(group->parts.begin(), group->parts.end(),
                                       [&](const Requirement& part) { return may_be_met(part, depth + 1); });
        const auto all = static_cast<std::ptrdiff_t>(group->parts.size());
        return met >= (group->op == Group::Op::all   ? all
                       : group->op == Group::Op::any ? std::min<std::ptrdiff_t>(all, 1)
                                                     : group->needed);
    }

    const Edition& edition_;
    std::set<std::string> levels_;
};

} // namespace

void lint_totals(const Edition& edition, const LintTeller& teller) {
    each_clause(edition, [&](const Requirement& clause) {
        if (const auto* measure = std::get_if<Measure>(&clause.body))
            Totals(clause, *measure, teller).check();
    });
}

void lint_branches(const Edition& edition, Date today, const LintTeller& teller) {
    each_clause(edition, [&](const Requirement& clause) {
        if (const auto* group = std::get_if<Group>(&clause.body))
            branches_of(clause, *group, teller);
        if (const auto* wanted = std::get_if<HasEntries>(&clause.body); wanted && wanted->kind == EntryKind::fact)
            for (const std::string& fact : wanted->codes)
                if (edition.level(fact) != nullptr)
                    teller.tell("level as fact", clause.place, false,
                                "the fact " + quoted(fact) +
                                    " is called like a level; holding the level does not make "
                                    "it true, somebody has to record the fact",
                                "write \"level: " + fact + "\" if the level is meant, or call the fact otherwise");
        const auto* asked = std::get_if<AskedOn>(&clause.body);
        if (asked == nullptr)
            return;
        if (never_so(edition, *asked))
            teller.tell("unreachable", clause.place, true,
                        quoted(clause.name) + " lies wholly outside the days on which this edition is in force",
                        "correct the day, or take the branch out");
        else if (asked->days.last && *asked->days.last < add_months(today, -12))
            teller.tell("sunset", clause.place, false,
                        quoted(clause.name) + " ended on " + peercert::to_text(*asked->days.last) +
                            ", more than a year ago: nobody can use it any more",
                        "leave it out of the next edition; this one keeps it for those it was decided by");
    });
    std::optional<std::int64_t> above;
    for (const Rung& rung : edition.after_expiry) {
        const auto end = time_after_expiry(rung);
        if (above && end && *end <= *above)
            teller.tell("unreachable", edition.file, true,
                        "the rung " + quoted(rung.called) +
                            " after expiry ends no later than the one above it, so nobody "
                            "is ever on it",
                        "put the rungs in order");
        if (end)
            above = end;
    }
}

void lint_levels(const Edition& edition, const std::function<std::string(const std::string&)>& place_of_level,
                 const LintTeller& teller) {
    if (edition.steps.empty())
        return; // a course whose levels are given by other files, or that has none
    const Reach reach(edition);
    for (const Level& level : edition.levels)
        if (!reach.has(level.name))
            teller.tell("nobody", place_of_level(level.name), false,
                        "nobody can come to hold " + quoted(level.name) +
                            ": no step leads to it, or the steps that do ask for levels nobody can hold",
                        "write \"to become " + level.name + "\", or take the level out");
    for (const Format& format : edition.formats)
        for (const std::vector<std::string>& slot : format.led_by)
            if (!slot.empty() && std::none_of(slot.begin(), slot.end(), [&](const std::string& level) {
                    return reach.has(level) || edition.level(level) == nullptr;
                }))
                teller.tell("nobody", edition.file, false,
                            "nobody can lead " + quoted(format.name) + ": no step leads to " + quoted(slot.front()),
                            "correct \"led by\", or write the step");
}

void lint_closed_days(const Edition& edition, const LintTeller& teller) {
    for (const Step& step : edition.steps) {
        const auto word = step.filing ? step.filing->closed_day : Stated<std::string>{};
        if (word.is_stated() && word.value.ends_with("business day") && step.filing->closed_days.empty())
            teller.tell("closed days", step.place, false,
                        quoted(step_name(step)) + " gives way to the " + word.value +
                            ", and no calendar says which days are closed: whoever files near a last day on a weekend "
                            "is told that somebody has to decide",
                        "write the closed days that the body published into calendars/NAME.yaml and name them with "
                        "\"closed days: NAME\"; if it published none, say so under \"known warnings\"");
    }
}

void lint_memory(const Edition& edition, const LintTeller& teller) {
    const auto from_memory = [&](const std::string& see) {
        return std::any_of(edition.sources.begin(), edition.sources.end(), [&](const Source& one) {
            return one.mark == see && one.confidence == Confidence::recalled;
        });
    };
    const auto told = [&](const std::string& what, const std::string& place) {
        teller.tell("memory", place, false, what + " rests on memory and turns people away",
                    "find its source, or write unknown, so that somebody decides");
    };
    each_clause(edition, [&](const Requirement& clause) {
        if (!from_memory(clause.see))
            return;
        const auto* measure = std::get_if<Measure>(&clause.body);
        const auto* exam = std::get_if<Passed>(&clause.body);
        const auto* attempts = std::get_if<Attempts>(&clause.body);
        if ((measure != nullptr && (measure->bound.at_least || measure->bound.at_most)) ||
            std::holds_alternative<AgeRule>(clause.body) || (exam != nullptr && exam->mark.is_stated()) ||
            (attempts != nullptr && attempts->at_most.is_stated()))
            told("the figure of " + quoted(clause.name), clause.place);
    });
    for (const Step& step : edition.steps) {
        for (const Fee& fee : step.fees)
            if (fee.cents.is_stated() && from_memory(fee.see))
                told("the fee \"" + fee.name + "\" of " + quoted(step_name(step)), step.place);
        if (const Level* level = edition.level(step.level); level != nullptr && level->lasts && level->lasts->term &&
                                                            step.verb == Step::Verb::become &&
                                                            from_memory(level->lasts->see))
            told("how long " + quoted(level->name) + " lasts", step.place);
    }
}

} // namespace peercert::curricula
