#include "words/sheet.hpp"

#include <algorithm>
#include <array>

#include "words/explanation.hpp"

namespace peercert::words {

std::string Speaker::amount(std::int64_t amount, Unit unit, std::string_view own_unit,
                            std::int64_t own_unit_size) const {
    return amount_text(amount, unit, own_unit, own_unit_size, messages_, language_);
}

std::string Speaker::step(std::string_view step) const {
    constexpr std::array<std::string_view, 5> verbs{"become", "renew", "extend", "add", "transfer"};
    for (const std::string_view verb : verbs)
        if (const std::string lead = "to " + std::string(verb) + " "; step.starts_with(lead))
            return say("step." + std::string(verb), {{"level", name(step.substr(lead.size()))}});
    return name(step);
}

std::string Speaker::names(const std::vector<std::string>& english) const {
    std::string text;
    for (const std::string& one : english)
        text += (text.empty() ? "" : ", ") + name(one);
    return text;
}

std::string Speaker::title(std::string_view english) const {
    if (language_ == Language::english || english.empty())
        return std::string(english);
    const auto said = messages_.known_name(language_, english);
    return said ? say("title.both", {{"title", *said}, {"printed", english}}) : name(english);
}

std::string Speaker::event(std::string_view event) const {
    constexpr std::array<std::string_view, 10> known{
        "applying",      "deadline",           "issue",      "asked", "attempt", "observed", "named",
        "first session", "training completed", "exam passed"};
    if (std::find(known.begin(), known.end(), event) == known.end())
        return name(event);
    std::string key = "event." + std::string(event);
    std::replace(key.begin(), key.end(), ' ', '_');
    return say(key);
}

std::string Speaker::verdict(Verdict verdict) const {
    if (verdict.is_not_applicable())
        return say("explain.mark.not_applicable");
    if (verdict.passes())
        return say("explain.mark.met");
    return say(verdict.is_unmet() ? "explain.mark.not_met" : "explain.mark.decision");
}

Tone tone_of(Verdict verdict) {
    return verdict.passes() ? Tone::good : verdict.is_unmet() ? Tone::open : Tone::heading;
}

void tell_finding(Sheet& sheet, const Finding& finding, const Speaker& speaker, bool brief, const EntryDays* days) {
    const auto list = [&sheet](const std::string& heading, const std::vector<ExplainedClause>& clauses, bool details) {
        if (clauses.empty())
            return;
        sheet.push_back({});
        sheet.push_back({0, {}, heading, Tone::heading});
        for (const ExplainedClause& clause : clauses) {
            const int indent = 2 + 2 * clause.depth;
            sheet.push_back({indent, clause.mark, clause.headline, tone_of(clause.verdict)});
            if (details)
                for (const std::string& line : clause.details)
                    sheet.push_back({indent + 4, {}, line, Tone::plain});
        }
    };
    const Explanation told = explanation(finding, speaker.messages(), speaker.language(), days);
    sheet.push_back({0, {}, told.answer, tone_of(finding.verdict)});
    list(speaker.say("explain.there"), told.there, !brief);
    list(speaker.say("explain.open"), told.open, true);
}

} // namespace peercert::words
