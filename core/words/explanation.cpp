#include "words/explanation.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "services/assessment.hpp"

namespace peercert::words {

namespace {

std::string_view reason_key(RefusalReason reason) {
    switch (reason) {
    case RefusalReason::before_start: return "explain.reason.before_start";
    case RefusalReason::after_end: return "explain.reason.after_end";
    case RefusalReason::after_asked_day: return "explain.reason.after_asked_day";
    case RefusalReason::spans_edge: return "explain.reason.spans_edge";
    case RefusalReason::wrong_category: return "explain.reason.wrong_category";
    case RefusalReason::excluded: return "explain.reason.excluded";
    case RefusalReason::not_at_level: return "explain.reason.not_at_level";
    case RefusalReason::no_authority: return "explain.reason.no_authority";
    case RefusalReason::authority_not_held: return "explain.reason.authority_not_held";
    case RefusalReason::over_cap: return "explain.reason.over_cap";
    case RefusalReason::repeated: return "explain.reason.repeated";
    case RefusalReason::pending: return "explain.reason.pending";
    case RefusalReason::missing_field: return "explain.reason.missing_field";
    case RefusalReason::not_passed: return "explain.reason.not_passed";
    case RefusalReason::used_elsewhere: return "explain.reason.used_elsewhere";
    case RefusalReason::word_undecided: return "explain.reason.word_undecided";
    case RefusalReason::not_whole: return "explain.reason.not_whole";
    case RefusalReason::too_short: return "explain.reason.too_short";
    case RefusalReason::too_soon: return "explain.reason.too_soon";
    case RefusalReason::day_not_known: return "explain.reason.day_not_known";
    }
    return "explain.reason.wrong_category";
}

std::string_view mark_key(Verdict verdict) {
    if (verdict.is_not_applicable())
        return "explain.mark.not_applicable";
    if (verdict.passes()) // an open part that cannot change the answer is nobody's worry
        return "explain.mark.met";
    return verdict.is_unmet() ? "explain.mark.not_met" : "explain.mark.decision";
}

/// The words the engine gives for "why open"; anything else is shown as a decision.
std::string_view open_key(const std::string& because) {
    if (because == "unknown")
        return "explain.open_because.unknown";
    if (because == "nothing said")
        return "explain.open_because.nothing_said";
    if (because == "pending")
        return "explain.open_because.pending";
    if (because == "split it")
        return "explain.open_because.split";
    if (because == "missing")
        return "explain.open_because.missing";
    if (because == "length")
        return "explain.open_because.length";
    if (because == "plugin")
        return "explain.open_because.plugin";
    return "explain.open_because.decision";
}

class Explainer {
public:
    Explainer(const Messages& messages, Language language, const EntryDays* days)
        : messages_(messages), language_(language), days_(days) {}

    /// `said` is the source that a clause above named already.
    void clause(const Finding& finding, int depth, const std::string& said, std::vector<ExplainedClause>& into) const {
        if (finding.kind == "none of")
            return none_of(finding, depth, said, into);
        if (says_nothing_of_its_own(finding))
            return clause(finding.parts.front(), depth, said, into);
        ExplainedClause one;
        one.depth = depth;
        one.verdict = finding.verdict;
        one.mark = messages_.text(language_, mark_key(finding.verdict));
        one.headline = headline(finding);
        if (const std::string figures = figures_of(finding); !figures.empty())
            one.headline += ": " + figures;
        details(finding, said, one.details);
        into.push_back(std::move(one));
        if (finding.verdict.is_not_applicable())
            return;
        for (const Finding& part : finding.parts)
            if (!finding.verdict.passes() || part.verdict.passes()) // what decided
                clause(part, depth + 1, finding.source ? finding.source->mark : said, into);
    }

private:
    /// What must not be: told as what is wanted, that nothing of the kind is on record. Its parts are no steps of
    /// anybody, so they have no marks of their own.
    void none_of(const Finding& finding, int depth, const std::string& said, std::vector<ExplainedClause>& into) const {
        const auto named = [this](const Finding& one) {
            const std::string_view clause = one.clause.empty() ? one.kind : one.clause;
            // "fact on probation": a name that was only made from the words of the clause
            return name(clause.starts_with(one.kind + " ") ? clause.substr(one.kind.size() + 1) : clause);
        };
        std::string kinds;
        for (const Finding& part : finding.parts)
            if (finding.verdict.passes() || !part.verdict.is_unmet())
                kinds += (kinds.empty() ? "" : ", ") + named(part);
        ExplainedClause one;
        one.depth = depth;
        one.verdict = finding.verdict;
        one.mark = messages_.text(language_, mark_key(finding.verdict));
        const bool has_name = !finding.clause.empty() && finding.clause != finding.kind;
        if (!finding.verdict.passes())
            one.headline = say(finding.verdict.is_unmet() ? "explain.none_of_found" : "explain.none_of_open",
                               {{"name", name(has_name ? finding.clause : finding.kind)}, {"what", kinds}});
        else if (has_name && !kinds.empty())
            one.headline = say("explain.none_of_named", {{"name", name(finding.clause)}, {"what", kinds}});
        else
            one.headline = say("explain.none_of", {{"what", kinds.empty() ? name(finding.clause) : kinds}});
        if (!finding.verdict.passes())
            for (const Finding& part : finding.parts)
                if (!part.verdict.is_unmet())
                    stands_in_the_way(part, named(part), one.details);
        if (finding.verdict.is_unmet())
            one.details.push_back(messages_.text(language_, "explain.none_of.way"));
        remarks(finding, said, one.details);
        into.push_back(std::move(one));
    }
    void stands_in_the_way(const Finding& part, const std::string& what, std::vector<std::string>& lines) const {
        for (const UsedEntry& used : part.used)
            lines.push_back(say("explain.none_of.is", {{"what", what}, {"entry", entry_name(used.entry)}}));
        if (part.used.empty())
            lines.push_back(
                say(part.verdict.is_met() ? "explain.none_of.is_so" : "explain.none_of.may_be", {{"what", what}}));
        if (!part.verdict.is_met())
            next_step(part, lines);
        days_of(part, lines);
    }

    /// "statement one year in recovery" was only made from the words of the clause; people say it with a colon.
    std::string headline(const Finding& finding) const {
        const std::string& what = finding.next.what;
        if (!what.empty() && finding.clause == finding.kind + " " + what)
            return say("explain.made_name", {{"kind", name(finding.kind)}, {"what", name(what)}});
        return name(finding.clause.empty() ? finding.kind : finding.clause);
    }

    /// A step between a name and its one rule ("stays current", a meaning): the rule below says it all.
    static bool says_nothing_of_its_own(const Finding& finding) {
        return finding.parts.size() == 1 && !finding.have && finding.used.empty() && finding.refused.empty() &&
               finding.note.empty() && finding.open_because.empty();
    }

    static bool has_open_part(const Finding& finding) {
        return std::any_of(finding.parts.begin(), finding.parts.end(),
                           [](const Finding& part) { return !part.verdict.passes(); });
    }

    std::string say(std::string_view key, Messages::Values values) const {
        return messages_.format(language_, key, values);
    }
    std::string name(std::string_view english) const { return messages_.name(language_, english); }
    std::string amount(std::int64_t value, Unit unit) const { return amount_text(value, unit, messages_, language_); }

    std::string amount(std::int64_t value, const Finding& finding) const {
        return amount_text(value, finding.unit, finding.own_unit, finding.own_unit_size, messages_, language_);
    }

    std::string figures_of(const Finding& finding) const {
        if (!finding.have)
            return "";
        const std::string have = amount(*finding.have, finding);
        if (!finding.need)
            return say("explain.have", {{"have", have}});
        if (*finding.need == 0 && !finding.need_is_limit)
            return say("explain.of_none", {{"have", have}});
        const std::string need = amount(*finding.need, finding);
        if (finding.kind == "age")
            return say(finding.need_is_limit ? "explain.age_limit" : "explain.age", {{"have", have}, {"need", need}});
        if (finding.need_is_limit)
            return say("explain.of_limit", {{"have", have}, {"need", need}});
        if (finding.have_most && *finding.have_most != *finding.have)
            return say("explain.of_range",
                       {{"have", have}, {"most", amount(*finding.have_most, finding)}, {"need", need}});
        return say("explain.of", {{"have", have}, {"need", need}});
    }

    void details(const Finding& finding, const std::string& said, std::vector<std::string>& lines) const {
        if (!finding.verdict.passes() && !has_open_part(finding))
            next_step(finding, lines);
        if (!finding.open_because.empty())
            why_open(finding, lines);
        if (services::is_a_choice(finding) && !finding.verdict.passes())
            lines.push_back(messages_.text(language_, "explain.any"));
        for (const UsedEntry& used : finding.used)
            lines.push_back(used_line(used, finding));
        for (const RefusedEntry& refused : finding.refused)
            if (refused.reason != RefusalReason::wrong_category)
                lines.push_back(refused_line(refused, finding));
        refused_others(finding, lines);
        days_of(finding, lines);
        if (finding.holds_until && finding.verdict.passes())
            lines.push_back(say("explain.holds_until", {{"day", messages_.day(language_, *finding.holds_until)}}));
        remarks(finding, said, lines);
    }

    /// What nobody found, or the rule leaves unsaid, is named: the question that is open, else the clause.
    void why_open(const Finding& finding, std::vector<std::string>& lines) const {
        const std::string_view key = open_key(finding.open_because);
        if (key != "explain.open_because.unknown" && key != "explain.open_because.nothing_said")
            return lines.push_back(messages_.text(language_, key));
        const bool asks = finding.next.kind == NextStep::Kind::decision && !finding.next.what.empty();
        lines.push_back(say(key, {{"what", name(asks                     ? finding.next.what
                                                : finding.clause.empty() ? finding.kind
                                                                         : finding.clause)}}));
    }

    void refused_others(const Finding& finding, std::vector<std::string>& lines) const {
        std::string entries;
        for (const RefusedEntry& refused : finding.refused)
            if (refused.reason == RefusalReason::wrong_category)
                entries += (entries.empty() ? "" : ", ") + entry_name(refused.entry);
        if (!entries.empty())
            lines.push_back(say("explain.refused_others", {{"entries", entries}}));
    }

    void remarks(const Finding& finding, const std::string& said, std::vector<std::string>& lines) const {
        if (!finding.note.empty())
            lines.push_back(say("explain.note", {{"note", name(finding.note)}}));
        if (finding.source && !finding.source->what.empty() && finding.source->mark != said)
            lines.push_back(say(finding.source->what == finding.source->confidence ? "explain.source_none"
                                : finding.source->as_of.empty() || finding.source->as_of == "unknown"
                                    ? "explain.source"
                                    : "explain.source_read",
                                {{"what", finding.source->what},
                                 {"confidence", trust_text(finding.source->confidence, messages_, language_)},
                                 {"as_of", finding.source->as_of}}));
    }

    void next_step(const Finding& finding, std::vector<std::string>& lines) const {
        const NextStep& next = finding.next;
        const std::string what = name(next.what);
        switch (next.kind) {
        case NextStep::Kind::nothing: return;
        case NextStep::Kind::add_amount:
            // The clause above names what is counted; only something else is named again.
            lines.push_back(say(
                next.what.empty() || next.what == finding.clause ? "explain.next.add" : "explain.next.add_amount",
                {{"amount", next.unit == finding.unit ? amount(next.amount, finding) : amount(next.amount, next.unit)},
                 {"what", what}}));
            return;
        case NextStep::Kind::do_it: lines.push_back(do_it(finding)); return;
        case NextStep::Kind::wait_until:
            if (next.day)
                lines.push_back(say("explain.next.wait_until", {{"day", messages_.day(language_, *next.day)}}));
            return;
        case NextStep::Kind::decision: lines.push_back(say("explain.next.decision", {{"what", what}})); return;
        case NextStep::Kind::confirm: lines.push_back(say("explain.next.confirm", {{"what", what}})); return;
        case NextStep::Kind::start_again: lines.push_back(say("explain.next.start_again", {{"what", what}})); return;
        }
    }

    /// What is to be done, by the word that the clause starts with; the thing is named where the clause has another
    /// name.
    std::string do_it(const Finding& finding) const {
        constexpr std::array<std::pair<std::string_view, std::string_view>, 6> keys{
            {{"exam", "explain.next.exam"},
             {"statement", "explain.next.statement"},
             {"document", "explain.next.document"},
             {"schooling", "explain.next.document"},
             {"training", "explain.next.training"},
             {"level", "explain.next.level"}}};
        const std::string& what = finding.next.what;
        const auto known =
            std::find_if(keys.begin(), keys.end(), [&](const auto& one) { return one.first == finding.kind; });
        if (known == keys.end())
            return say("explain.next.do_it", {{"what", name(what)}});
        const bool named = finding.clause == what || finding.clause == finding.kind + " " + what;
        return say(std::string(known->second) + (named && finding.kind != "level" ? "_this" : ""),
                   {{"what", name(what)}});
    }

    std::string used_line(const UsedEntry& used, const Finding& finding) const {
        const std::string entry = entry_name(used.entry);
        if (used.counted == 0 && used.of == 0)
            return say("explain.used_plain", {{"entry", entry}});
        const std::string counted = amount(used.counted, finding), of = amount(used.of, finding);
        const bool whole = used.counted == used.of;
        const std::string_view key = used.part.empty() ? (whole ? "explain.used" : "explain.used_some")
                                                       : (whole ? "explain.used_part" : "explain.used_some_part");
        return say(key, {{"entry", entry}, {"counted", counted}, {"of", of}, {"part", name(used.part)}});
    }

    /// The time that counts as one sentence; other days by their name, unless that sentence says them.
    void days_of(const Finding& finding, std::vector<std::string>& lines) const {
        std::optional<Date> from, until;
        for (const AnchorDay& anchor : finding.anchors) {
            if (anchor.name == "from")
                from = anchor.day;
            if (anchor.name == "until")
                until = anchor.day;
        }
        if (finding.kind == "filing" || (from && until && *until < *from))
            from = until = std::nullopt;
        if (from && until)
            lines.push_back(*from == *until ? say("explain.window_day", {{"day", day(*from)}})
                                            : say("explain.window", {{"from", day(*from)}, {"until", day(*until)}}));
        else if (from)
            lines.push_back(say("explain.window_from", {{"from", day(*from)}}));
        else if (until)
            lines.push_back(say("explain.window_until", {{"until", day(*until)}}));
        for (const AnchorDay& anchor : finding.anchors)
            if (anchor.day != from && anchor.day != until && !is_told_by_another(anchor, finding))
                lines.push_back(say("explain.day", {{"name", anchor_text(anchor.name)}, {"day", day(anchor.day)}}));
    }
    /// "measured at" and "on" only say which of the other days decides.
    static bool is_told_by_another(const AnchorDay& anchor, const Finding& finding) {
        return (anchor.name == "measured at" || anchor.name == "on") &&
               std::any_of(finding.anchors.begin(), finding.anchors.end(), [&](const AnchorDay& other) {
                   return other.day == anchor.day && other.name != anchor.name;
               });
    }
    std::string anchor_text(std::string_view anchor) const {
        constexpr std::array<std::string_view, 14> days{"asked",        "applying",           "issue",    "expiry",
                                                        "term start",   "first issue",        "passing",  "birth",
                                                        "last renewal", "last certification", "approval", "measured at",
                                                        "opens",        "stays open until"};
        if (std::find(days.begin(), days.end(), anchor) == days.end())
            return name(anchor);
        std::string key = "day." + std::string(anchor);
        std::replace(key.begin(), key.end(), ' ', '_');
        return messages_.text(language_, key);
    }
    std::string day(Date date) const { return messages_.day(language_, date); }

    /// Entries that are only supposed have negative numbers.
    std::string entry_name(EntryId id) const {
        const std::string number = id.value() < 0 ? say("whatif.supposed", {{"number", std::to_string(-id.value())}})
                                                  : std::to_string(id.value());
        if (days_ == nullptr)
            return number;
        const auto found = days_->find(id);
        return found == days_->end() ? number : say("explain.entry", {{"number", number}, {"day", day(found->second)}});
    }

    std::string refused_line(const RefusedEntry& refused, const Finding& finding) const {
        const std::string entry = entry_name(refused.entry);
        std::string reason = messages_.text(language_, reason_key(refused.reason));
        if (!refused.detail.empty())
            reason = say("explain.reason.detail", {{"reason", reason}, {"detail", name(refused.detail)}});
        if (refused.amount == 0 || finding.unit == Unit::none)
            return say("explain.refused_plain", {{"entry", entry}, {"reason", reason}});
        return say("explain.refused",
                   {{"entry", entry}, {"amount", amount(refused.amount, finding)}, {"reason", reason}});
    }

    const Messages& messages_;
    Language language_;
    const EntryDays* days_;
};

std::string_view answer_key(Verdict verdict) {
    if (verdict.is_not_applicable())
        return "explain.answer.nothing_asked";
    if (verdict.passes())
        return "explain.answer.met";
    return verdict.is_unmet() ? "explain.answer.not_met" : "explain.answer.decision";
}

} // namespace

Explanation explanation(const Finding& finding, const Messages& messages, Language language, const EntryDays* days) {
    const Explainer explainer(messages, language, days);
    Explanation all;
    all.answer = messages.text(language, answer_key(finding.verdict));
    if (finding.parts.empty()) {
        explainer.clause(finding, 0, {}, finding.verdict.passes() ? all.there : all.open);
        return all;
    }
    for (const Finding& part : finding.parts) {
        // The needs of a step are what people came for: each stands for itself.
        const bool is_the_list = part.kind == "needs";
        for (const Finding& one : is_the_list ? part.parts : std::vector<Finding>{part})
            explainer.clause(one, 0, {}, one.verdict.passes() ? all.there : all.open);
    }
    return all;
}

} // namespace peercert::words
