#include "words/answers.hpp"
#include "words/explanation.hpp"
#include "words/telling.hpp"

/// A track beside a reference profile, for reading: where it agrees first, then where it departs, then what is open.
namespace peercert::words {

using services::Asked;
using services::Departure;
using services::Departures;
using services::Stance;

namespace {

std::string_view stance_key(Stance stance) {
    switch (stance) {
    case Stance::agrees: return "departures.agrees";
    case Stance::departs: return "departures.departs";
    case Stance::silent: return "departures.silent";
    case Stance::open: return "departures.open";
    }
    return "departures.open";
}

void tell_one(Sheet& sheet, const Departure& one, const Speaker& speaker) {
    sheet.push_back({2, {}, std::to_string(one.number) + ". " + speaker.name(one.standard), Tone::heading});
    if (one.says.empty())
        line(sheet,
             speaker.say("departures.unread",
                         {{"trust", trust_text(one.trust, speaker.messages(), speaker.language())}}),
             6);
    else
        line(sheet,
             speaker.say(one.figure.empty() ? "departures.says" : "departures.says_figure",
                         {{"says", speaker.name(one.says)},
                          {"figure", one.figure},
                          {"source", one.source},
                          {"trust", trust_text(one.trust, speaker.messages(), speaker.language())}}),
             6);
    for (const Asked& asked : one.asked)
        line(sheet,
             speaker.say(asked.one_way ? "departures.asks_one_way" : "departures.asks",
                         {{"step", speaker.step(asked.step)},
                          {"clause", speaker.name(asked.clause)},
                          {"says", speaker.name(asked.says)},
                          {"source", asked.source}}) +
                 (one.stance == Stance::departs && asked.stance == Stance::agrees
                      ? " " + speaker.say("departures.within")
                      : std::string()),
             6);
    if (one.asked.empty())
        line(sheet, speaker.say("departures.asks_nothing"), 6);
}

} // namespace

Sheet told(const Departures& report, const Speaker& speaker) {
    Sheet sheet;
    line(sheet, speaker.say("departures.title", {{"track", speaker.title(report.track_title)}, {"code", report.track}}),
         0, Tone::heading);
    line(sheet, speaker.say("departures.beside",
                            {{"profile", speaker.title(report.profile_title)}, {"code", report.profile}}));
    line(sheet, speaker.say("departures.guidance"), 0, Tone::faint);
    for (const Stance stance : {Stance::agrees, Stance::departs, Stance::silent, Stance::open}) {
        bool first = true;
        for (const Departure& one : report.standards) {
            if (one.stance != stance)
                continue;
            if (first)
                heading(sheet, speaker.say(stance_key(stance)));
            first = false;
            tell_one(sheet, one, speaker);
        }
    }
    return sheet;
}

} // namespace peercert::words
