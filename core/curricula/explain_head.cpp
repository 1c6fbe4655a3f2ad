#include "curricula/explain.hpp"
#include "curricula/phrases.hpp"

/// What an edition says besides its rules: its time, its calendars and units, its register, its sources.
namespace peercert::curricula {

namespace {

/// Its first and last day; each may be a day that nobody found.
std::string time_text(const Edition& edition) {
    const bool from_unknown =
        !edition.in_force_from.is_stated() && edition.in_force_from.knowing != Knowing::nothing_said;
    const std::string from =
        edition.in_force_from.is_stated() ? " from " + peercert::to_text(edition.in_force_from.value) : std::string();
    if (from_unknown && edition.in_force_until_unknown)
        return "was in force; neither its first nor its last day is known";
    const std::string until = edition.in_force_until_unknown ? "; its last day is not known"
                              : edition.in_force_until       ? " until " + peercert::to_text(*edition.in_force_until)
                                                             : " until further notice";
    return "in force" + from + until + (from_unknown ? "; its first day is not known" : "");
}

/// The marks that every file has say themselves what they are; the words after them say how it is meant.
std::string_view meaning_of(const Source& source) {
    if (source.what != source.mark)
        return source.what;
    switch (source.confidence) {
    case Confidence::our_reading: return "how this file understands a source that leaves it open";
    case Confidence::recalled: return "from memory, without a source at hand";
    case Confidence::not_found: return "looked for, and not found";
    default: return source.what;
    }
}

} // namespace

std::string in_force_sentence(const Edition& edition) {
    std::string text = time_text(edition);
    if (!edition.chosen_by.empty())
        text += "; chosen by the day of: " + edition.chosen_by;
    if (edition.may_choose_older_until)
        text += "; up to " + peercert::to_text(*edition.may_choose_older_until) + " of that event " + edition.replaces +
                " may be asked for instead";
    if (!edition.followed_by.empty())
        text += "; followed by the track " + edition.followed_by;
    return text;
}

std::vector<ExplainedLine> explain_register(const Edition& edition) {
    const auto line = [&](const char* says) {
        return std::vector<ExplainedLine>{{0, "names can be looked up", says, "", edition.register_see, ""}};
    };
    switch (edition.public_register) {
    case Edition::Register::not_said: break;
    case Edition::Register::open: return line("by everyone");
    case Edition::Register::with_consent: return line("by everyone, for holders who agreed");
    case Edition::Register::restricted: return line("only by those whom the body lets");
    }
    if (edition.register_see.empty())
        return {};
    return line("whether, and by whom, is not known");
}

std::vector<ExplainedLine> explain_calendars(const Edition& edition) {
    std::vector<ExplainedLine> lines;
    for (const ClosedDays& one : edition.closed_days) {
        std::string years;
        for (const int year : one.years)
            years += (years.empty() ? "" : ", ") + std::to_string(year);
        lines.push_back({0, one.name,
                         (one.name == edition.business_days ? "business days are counted by this calendar, "
                                                            : std::string("closed days, ")) +
                             "which lists " + years + "; for other years it is not known which days are closed",
                         "", one.see, ""});
    }
    for (const Calendar& one : edition.calendars) {
        std::string periods;
        for (const DayRange& period : one.periods)
            periods += (periods.empty() ? "" : "; ") +
                       (period.first ? peercert::to_text(*period.first) : std::string("?")) + " to " +
                       (period.last ? peercert::to_text(*period.last) : std::string("?"));
        lines.push_back({0, one.name,
                         one.knowing == Knowing::unknown        ? "there are such periods; their days were not found"
                         : one.knowing == Knowing::nothing_said ? "there are such periods; the source does not say when"
                                                                : periods,
                         "", "", ""});
    }
    return lines;
}

std::vector<ExplainedLine> explain_units(const Edition& edition) {
    std::vector<ExplainedLine> lines;
    for (const OwnUnit& one : edition.units)
        lines.push_back({0, one.name,
                         one.minutes ? "counts as " + amount_text(*one.minutes, Unit::minutes)
                                     : "refused: what is recorded in it does not count",
                         "", "", ""});
    return lines;
}

std::vector<ExplainedLine> explain_sources(const Edition& edition) {
    std::vector<ExplainedLine> lines;
    for (const Source& one : edition.sources) {
        const std::string trust(to_text(one.confidence));
        lines.push_back({0, one.mark,
                         std::string(meaning_of(one)) + (one.as_of.empty() ? "" : ", read " + one.as_of) +
                             (trust == one.mark ? "" : " [" + trust + "]"),
                         "", "", ""});
    }
    return lines;
}

} // namespace peercert::curricula
