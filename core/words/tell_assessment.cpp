#include "words/answers.hpp"
#include "words/telling.hpp"

/// An assessment for reading.
namespace peercert::words {

using services::Assessment;
using services::OpenClause;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

void tell_open(Sheet& sheet, const std::vector<OpenClause>& open, const Speaker& speaker, int indent) {
    for (const OpenClause& one : open) {
        const bool names_more =
            one.next.kind == NextStep::Kind::do_it && !one.next.what.empty() && one.next.what != one.clause;
        const std::string clause = names_more ? one.clause + ": " + one.next.what : one.clause;
        if (one.to_decide)
            line(sheet, speaker.say("assess.short.decide", {{"clause", clause}}), indent);
        else if (one.missing)
            line(sheet,
                 speaker.say("assess.short.amount",
                             {{"amount", speaker.amount(*one.missing, one.unit, one.own_unit, one.own_unit_size)},
                              {"clause", clause}}),
                 indent);
        else
            line(sheet, speaker.say("assess.short.do", {{"clause", clause}}), indent);
    }
}

std::string fee_line(const rules::FeeAnswer& fee, const Speaker& speaker, const std::string& key,
                     const std::string& day_or_line) {
    return speaker.say(fee.is_open ? key + "_open" : key,
                       {{"amount", speaker.money(fee.cents)}, {"day", day_or_line}, {"line", day_or_line}});
}

std::string term_line(const rules::PresentTerm& term, const Speaker& speaker, const std::string& key) {
    return term.last ? speaker.say(key, {{"from", speaker.day(term.first)}, {"until", speaker.day(*term.last)}})
                     : speaker.say(key + "_no_end", {{"from", speaker.day(term.first)}});
}

namespace {

void tell_edition(Sheet& sheet, const Assessment& assessment, const Speaker& speaker) {
    line(sheet, speaker.say("assess.edition", {{"edition", assessment.edition},
                                               {"event", speaker.event(assessment.edition_chosen_by)},
                                               {"day", speaker.day(assessment.edition_day)}}));
    const DayRange& days = assessment.edition_in_force;
    if (days.first && days.last)
        line(sheet, speaker.say("assess.in_force_until",
                                {{"from", speaker.day(*days.first)}, {"until", speaker.day(*days.last)}}));
    else if (days.first)
        line(sheet, speaker.say("assess.in_force", {{"from", speaker.day(*days.first)}}));
    else if (days.last)
        line(sheet, speaker.say("assess.in_force_last", {{"until", speaker.day(*days.last)}}));
    if (assessment.edition_published)
        line(sheet, speaker.say("assess.published"));
}

void tell_held(Sheet& sheet, const services::TermStanding& held, const Speaker& speaker) {
    line(sheet, term_line(held.term, speaker, "assess.held"));
    for (const services::PurposeAnswer& one : held.purposes)
        if (one.until && one.until != held.term.last)
            line(sheet, speaker.say("assess.may_until", {{"purpose", one.purpose}, {"day", speaker.day(*one.until)}}),
                 2);
}

} // namespace

Sheet told(const Assessment& assessment, const Speaker& speaker, bool brief) {
    Sheet sheet;
    line(sheet, assessment.person.name + ", " + assessment.person.code.str(), 0, Tone::heading);
    line(sheet, speaker.say("assess.question", {{"title", assessment.title},
                                                {"step", speaker.step(assessment.step)},
                                                {"day", speaker.day(assessment.as_of)}}));
    tell_edition(sheet, assessment, speaker);
    if (!assessment.rung.empty())
        line(sheet, speaker.say("assess.rung", {{"rung", assessment.rung}}));
    if (assessment.projection)
        line(sheet, speaker.say("assess.projection"), 0, Tone::open);
    tell_finding(sheet, assessment.finding, speaker, brief, &assessment.entry_days);
    if (!assessment.open.empty()) {
        heading(sheet, speaker.say("assess.short"));
        tell_open(sheet, assessment.open, speaker, 2);
    }
    for (const Assessment::UnderReview& one : assessment.under_review)
        line(sheet,
             speaker.say("assess.under_review", {{"competency", one.competency},
                                                 {"day", speaker.day(one.seen_on)},
                                                 {"entry", std::to_string(one.entry.value())}}),
             2, Tone::open);
    sheet.push_back({});
    if (assessment.holds_until)
        line(sheet, speaker.say("assess.holds_until", {{"day", speaker.day(*assessment.holds_until)}}));
    if (assessment.met_by_waiting)
        line(sheet, speaker.say("assess.waiting", {{"day", speaker.day(*assessment.met_by_waiting)}}));
    else if (assessment.not_before)
        line(sheet, speaker.say("assess.not_before", {{"day", speaker.day(*assessment.not_before)},
                                                      {"clause", assessment.not_before_because}}));
    if (assessment.term)
        line(sheet, term_line(*assessment.term, speaker, "assess.term"));
    else if (!assessment.term_open.empty())
        line(sheet, speaker.say("assess.term_open", {{"why", assessment.term_open}}));
    if (!assessment.fee.lines.empty())
        line(sheet, fee_line(assessment.fee, speaker, "assess.fee"));
    if (assessment.held)
        tell_held(sheet, *assessment.held, speaker);
    return sheet;
}

} // namespace peercert::words
