#include "words/answers.hpp"
#include "words/telling.hpp"

/// A plan for reading: what to do and when, then what only others can do.
namespace peercert::words {

using rules::Plan;
using rules::PlanOrder;
using services::PlanAnswer;
using services::PlanItem;
using services::PlanStage;

namespace {

std::string item_text(const PlanItem& item, const Speaker& speaker) {
    const std::string when =
        !item.dated ? speaker.say("plan.with_it")
        : item.first_day == item.last_day
            ? speaker.day(item.first_day)
            : speaker.say("plan.range", {{"from", speaker.day(item.first_day)}, {"until", speaker.day(item.last_day)}});
    std::string what = speaker.name(item.what);
    for (const std::string& other : item.or_else)
        what += "; " + speaker.name(other);
    const std::string text = item.how == PlanItem::How::assumed
                                 ? speaker.say("plan.item.undated", {{"what", what}})
                                 : speaker.say(item.how != PlanItem::How::own_step ? "plan.item"
                                               : item.or_else.empty()              ? "plan.item.own"
                                                                                   : "plan.item.one_of",
                                               {{"when", when}, {"what", what}});
    std::vector<std::string> more;
    if (item.minutes > 0)
        more.push_back(speaker.amount(item.minutes, Unit::minutes));
    if (!item.topics.empty())
        more.push_back(speaker.names(item.topics));
    if (!item.provider.empty())
        more.push_back(item.provider);
    if (!item.vouched_as.empty())
        more.push_back(speaker.say("plan.vouched", {{"role", speaker.name(item.vouched_as)}}));
    if (item.how == PlanItem::How::offered)
        more.push_back(item.price_known ? speaker.money(item.cents) : speaker.say("plan.free"));
    return more.empty() ? text : speaker.say("plan.with", {{"line", text}, {"more", joined(more)}});
}

std::string_view proof_key(const PlanAnswer& plan, Plan::Proof proof) {
    switch (proof) {
    case Plan::Proof::effort_spent: return "plan.proof.effort";
    case Plan::Proof::too_entangled: return "plan.proof.entangled";
    case Plan::Proof::best: break;
    }
    switch (plan.order) {
    case PlanOrder::earliest: return "plan.proof.earliest";
    case PlanOrder::cheapest: return "plan.proof.cheapest";
    case PlanOrder::least_time: return "plan.proof.least_time";
    }
    return "plan.proof.earliest";
}

void tell_stage(Sheet& sheet, const PlanAnswer& plan, const PlanStage& stage, const Speaker& speaker) {
    const bool nothing_to_do = stage.items.empty() && stage.outcome == Plan::Outcome::found;
    const std::string_view key = nothing_to_do ? "plan.there"
                                 : stage.outcome == Plan::Outcome::found
                                     ? stage.assumes ? "plan.not_before" : "plan.found"
                                 : stage.outcome == Plan::Outcome::to_decide ? "plan.to_decide"
                                                                             : "plan.not_reached";
    for (const std::string& clause : stage.out_of_reach)
        line(sheet, speaker.say("plan.out_of_reach", {{"clause", speaker.name(clause)}}), 0, Tone::open);
    if (stage.out_of_reach.empty() || stage.outcome != Plan::Outcome::not_reached) // no day would make a difference
        line(sheet, speaker.say(key, {{"day", speaker.day(stage.day)}}), 0,
             stage.outcome == Plan::Outcome::found && !stage.assumes ? Tone::good : Tone::open);
    line(sheet,
         speaker.say("plan.edition", {{"edition", stage.edition}, {"event", speaker.event(stage.edition_chosen_by)}}));
    if (stage.undecided.size() == 2)
        line(sheet, speaker.say("plan.both", {{"older", stage.undecided.front()}, {"newer", stage.undecided.back()}}),
             0, Tone::open);
    if (!stage.rung.empty())
        line(sheet, speaker.say("plan.rung", {{"rung", speaker.name(stage.rung)}}));
    bool any_to_do = false;
    bool any_assumed = false;
    for (const PlanItem& item : stage.items)
        (item.how == PlanItem::How::assumed ? any_assumed : any_to_do) = true;
    if (any_to_do) {
        heading(sheet, speaker.say("plan.to_do"));
        int number = 0;
        for (const PlanItem& item : stage.items)
            if (item.how != PlanItem::How::assumed)
                line(sheet, std::to_string(++number) + ". " + item_text(item, speaker), 2);
    }
    if (any_assumed) {
        heading(sheet, speaker.say("plan.assumed"));
        for (const PlanItem& item : stage.items)
            if (item.how == PlanItem::How::assumed)
                line(sheet, item_text(item, speaker), 2);
    }
    if (!stage.to_decide.empty()) {
        heading(sheet, speaker.say("plan.decide"));
        tell_open(sheet, stage.to_decide, speaker, 2);
    }
    if (!stage.missing.empty()) {
        heading(sheet, speaker.say("plan.open"));
        tell_open(sheet, stage.missing, speaker, 2);
    }
    sheet.push_back({});
    if (any_to_do)
        line(sheet, speaker.say(stage.prices_known ? "plan.cost" : "plan.cost_open",
                                {{"hours", speaker.amount(stage.minutes, Unit::minutes)},
                                 {"amount", speaker.money(stage.cents)}}));
    if (!stage.fee.lines.empty() && stage.outcome != Plan::Outcome::not_reached)
        line(sheet, fee_line(stage.fee, speaker, "plan.fee", speaker.day(stage.day)));
    if (stage.term && stage.outcome != Plan::Outcome::not_reached && !stage.assumes)
        line(sheet, term_line(*stage.term, speaker, "plan.term"));
    if (stage.outcome != Plan::Outcome::not_reached) {
        line(sheet, speaker.say("plan.judged"));
        if (any_to_do)
            line(sheet, speaker.say(proof_key(plan, stage.proof)));
    }
}

} // namespace

Sheet told(const PlanAnswer& plan, const Speaker& speaker) {
    Sheet sheet;
    line(sheet, plan.person.name + ", " + plan.person.code.str(), 0, Tone::heading);
    line(sheet, speaker.say("plan.title", {{"title", speaker.title(plan.title)},
                                           {"step", speaker.step(plan.step)},
                                           {"from", speaker.day(plan.on)}}));
    int number = 0;
    for (const PlanStage& stage : plan.stages) {
        if (plan.stages.size() > 1)
            heading(sheet, speaker.say("plan.stage",
                                       {{"number", std::to_string(++number)}, {"step", speaker.step(stage.step)}}));
        tell_stage(sheet, plan, stage, speaker);
    }
    for (const Date day : plan.same_day)
        line(sheet, speaker.say("plan.same_day", {{"day", speaker.day(day)}}));
    if (!plan.too_early.empty())
        line(sheet, speaker.say("plan.too_early", {{"what", speaker.names(plan.too_early)}}));
    return sheet;
}

} // namespace peercert::words
