#include "curricula/explain.hpp"

#include "curricula/phrases.hpp"
#include "curricula/words.hpp"

namespace peercert::curricula {

namespace {

std::string listed(const std::vector<std::string>& words, std::string_view between = ", ") {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : std::string(between)) + word;
    return text;
}

std::string day_or(const Stated<DayExpression>& day) {
    if (day.is_stated())
        return to_text(day.value);
    return day.knowing == Knowing::none      ? "no limit"
           : day.knowing == Knowing::unknown ? "not known"
                                             : "the source does not say";
}

std::string word_or(const Stated<std::string>& word) {
    return word.is_stated() ? word.value : word.knowing == Knowing::unknown ? "not known" : "the source does not say";
}

std::string fees_text(const std::vector<Fee>& fees) {
    std::string text;
    for (const Fee& fee : fees)
        text += (text.empty() ? "" : " + ") + (fee.name == "fee" ? std::string() : fee.name + " ") +
                (fee.cents.is_stated()                   ? amount_text(fee.cents.value, Unit::cents)
                 : fee.cents.knowing == Knowing::unknown ? "not known"
                                                         : "the source does not say");
    return text;
}

std::string lasts_text(const Lasts& lasts) {
    std::string text = (lasts.term ? to_text(*lasts.term) + ", " : "") + "by the clock: " + lasts.clock;
    for (const auto& [name, value] : lasts.parameters.named)
        text += "; " + name + ": " + value.text;
    if (lasts.renewals_at_most)
        text += "; at most " + std::to_string(*lasts.renewals_at_most) + " renewals";
    return text;
}

std::string may_text(const Stated<std::vector<std::string>>& may) {
    switch (may.knowing) {
    case Knowing::stated: return listed(may.value);
    case Knowing::none: return "nothing";
    case Knowing::unknown: return "not known";
    case Knowing::nothing_said: return "the source does not say";
    }
    return {};
}

void add(std::vector<ExplainedLine>& lines, std::vector<ExplainedLine> more) {
    lines.insert(lines.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

} // namespace

std::string step_name(const Step& step) {
    return "to " + std::string(step_verbs()[static_cast<std::size_t>(step.verb)]) + " " + step.level;
}

std::string_view to_text(Confidence confidence) {
    return split_words(find_word(Setting::source, "trust")->allowed)[static_cast<std::size_t>(confidence)];
}

std::string_view to_text(Edition::Kind kind) {
    switch (kind) {
    case Edition::Kind::curriculum: return "curriculum";
    case Edition::Kind::track: return "track";
    case Edition::Kind::framework: return "framework";
    }
    return {};
}

std::string in_force_sentence(const Edition& edition) {
    std::string text = edition.in_force_from.is_stated()
                           ? "in force from " + peercert::to_text(edition.in_force_from.value)
                           : "in force since a day that is not known";
    if (edition.in_force_from.knowing == Knowing::nothing_said)
        text = "in force";
    text += edition.in_force_until ? " until " + peercert::to_text(*edition.in_force_until) : " until further notice";
    if (!edition.chosen_by.empty())
        text += "; chosen by the day of: " + edition.chosen_by;
    return text;
}

std::vector<ExplainedLine> explain(const Edition& edition, const Step& step) {
    std::vector<ExplainedLine> lines{{0, step_name(step), "", "", step.needs.see, step.place}};
    if (!step.coming_from.empty())
        lines.push_back({1, "coming from", listed(step.coming_from, " or "), "", "", step.place});
    if (step.filing)
        lines.push_back(
            {1, "filing",
             "opens: " + day_or(step.filing->opens) + "; until: " + day_or(step.filing->until) +
                 "; filed means: " + word_or(step.filing->filed_means) +
                 (step.filing->closed_day.is_stated() ? "; a closed day: " + step.filing->closed_day.value : ""),
             "", step.filing->see, step.place});
    if (const auto* needs = std::get_if<Group>(&step.needs.body))
        for (const Requirement& clause : needs->parts)
            add(lines, explain(clause, 1));
    if (!step.fees.empty())
        lines.push_back({1, "fee", fees_text(step.fees), "", step.fees.front().see, step.place});
    const Level* level = edition.level(step.level);
    if (step.verb == Step::Verb::become && level != nullptr && level->lasts)
        lines.push_back({1, "lasts", lasts_text(*level->lasts), "", level->lasts->see, step.place});
    return lines;
}

std::vector<ExplainedLine> explain_after_expiry(const Edition& edition) {
    std::vector<ExplainedLine> lines;
    for (const Rung& rung : edition.after_expiry) {
        std::string until;
        switch (rung.until_kind) {
        case Rung::Until::day: until = "up to " + to_text(rung.until); break;
        case Rung::Until::printed:
            until = "up to " + rung.printed + ", as printed (arithmetic says: " + rung.arithmetic + ")";
            break;
        case Rung::Until::no_limit: until = "from then on"; break;
        case Rung::Until::unknown: until = "up to a day that is not known"; break;
        }
        lines.push_back({0, rung.called,
                         until + "; the holder may: " + may_text(rung.holder_may) +
                             (rung.fees.empty() ? "" : "; fee: " + fees_text(rung.fees)) +
                             (rung.decides.empty() ? "" : "; the body decides: " + rung.decides),
                         "", rung.see, ""});
        if (rung.to_come_back) {
            std::vector<ExplainedLine> back = explain(*rung.to_come_back, 1);
            back.front().name =
                rung.only_to_come_back ? "to come back, instead of the renewal" : "to come back, besides the renewal";
            add(lines, std::move(back));
        }
    }
    return lines;
}

std::vector<ExplainedLine> explain(const Format& format) {
    std::vector<ExplainedLine> lines{{0, format.name, "", "", format.see, ""}};
    const auto say = [&](const char* name, const std::string& sentence) {
        if (!sentence.empty())
            lines.push_back({1, name, sentence, "", "", ""});
    };
    say("size", format.size ? to_text(*format.size, "people") : std::string());
    say("sessions", format.sessions ? std::to_string(*format.sessions) +
                                          (format.session_length.count() > 0
                                               ? " of " + amount_text(format.session_length.count(), Unit::minutes)
                                               : "")
                                    : std::string());
    say("content", format.content_at_least.count() > 0
                       ? "at least " + amount_text(format.content_at_least.count(), Unit::minutes)
                       : std::string());
    say("units, in this order", listed(format.units));
    std::vector<std::string> slots;
    for (const std::vector<std::string>& slot : format.led_by)
        slots.push_back(listed(slot, " or "));
    say("led by", format.led_by_invitation.empty() ? listed(slots, "; and ") : format.led_by_invitation);
    say("never recorded", listed(format.never_recorded));
    if (format.keeps_no_register)
        say("register", "none is kept: attendance and membership are refused");
    if (format.completion) {
        std::vector<ExplainedLine> completion = explain(*format.completion, 1);
        completion.front().name = "completed by";
        add(lines, std::move(completion));
    }
    say("completing it records", format.completion_word);
    say("gives", format.gives);
    return lines;
}

std::vector<ExplainedLine> explain(const Level& level) {
    std::vector<ExplainedLine> lines{{0, level.name, "", "", level.see, ""}};
    if (!level.may.empty())
        lines.push_back({1, "may", listed(level.may), "", "", ""});
    if (!level.may_not.empty())
        lines.push_back(
            {1, "may not", listed(level.may_not) + (level.why_not.empty() ? "" : ": " + level.why_not), "", "", ""});
    if (level.stays_current) {
        std::vector<ExplainedLine> current = explain(*level.stays_current, 1);
        current.front().name = "stays current";
        add(lines, std::move(current));
    }
    return lines;
}

std::vector<ExplainedLine> explain(const Purpose& purpose) {
    return {
        {0, purpose.name,
         listed(purpose.levels, " or ") + (purpose.dated ? ", " + to_text(*purpose.dated) : "") +
             (purpose.restriction.empty()
                  ? ""
                  : "; " + listed(purpose.restriction_levels, " and ") + ": " + purpose.restriction) +
             (purpose.employer_confirms.empty() ? "" : "; the employer confirms: " + listed(purpose.employer_confirms)),
         "", purpose.see, ""}};
}

std::vector<ExplainedLine> explain_sign_off(const Edition& edition) {
    std::vector<ExplainedLine> lines;
    if (edition.sign_off) {
        const SignOffRule& rule = *edition.sign_off;
        lines.push_back({0, "by",
                         listed(rule.levels, " or ") +
                             ", current on the day observed; assessors: " + std::to_string(rule.assessors) +
                             (rule.methods.empty() ? "" : "; observed in: " + listed(rule.methods, " or ")) +
                             "; entered later than " + std::to_string(rule.enter_within_days) +
                             " days it needs a reason",
                         "", rule.see, ""});
    }
    if (!edition.scale.words.empty())
        lines.push_back({0, "scale",
                         listed(edition.scale.words) + "; shown means: " + listed(edition.scale.counts, " or "), "", "",
                         ""});
    return lines;
}

std::vector<ExplainedLine> explain(const ExceptionRule& rule) {
    return {{0, rule.name,
             "for people with the fact \"" + rule.cohort_fact + "\"" +
                 (rule.dated.first ? ", from " + peercert::to_text(*rule.dated.first) : "") +
                 (rule.dated.last ? " until " + peercert::to_text(*rule.dated.last) : "") +
                 (rule.last_day ? "; their term then ends on " + peercert::to_text(*rule.last_day) : "") +
                 (rule.clauses_waived.empty() ? "" : "; not asked, once: " + listed(rule.clauses_waived)) +
                 (rule.fee_waivable ? "; the fee can be waived" : ""),
             rule.note, rule.see, ""}};
}

} // namespace peercert::curricula
