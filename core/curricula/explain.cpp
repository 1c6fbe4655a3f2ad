#include "curricula/explain.hpp"

#include "curricula/explain_words.hpp"
#include "curricula/phrases.hpp"
#include "curricula/words.hpp"

namespace peercert::curricula {

namespace {

std::string joined(const std::vector<std::string>& words, std::string_view between = ", ") {
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

std::string part_of_a_month(const Stated<bool>& counts) {
    if (!counts.is_stated())
        return counts.knowing == Knowing::unknown ? "not known" : "the source does not say";
    return counts.value ? "counts" : "does not count";
}

std::string fees_text(const std::vector<Fee>& fees) {
    std::string text;
    for (const Fee& fee : fees)
        text += (text.empty() ? "" : " + ") + (fee.name == "fee" ? std::string() : fee.name + " ") +
                (fee.cents.is_stated()                   ? amount_text(fee.cents.value, Unit::cents)
                 : fee.cents.knowing == Knowing::unknown ? "not known"
                                                         : "the source does not say") +
                (fee.each_month_after ? " for each month after " + to_text(*fee.each_month_after) +
                                            " (one that is not over: " + part_of_a_month(fee.a_part_counts) + ")"
                                      : "") +
                (fee.asked_when.empty() ? "" : ", asked not of everybody") +
                (fee.waived_when.empty() ? "" : ", waived for some");
    return text;
}

std::string may_text(const Stated<std::vector<std::string>>& may) {
    switch (may.knowing) {
    case Knowing::stated: return joined(may.value);
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

namespace {

std::string_view late_text(Knowing late) {
    return late == Knowing::none      ? ""
           : late == Knowing::unknown ? "; what filing later is: not known"
                                      : "; what filing later is: the source does not say";
}

/// Of whom a fee is asked, clause by clause.
void say_who_pays(const std::vector<Fee>& fees, const std::string& place, std::vector<ExplainedLine>& lines) {
    const auto say = [&](const Fee& fee, const std::vector<Requirement>& clauses, const char* when) {
        for (const Requirement& one : clauses) {
            lines.push_back({1, fee.name + when, "", "", fee.see, place});
            add(lines, explain(one, 2));
        }
    };
    for (const Fee& fee : fees) {
        say(fee, fee.asked_when, " is asked when");
        say(fee, fee.waived_when, " is waived when");
    }
}

/// What a step does beside asking: when it closes, what it leaves, how long the body takes.
void say_effects(const Step& step, std::vector<ExplainedLine>& lines) {
    if (step.stays_open)
        lines.push_back({1, "stays open",
                         "can be granted until " + to_text(*step.stays_open) + "; then: " +
                             (step.when_closed.is_stated() ? step.when_closed.value : word_or(step.when_closed)),
                         "", step.needs.see, step.place});
    if (!step.flags.empty())
        lines.push_back({1, "afterwards", "recorded with the decision, from its day on: " + joined(step.flags), "",
                         step.needs.see, step.place});
    if (step.decided_within)
        lines.push_back({1, "decided within",
                         (step.decided_in_business_days ? counted(step.decided_within->count, "business days")
                                                        : to_text(*step.decided_within)) +
                             " of receipt, by the body itself",
                         "", step.needs.see, step.place});
}

} // namespace

std::vector<ExplainedLine> explain(const Edition& edition, const Step& step) {
    std::vector<ExplainedLine> lines{{0, step_name(step), "", "", step.needs.see, step.place}};
    if (!step.coming_from.empty())
        lines.push_back({1, "coming from", joined(step.coming_from, " or "), "", "", step.place});
    if (step.filing)
        lines.push_back(
            {1, "filing",
             "opens: " + day_or(step.filing->opens) + "; until: " + day_or(step.filing->until) + "; filed means: " +
                 word_or(step.filing->filed_means) + std::string(late_text(step.filing->filed_late)) +
                 (step.filing->closed_day.is_stated()
                      ? "; a closed day: " + step.filing->closed_day.value +
                            (step.filing->closed_days.empty() ? "" : " by the calendar " + step.filing->closed_days)
                      : ""),
             "", step.filing->see, step.place});
    if (const auto* needs = std::get_if<Group>(&step.needs.body))
        for (const Requirement& clause : needs->parts)
            add(lines, explain(clause, 1));
    say_effects(step, lines);
    if (!step.fees.empty())
        lines.push_back({1, "fee", fees_text(step.fees), "", step.fees.front().see, step.place});
    say_who_pays(step.fees, step.place, lines);
    const Level* level = edition.level(step.level);
    if ((step.verb == Step::Verb::become || step.verb == Step::Verb::add) && level != nullptr && level->lasts)
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
        std::string words;
        for (const Titled& word : rung.called_by_day)
            words += (words.empty() ? "" : "; ") +
                     (word.dated.first ? "from " + peercert::to_text(*word.dated.first) + " " : std::string()) +
                     (word.dated.last ? "until " + peercert::to_text(*word.dated.last) + " " : std::string()) +
                     "called " + word.called;
        lines.push_back({0, words.empty() ? rung.called : words,
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
        say_who_pays(rung.fees, {}, lines);
    }
    return lines;
}

namespace {

void say_attendance(const Format& format, std::vector<ExplainedLine>& lines) {
    const auto say = [&](const char* name, const std::string& sentence) {
        lines.push_back({1, name, sentence, "", format.see, ""});
    };
    if (format.missed_at_most)
        say("missed at most", amount_text(format.missed_at_most->count(), Unit::minutes) +
                                  (format.held_by_plan().count() > 0
                                       ? " of " + amount_text(format.held_by_plan().count(), Unit::minutes) + ", or"
                                       : std::string()) +
                                  " of the hours that a cohort held; lateness counts");
    if (!format.never_missed.empty())
        say("never missed", joined(format.never_missed) + ": there from beginning to end");
    if (format.missed_at_most || !format.never_missed.empty())
        say("made up by", format.made_up_by.knowing == Knowing::none ? "nothing" : word_or(format.made_up_by));
    for (const Format::Outcome& outcome : format.outcomes) {
        if (!outcome.needs) {
            say("outcome", outcome.called + (&outcome == &format.outcomes.back() ? ": otherwise" : ": completed"));
            continue;
        }
        std::vector<ExplainedLine> needs = explain(*outcome.needs, 1);
        needs.front().name = "outcome " + outcome.called;
        add(lines, std::move(needs));
    }
}

} // namespace

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
    say("units, in this order", joined(format.units));
    std::vector<std::string> slots;
    for (const std::vector<std::string>& slot : format.led_by)
        slots.push_back(joined(slot, " or "));
    say("led by", format.led_by_invitation.empty() ? joined(slots, "; and ") : format.led_by_invitation);
    if (format.others_may_lead_along)
        say("others", "may lead along, without a level");
    if (format.learners_for_each_leader)
        say("learners for each leader", "at most " + std::to_string(*format.learners_for_each_leader));
    say("never recorded", joined(format.never_recorded));
    if (format.keeps_no_register)
        say("register", "none is kept: attendance and membership are refused");
    if (format.completion) {
        std::vector<ExplainedLine> completion = explain(*format.completion, 1);
        completion.front().name = "completed by";
        add(lines, std::move(completion));
    }
    say_attendance(format, lines);
    say("completing it records", format.completion_word);
    say("gives", format.gives);
    return lines;
}

std::vector<ExplainedLine> explain(const Level& level) {
    std::vector<ExplainedLine> lines{{0, level.name, "", "", level.see, ""}};
    if (!level.may.empty())
        lines.push_back({1, "may", joined(level.may), "", "", ""});
    if (!level.may_not.empty())
        lines.push_back(
            {1, "may not", joined(level.may_not) + (level.why_not.empty() ? "" : ": " + level.why_not), "", "", ""});
    if (level.stays_current) {
        std::vector<ExplainedLine> current = explain(*level.stays_current, 1);
        current.front().name = "stays current";
        add(lines, std::move(current));
    }
    if (level.eligible_while) {
        std::vector<ExplainedLine> eligible = explain(*level.eligible_while, 1);
        eligible.front().name = "eligible while";
        add(lines, std::move(eligible));
        lines.push_back({1, "when no longer eligible",
                         level.when_no_longer_eligible == Level::NoLonger::ends ? "it ends"
                         : level.when_no_longer_eligible == Level::NoLonger::keeps_to_expiry
                             ? "it is kept to its last day"
                             : "the source does not say",
                         "", level.see, ""});
    }
    return lines;
}

namespace {

std::string shown_text(Purpose::Shown shown) {
    switch (shown) {
    case Purpose::Shown::not_said: return {};
    case Purpose::Shown::everyone: return "; shown to everyone";
    case Purpose::Shown::with_consent: return "; shown with the holder's consent";
    case Purpose::Shown::nobody: return "; shown to nobody";
    }
    return {};
}

} // namespace

std::vector<ExplainedLine> explain(const Purpose& purpose) {
    if (!purpose.not_known.empty())
        return {{0, purpose.name, "not known: " + purpose.not_known, "", purpose.see, ""}};
    return {{0, purpose.name,
             joined(purpose.levels, " or ") + (purpose.dated ? ", " + to_text(*purpose.dated) : "") +
                 (purpose.restriction.empty()
                      ? ""
                      : "; " + joined(purpose.restriction_levels, " and ") + ": " + purpose.restriction) +
                 (purpose.needs_good_standing ? "; not while a complaint is pending" : "") +
                 (purpose.employer_confirms.empty() ? ""
                                                    : "; the employer confirms: " + joined(purpose.employer_confirms)) +
                 shown_text(purpose.shown_to),
             "", purpose.see, ""}};
}

std::vector<ExplainedLine> explain_sign_off(const Edition& edition) {
    std::vector<ExplainedLine> lines;
    if (edition.sign_off) {
        const SignOffRule& rule = *edition.sign_off;
        lines.push_back({0, "by",
                         joined(rule.levels, " or ") + ", current on the day observed" +
                             (rule.issuers.empty() ? "" : ", issued by " + joined(rule.issuers, " or ")) +
                             "; assessors: " + std::to_string(rule.assessors) +
                             (rule.different_organizations ? " from different organizations" : "") +
                             (rule.methods.empty() ? "" : "; observed in: " + joined(rule.methods, " or ")) +
                             "; entered later than " + counted(rule.enter_within_days, "days") + " it needs a reason",
                         "", rule.see, ""});
    }
    if (!edition.scale.words.empty())
        lines.push_back({0, "scale",
                         joined(edition.scale.words) + "; shown means: " + joined(edition.scale.counts, " or "), "",
                         edition.scale.see, ""});
    for (const Scale::Anchor& anchor : edition.scale.anchors)
        lines.push_back({1, anchor.word, anchor.looks_like, "", "", ""});
    return lines;
}

namespace {

std::string ladder_text(ExceptionRule::Ladder ladder) {
    switch (ladder) {
    case ExceptionRule::Ladder::goes_on: return "; the days after expiry run on underneath";
    case ExceptionRule::Ladder::begins_after: return "; the days after expiry are counted from its end";
    case ExceptionRule::Ladder::not_said: return "; whether the days after expiry begin after it: not known";
    }
    return {};
}

std::string that_day_text(ExceptionRule::ThatDay day) {
    switch (day) {
    case ExceptionRule::ThatDay::replaces: return ", whatever the clock says";
    case ExceptionRule::ThatDay::prolongs: return ", unless the clock says a later day";
    case ExceptionRule::ThatDay::shortens: return ", unless the clock says an earlier day";
    }
    return {};
}

} // namespace

std::vector<ExplainedLine> explain(const ExceptionRule& rule) {
    return {{0, rule.name,
             "for people with the fact \"" + rule.cohort_fact + "\"" +
                 (rule.dated.first ? ", from " + peercert::to_text(*rule.dated.first) : "") +
                 (rule.dated.last ? " until " + peercert::to_text(*rule.dated.last) : "") +
                 (rule.dated.last ? ladder_text(rule.ladder) : "") +
                 (rule.last_day
                      ? "; their term then ends on " + peercert::to_text(*rule.last_day) + that_day_text(rule.that_day)
                      : "") +
                 (rule.clauses_waived.empty() ? "" : "; not asked, once: " + joined(rule.clauses_waived)) +
                 (rule.fee_waivable ? "; the fee can be waived" : ""),
             rule.note, rule.see, ""}};
}

} // namespace peercert::curricula
