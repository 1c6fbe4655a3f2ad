#include "curricula/gaps.hpp"

#include "curricula/explain.hpp"

namespace peercert::curricula {

namespace {

class Collector {
public:
    explicit Collector(const Edition& edition) : edition_(edition) {}

    template <class T>
    void look(const Stated<T>& value, const std::string& what, const std::string& place, const std::string& see) {
        if (value.is_open())
            found.push_back({place.empty() ? edition_.file : place, what, value.knowing, see});
    }

    void clause(const Requirement& clause) {
        const auto open = [&](const auto& value, const char* what) {
            look(value, clause.name + ": " + what, clause.place, clause.see);
        };
        if (const auto* rule = std::get_if<NotKnown>(&clause.body))
            found.push_back({clause.place, clause.name, rule->knowing, clause.see});
        else if (const auto* age = std::get_if<AgeRule>(&clause.body))
            open(age->leap_day, "when someone born on 29 February turns");
        else if (const auto* exam = std::get_if<Passed>(&clause.body)) {
            if (exam->together)
                open(exam->weights, "how much each part weighs");
            else
                open(exam->mark, "the mark to pass");
        } else if (const auto* order = std::get_if<InOrder>(&clause.body))
            open(order->same_day, "whether two on one day are in order");
        else if (const auto* entries = std::get_if<HasEntries>(&clause.body))
            open(entries->leap_day, "when a stretch from 29 February on is over");
        else if (const auto* attempts = std::get_if<Attempts>(&clause.body)) {
            open(attempts->at_most, "how many attempts");
            open(attempts->no_show_counts, "whether a no-show is an attempt");
        } else if (const auto* measure = std::get_if<Measure>(&clause.body)) {
            if (measure->first_renewal)
                open(*measure->first_renewal, "what the first renewal asks");
            if (measure->carry_over)
                open(*measure->carry_over, "carry over");
            if (measure->counts_in_total)
                open(*measure->counts_in_total, "whether it counts in the total");
            if (measure->total == Knowing::unknown || measure->total == Knowing::nothing_said)
                found.push_back({clause.place, clause.name + ": how much in all", measure->total, clause.see});
            if (measure->surplus == Knowing::unknown || measure->surplus == Knowing::nothing_said)
                found.push_back(
                    {clause.place, clause.name + ": what surplus counts for", measure->surplus, clause.see});
            for (const Part& part : measure->of_which)
                if (part.minimum == Knowing::unknown || part.minimum == Knowing::nothing_said)
                    found.push_back(
                        {clause.place, clause.name + ", " + part.name + ": the minimum", part.minimum, clause.see});
            if (measure->for_every)
                open(measure->for_every->a_part_asks_one_more, "what a part of \"for every\" asks");
            if (measure->in_each && measure->in_each->piece == InEach::Piece::week)
                open(measure->in_each->week_begins_on_monday, "which day a week begins on");
        }
    }

    void fees(const std::vector<Fee>& fees, const std::string& of, const std::string& place) {
        for (const Fee& fee : fees) {
            const std::string name = of + ": fee" + (fee.name == "fee" ? "" : " (" + fee.name + ")");
            look(fee.cents, name, place, fee.see);
            if (fee.each_month_after)
                look(fee.a_part_counts, name + ": whether a month that is not over counts", place, fee.see);
            for (const auto& clauses : {fee.asked_when, fee.waived_when})
                for (const Requirement& one : clauses)
                    each_clause(one, [&](const Requirement& part) { clause(part); });
        }
    }

    void step(const Step& step) {
        const std::string name = step_name(step);
        if (step.filing) {
            look(step.filing->opens, name + ": when filing opens", step.place, step.filing->see);
            look(step.filing->until, name + ": until when to file", step.place, step.filing->see);
            if (step.filing->until.is_stated())
                look(step.filing->filed_means, name + ": what counts as filed", step.place, step.filing->see);
        }
        if (step.filing && step.filing->filed_late != Knowing::none)
            found.push_back({step.place, name + ": what filing late is", step.filing->filed_late, step.filing->see});
        if (step.stays_open)
            look(step.when_closed, name + ": what is left when it has closed", step.place, step.needs.see);
        each_clause(step.needs, [&](const Requirement& one) { clause(one); });
        fees(step.fees, name, step.place);
    }

    void rung(const Rung& rung) {
        const std::string name = "after expiry, " + (rung.called.empty() ? "a rung" : rung.called);
        if (rung.until_kind == Rung::Until::unknown)
            found.push_back({edition_.file, name + ": how long it lasts", Knowing::unknown, rung.see});
        look(rung.holder_may, name + ": what a holder may do", {}, rung.see);
        if (rung.to_come_back)
            each_clause(*rung.to_come_back, [&](const Requirement& one) { clause(one); });
        fees(rung.fees, name, {});
    }

    void level(const Level& level) {
        const auto visit = [this](const Requirement& one) { clause(one); };
        if (level.stays_current)
            each_clause(*level.stays_current, visit);
        if (level.eligible_while)
            each_clause(*level.eligible_while, visit);
        if (level.eligible_while && level.when_no_longer_eligible == Level::NoLonger::not_said)
            found.push_back({edition_.file, level.name + ": what becomes of it when no longer eligible",
                             Knowing::nothing_said, level.see});
        if (!level.lasts)
            return;
        if (level.lasts->term_known != Knowing::stated)
            found.push_back(
                {edition_.file, level.name + ": how long it lasts", level.lasts->term_known, level.lasts->see});
        for (const auto& [word, value] : level.lasts->parameters.named)
            if (value.text == "unknown" || value.text == "nothing said")
                found.push_back({value.place.empty() ? edition_.file : value.place, level.name + ": " + word,
                                 value.text == "unknown" ? Knowing::unknown : Knowing::nothing_said, level.lasts->see});
    }

    void format(const Format& format) {
        const auto visit = [this](const Requirement& one) { clause(one); };
        if (format.completion)
            each_clause(*format.completion, visit);
        for (const Format::Outcome& outcome : format.outcomes)
            if (outcome.needs)
                each_clause(*outcome.needs, visit);
        if (format.missed_at_most || !format.never_missed.empty())
            look(format.made_up_by, format.name + ": what makes up for what was missed", {}, format.see);
    }

    std::vector<Gap> found;

private:
    const Edition& edition_;
};

} // namespace

void each_clause(const Requirement& clause, const std::function<void(const Requirement&)>& visit) {
    visit(clause);
    for (const Requirement& part : parts_of(clause))
        each_clause(part, visit);
    for (const Requirement& one : clause.unless)
        each_clause(one, visit);
}

void each_clause(const Edition& edition, const std::function<void(const Requirement&)>& visit) {
    for (const Step& step : edition.steps)
        each_clause(step.needs, visit);
    for (const Requirement& meaning : edition.meanings)
        each_clause(meaning, visit);
    for (const Level& level : edition.levels)
        if (level.stays_current)
            each_clause(*level.stays_current, visit);
    for (const Rung& rung : edition.after_expiry)
        if (rung.to_come_back)
            each_clause(*rung.to_come_back, visit);
    for (const Level& level : edition.levels)
        if (level.eligible_while)
            each_clause(*level.eligible_while, visit);
    for (const Format& format : edition.formats) {
        if (format.completion)
            each_clause(*format.completion, visit);
        for (const Format::Outcome& outcome : format.outcomes)
            if (outcome.needs)
                each_clause(*outcome.needs, visit);
    }
}

std::vector<Gap> gaps(const Edition& edition) {
    Collector collector(edition);
    if (edition.in_force_from.knowing == Knowing::unknown)
        collector.found.push_back({edition.file, "since when this edition is in force", Knowing::unknown, {}});
    if (edition.in_force_until_unknown)
        collector.found.push_back({edition.file, "until when this edition is in force", Knowing::unknown, {}});
    if (edition.public_register == Edition::Register::not_said && !edition.register_see.empty())
        collector.found.push_back(
            {edition.file, "who may look names up in the register", Knowing::nothing_said, edition.register_see});
    const auto visit = [&](const Requirement& clause) { collector.clause(clause); };
    for (const Level& level : edition.levels)
        collector.level(level);
    for (const Format& format : edition.formats)
        collector.format(format);
    for (const Purpose& purpose : edition.purposes)
        if (!purpose.not_known.empty())
            collector.found.push_back(
                {edition.file, purpose.name + ": " + purpose.not_known, Knowing::unknown, purpose.see});
    for (const ExceptionRule& rule : edition.exceptions)
        if (rule.ladder == ExceptionRule::Ladder::not_said)
            collector.found.push_back({edition.file, rule.name + ": whether the days after expiry begin after it",
                                       Knowing::nothing_said, rule.see});
    for (const Requirement& meaning : edition.meanings)
        each_clause(meaning, visit);
    for (const Step& step : edition.steps)
        collector.step(step);
    for (const Rung& rung : edition.after_expiry)
        collector.rung(rung);
    return std::move(collector.found);
}

std::vector<Source> weak_sources(const Edition& edition) {
    std::vector<Source> weak;
    for (const Source& source : edition.sources)
        if (source.confidence != Confidence::verified)
            weak.push_back(source);
    return weak;
}

} // namespace peercert::curricula
