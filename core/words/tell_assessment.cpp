#include <algorithm>

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

namespace {

/// "schooling GED" under "schooling" is "GED": the ways are told under the word that they share.
std::vector<std::string> without_kind(const OpenClause& open) {
    std::vector<std::string> ways = open.one_of;
    const std::string kind = open.kind + " ";
    if (std::all_of(ways.begin(), ways.end(), [&](const std::string& way) { return way.starts_with(kind); }))
        for (std::string& way : ways)
            way.erase(0, kind.size());
    return ways;
}

} // namespace

void tell_open(Sheet& sheet, const std::vector<OpenClause>& open, const Speaker& speaker, int indent) {
    for (const OpenClause& one : open) {
        const bool names_more =
            one.next.kind == NextStep::Kind::do_it && !one.next.what.empty() && one.next.what != one.clause;
        const std::string named = speaker.name(one.clause);
        const std::string clause = names_more ? named + ": " + speaker.name(one.next.what) : named;
        if (one.kind == "none of" && !one.to_decide)
            line(sheet, speaker.say("assess.short.none_of", {{"clause", clause}}), indent);
        else if (!one.one_of.empty() && !one.to_decide && !one.missing)
            line(sheet,
                 speaker.say("assess.short.one_of", {{"clause", named}, {"ways", speaker.names(without_kind(one))}}),
                 indent);
        else if (one.over_limit)
            line(sheet, speaker.say("assess.short.limit", {{"clause", clause}}), indent);
        else if (one.to_decide)
            line(sheet, speaker.say("assess.short.decide", {{"clause", clause}}), indent);
        else if (one.missing)
            line(sheet,
                 speaker.say(one.within_total ? "assess.short.within" : "assess.short.amount",
                             {{"amount", speaker.amount(*one.missing, one.unit, one.own_unit, one.own_unit_size)},
                              {"clause", clause}}),
                 one.within_total ? indent + 2 : indent);
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
    bool any = false;
    for (const services::PurposeAnswer& one : held.purposes)
        if (one.until && one.until != held.term.last) {
            if (!any)
                line(sheet, speaker.say("assess.may"));
            any = true;
            tell_purpose(sheet, one, speaker, 2);
        }
}

/// Behind the last day a yes may go on as another one: what begins then, and what it costs.
void tell_changes(Sheet& sheet, const Assessment& assessment, const Speaker& speaker) {
    for (const services::AnswerChange& one : assessment.changes) {
        const std::string text = speaker.say("assess.change", {{"before", speaker.day(add_days(one.day, -1))},
                                                               {"day", speaker.day(one.day)},
                                                               {"called", speaker.name(one.called)}});
        line(sheet, one.fee.lines.empty() ? text : fee_line(one.fee, speaker, "assess.change_fee", text));
    }
}

void tell_both_editions(Sheet& sheet, const Assessment& assessment, const Speaker& speaker) {
    if (assessment.by_each_edition.size() != 2)
        return;
    const auto& [older, answer_older] = assessment.by_each_edition.front();
    const auto& [newer, answer_newer] = assessment.by_each_edition.back();
    line(sheet,
         speaker.say("assess.both", {{"older", older},
                                     {"newer", newer},
                                     {"answer_older", speaker.verdict(answer_older)},
                                     {"answer_newer", speaker.verdict(answer_newer)}}),
         0, Tone::open);
}

} // namespace

Sheet told(const Assessment& assessment, const Speaker& speaker, bool brief) {
    Sheet sheet;
    line(sheet, assessment.person.name + ", " + assessment.person.code.str(), 0, Tone::heading);
    line(sheet, speaker.say("assess.question", {{"title", speaker.title(assessment.title)},
                                                {"step", speaker.step(assessment.step)},
                                                {"day", speaker.day(assessment.as_of)}}));
    tell_edition(sheet, assessment, speaker);
    tell_both_editions(sheet, assessment, speaker);
    if (!assessment.rung.empty())
        line(sheet, speaker.say("assess.rung", {{"rung", speaker.name(assessment.rung)}}));
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
    tell_changes(sheet, assessment, speaker);
    if (assessment.holds_until)
        line(sheet, speaker.say("assess.holds_until", {{"day", speaker.day(*assessment.holds_until)}}));
    if (assessment.met_by_waiting)
        line(sheet, speaker.say("assess.waiting", {{"day", speaker.day(*assessment.met_by_waiting)}}));
    else if (assessment.not_before)
        line(sheet, speaker.say("assess.not_before", {{"day", speaker.day(*assessment.not_before)},
                                                      {"clause", speaker.name(assessment.not_before_because)}}));
    if (assessment.term)
        line(sheet, term_line(*assessment.term, speaker, "assess.term"));
    else if (!assessment.term_open.empty())
        line(sheet, speaker.say("assess.term_open", {{"why", speaker.name(assessment.term_open)}}));
    if (!assessment.fee.lines.empty())
        line(sheet, fee_line(assessment.fee, speaker, "assess.fee"));
    if (assessment.held)
        tell_held(sheet, *assessment.held, speaker);
    return sheet;
}

} // namespace peercert::words
