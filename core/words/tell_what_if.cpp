#include "words/answers.hpp"
#include "words/telling.hpp"

/// "What if" for reading: before, then, and the difference in plain words.
namespace peercert::words {

using services::Assessment;
using services::ClauseChange;
using services::WhatIf;

namespace {

std::string_view answer_key(const Finding& finding) {
    if (finding.verdict.is_not_applicable())
        return "explain.answer.nothing_asked";
    if (finding.verdict.passes())
        return "explain.answer.met";
    return finding.verdict.is_unmet() ? "explain.answer.not_met_short" : "explain.answer.decision";
}

std::string change_text(const ClauseChange& change, const Speaker& speaker) {
    const std::string clause = speaker.name(change.clause);
    if (!change.after)
        return speaker.say("whatif.disappears", {{"clause", clause}});
    const std::string after = speaker.verdict(*change.after);
    if (!change.before)
        return speaker.say("whatif.appears", {{"clause", clause}, {"after", after}});
    const std::string before = speaker.verdict(*change.before);
    if (*change.before != *change.after && !change.have_after)
        return speaker.say("whatif.verdict", {{"clause", clause}, {"before", before}, {"after", after}});
    if (change.have_before && change.have_after) {
        const auto amount = [&](std::int64_t value) {
            return speaker.amount(value, change.unit, change.own_unit, change.own_unit_size);
        };
        const std::string had = amount(*change.have_before), has = amount(*change.have_after);
        if (change.need)
            return speaker.say("whatif.amount_of",
                               {{"clause", clause}, {"before", had}, {"after", has}, {"need", amount(*change.need)}});
        return speaker.say("whatif.amount", {{"clause", clause}, {"before", had}, {"after", has}});
    }
    return speaker.say("whatif.verdict", {{"clause", clause}, {"before", before}, {"after", after}});
}

std::string last_day(const Assessment& assessment, const Speaker& speaker) {
    if (!assessment.term)
        return speaker.say("whatif.unknown");
    return assessment.term->last ? speaker.day(*assessment.term->last) : speaker.say("whatif.no_end");
}
std::string holds(const Assessment& assessment, const Speaker& speaker) {
    if (!assessment.finding.verdict.passes())
        return speaker.say("explain.mark.not_met");
    return assessment.holds_until ? speaker.day(*assessment.holds_until) : speaker.say("whatif.no_end");
}

/// One line where the two differ.
void compare(Sheet& sheet, const Speaker& speaker, std::string_view key, const std::string& before,
             const std::string& after) {
    if (before != after)
        line(sheet, speaker.say(key, {{"before", before}, {"after", after}}), 2);
}

} // namespace

Sheet told(const WhatIf& answer, const Speaker& speaker, bool brief) {
    const Assessment& before = answer.before;
    const Assessment& after = answer.after;
    Sheet sheet;
    line(sheet, before.person.name + ", " + before.person.code.str(), 0, Tone::heading);
    line(sheet, speaker.say("whatif.title"), 0, Tone::faint);
    const auto answered = [&](const Assessment& one, const std::string& title) {
        heading(sheet, title);
        line(sheet,
             speaker.say("assess.question", {{"title", speaker.title(one.title)},
                                             {"step", speaker.step(one.step)},
                                             {"day", speaker.day(one.as_of)}}),
             2);
        line(sheet, speaker.say(answer_key(one.finding)), 2, tone_of(one.finding.verdict));
    };
    answered(before, speaker.say("whatif.before"));
    if (answer.another_track) {
        answered(after,
                 speaker.say("whatif.elsewhere", {{"title", speaker.title(after.title)}, {"track", after.track}}));
        line(sheet,
             answer.carried.empty()
                 ? speaker.say("whatif.carried_none")
                 : speaker.counted("whatif.carried", static_cast<std::int64_t>(answer.carried.size())),
             2);
        sheet.push_back({});
        tell_finding(sheet, after.finding, speaker, brief, &after.entry_days);
        if (!after.open.empty()) {
            heading(sheet, speaker.say("assess.short"));
            tell_open(sheet, after.open, speaker, 2);
        }
        return sheet;
    }
    answered(after, speaker.say("whatif.after"));
    heading(sheet, speaker.say("whatif.changes"));
    const std::size_t lines = sheet.size();
    for (const ClauseChange& change : answer.changes)
        line(sheet, change_text(change, speaker), 2, change.after ? tone_of(*change.after) : Tone::plain);
    compare(sheet, speaker, "whatif.edition", before.edition, after.edition);
    compare(sheet, speaker, "whatif.holds", holds(before, speaker), holds(after, speaker));
    compare(sheet, speaker, "whatif.term", last_day(before, speaker), last_day(after, speaker));
    compare(sheet, speaker, "whatif.fee", speaker.money(before.fee.cents), speaker.money(after.fee.cents));
    if (sheet.size() == lines)
        line(sheet, speaker.say("whatif.none"), 2);
    if (!after.open.empty()) {
        heading(sheet, speaker.say("assess.short"));
        tell_open(sheet, after.open, speaker, 2);
    }
    return sheet;
}

} // namespace peercert::words
