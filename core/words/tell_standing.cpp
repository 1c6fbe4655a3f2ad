#include "words/answers.hpp"
#include "words/telling.hpp"

/// How somebody stands, for reading.
namespace peercert::words {

using services::Deadline;
using services::PurposeAnswer;
using services::Standing;
using services::TermStanding;

namespace {

std::string_view status_key(credentials::StatusCode code) {
    switch (code) {
    case credentials::StatusCode::certified: return "verify.word.certified";
    case credentials::StatusCode::expired: return "verify.word.expired";
    case credentials::StatusCode::suspended: return "verify.word.suspended";
    case credentials::StatusCode::revoked: return "verify.word.revoked";
    case credentials::StatusCode::surrendered: return "verify.word.surrendered";
    case credentials::StatusCode::replaced: return "verify.word.replaced";
    case credentials::StatusCode::ended: return "verify.word.ended";
    case credentials::StatusCode::not_yet_effective: return "verify.word.not_yet_effective";
    case credentials::StatusCode::unknown: return "status.nothing";
    }
    return "status.nothing";
}

} // namespace

void tell_purpose(Sheet& sheet, const PurposeAnswer& one, const Speaker& speaker, int indent) {
    const Verdict verdict = one.answer.verdict;
    const std::string mark = speaker.say(verdict.is_met()     ? "status.yes"
                                         : verdict.is_unmet() ? "status.no"
                                                              : "status.open");
    // Where others have to confirm something, a credential alone never makes a yes.
    const std::string key =
        verdict.is_met() && !one.answer.employer_confirms.empty() ? "status.facts" : "status.purpose";
    const std::string purpose = speaker.name(one.purpose);
    const std::string text = one.until
                                 ? speaker.say(key + "_until", {{"purpose", purpose}, {"day", speaker.day(*one.until)}})
                                 : speaker.say(key, {{"purpose", purpose}});
    const bool alone = verdict.is_met() && one.answer.employer_confirms.empty();
    sheet.push_back({indent, verdict.is_met() && !alone ? speaker.say("status.open_confirm") : mark, text,
                     alone ? Tone::good : Tone::open});
    if (!one.answer.restriction.empty())
        line(sheet, speaker.say("status.restriction", {{"restriction", speaker.name(one.answer.restriction)}}),
             indent + 4);
    if (!verdict.is_unmet())
        for (const std::string& what : one.answer.employer_confirms)
            line(sheet, speaker.say("status.confirms", {{"what", speaker.name(what)}}), indent + 4);
    if (!one.answer.because.empty())
        line(sheet, speaker.say("status.because", {{"why", speaker.name(one.answer.because)}}), indent + 4);
}

namespace {

std::string deadline_text(const Deadline& one, const Speaker& speaker) {
    const std::string day = speaker.day(one.day);
    std::string text;
    switch (one.kind) {
    case Deadline::Kind::renewal_opens: text = speaker.say("status.opens", {{"day", day}}); break;
    case Deadline::Kind::renewal_closes: text = speaker.say("status.closes", {{"day", day}}); break;
    case Deadline::Kind::last_day: text = speaker.say("status.last_day", {{"day", day}}); break;
    case Deadline::Kind::stretch:
        text = speaker.say("status.begins", {{"day", day}, {"called", speaker.name(one.called)}});
        break;
    }
    if (one.fee)
        text = fee_line(*one.fee, speaker, "status.fee", text);
    if (!one.decides.empty())
        text = speaker.say("status.decides", {{"line", text}, {"what", speaker.name(one.decides)}});
    return text;
}

void tell_added(Sheet& sheet, const credentials::AddedLevel& one, const Speaker& speaker) {
    if (one.code != credentials::StatusCode::certified)
        line(sheet,
             speaker.say("status.added_out", {{"level", speaker.name(one.level)},
                                              {"word", speaker.say(status_key(one.code))},
                                              {"day", speaker.day(one.since.value_or(one.first_day))}}),
             2, Tone::open);
    else
        line(sheet,
             one.last_day ? speaker.say("status.added", {{"level", speaker.name(one.level)},
                                                         {"from", speaker.day(one.first_day)},
                                                         {"until", speaker.day(*one.last_day)}})
                          : speaker.say("status.added_no_end",
                                        {{"level", speaker.name(one.level)}, {"from", speaker.day(one.first_day)}}),
             2);
}

/// Two titles on one clock: whose first days are followed, and what the other title has moved.
void tell_alignment(Sheet& sheet, const TermStanding& term, const Standing& standing, const Speaker& speaker) {
    if (!term.follows.empty()) {
        std::string list;
        for (const AnchorDay& one : term.follows)
            list += (list.empty() ? "" : "; ") +
                    speaker.say("status.follows_one", {{"track", one.name}, {"day", speaker.day(one.day)}});
        line(sheet, speaker.say("status.follows", {{"list", list}}), 2);
    }
    if (standing.moved && standing.moved->before && standing.moved->now)
        line(sheet,
             speaker.say("status.moved", {{"day", speaker.day(standing.moved->on)},
                                          {"before", speaker.day(*standing.moved->before)},
                                          {"now", speaker.day(*standing.moved->now)}}),
             2);
}

void tell_term(Sheet& sheet, const TermStanding& term, const Standing& standing, const Speaker& speaker) {
    const std::string number = std::to_string(term.term.number);
    line(sheet,
         term.term.last ? speaker.say("status.term", {{"level", speaker.name(term.level)},
                                                      {"number", number},
                                                      {"from", speaker.day(term.term.first)},
                                                      {"until", speaker.day(*term.term.last)}})
                        : speaker.say("status.term_no_end", {{"level", speaker.name(term.level)},
                                                             {"number", number},
                                                             {"from", speaker.day(term.term.first)}}),
         2);
    if (term.shown_until)
        line(sheet, speaker.say("status.shown", {{"day", speaker.day(*term.shown_until)}}), 2);
    tell_alignment(sheet, term, standing, speaker);
    for (const credentials::AddedLevel& one : standing.added)
        tell_added(sheet, one, speaker);
    if (term.next)
        line(sheet, term_line(*term.next, speaker, "status.next"), 2);
    if (!term.now.in_force && term.now.rung >= 0)
        line(sheet, speaker.say("status.stretch", {{"called", speaker.name(term.now.called)}}), 2);
    if (!standing.status.condition.empty())
        line(sheet, speaker.say("status.condition", {{"condition", speaker.name(standing.status.condition)}}), 2);
    for (const PurposeAnswer& one : term.purposes)
        tell_purpose(sheet, one, speaker, 4);
    if (term.deadlines.empty())
        return;
    line(sheet, speaker.say("status.ahead"), 2, Tone::heading);
    for (const Deadline& one : term.deadlines)
        line(sheet, deadline_text(one, speaker), 4);
}

} // namespace

Sheet told(const Standing& standing, const Speaker& speaker) {
    Sheet sheet;
    line(
        sheet,
        speaker.say("status.title", {{"title", standing.title.empty() ? standing.track : speaker.title(standing.title)},
                                     {"number", standing.number},
                                     {"name", standing.name}}),
        0, Tone::heading);
    const std::string word = speaker.say(status_key(standing.status.code));
    line(sheet,
         speaker.say(standing.projection ? "status.projected" : "status.on",
                     {{"day", speaker.day(standing.on)}, {"word", word}}),
         0, standing.status.yes() ? Tone::good : Tone::open);
    if (standing.status.since)
        line(sheet, speaker.say("status.since", {{"day", speaker.day(*standing.status.since)}}), 2);
    if (standing.gone_since)
        line(sheet, speaker.say("status.gone", {{"day", speaker.day(*standing.gone_since)}}), 2);
    if (standing.known_at)
        line(sheet, speaker.say("status.known_at", {{"instant", domain::to_text(*standing.known_at)}}), 2);
    if (standing.term)
        tell_term(sheet, *standing.term, standing, speaker);
    return sheet;
}

} // namespace peercert::words
