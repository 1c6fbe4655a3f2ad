#include <algorithm>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "rules/judging.hpp"
#include "rules/ladder.hpp"

/// Terms and purposes: what the record and the day make of the edition's clocks and ladder.
namespace peercert::rules {

Symbol level_word(const Program& program, std::string_view level) {
    const Edition& edition = program.edition();
    if (edition.level(level) == nullptr) {
        std::vector<std::string_view> known;
        for (const Level& one : edition.levels)
            known.push_back(one.name);
        const std::string near = nearest(level, known);
        throw Error(ErrorCode::not_found, edition.code + " " + edition.edition + " has no level \"" +
                                              std::string(level) + "\"" +
                                              (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"));
    }
    return program.compiled().words->intern(level);
}

namespace {

TermQuestion question_of(const Judging& judging, Symbol level) {
    TermQuestion question;
    question.issued = to_date(judging.issue);
    question.born = judging.record.born;
    if (const auto passing = judging.passing_day())
        question.passing = to_date(*passing);
    const auto terms = terms_of(judging.record, judging.program.track, level);
    if (!terms.empty() && terms.front().first <= judging.situation.as_of)
        question.first_issued = terms.front().first;
    return question;
}

} // namespace

namespace {

/// The latest certification among a track and those that it is aligned with.
Date latest_certification(const Judging& judging, const Lasts& lasts, Date own) {
    for (const std::string& track : lasts.aligned_with)
        if (const auto terms = terms_of(judging.record, judging.program.words->find(track), Symbol::none);
            !terms.empty() && terms.front().first <= judging.situation.as_of)
            own = std::max(own, terms.front().first);
    return own;
}

/// The first day of the unbroken row of terms that the present one ends.
Date row_from(const Judging& judging, Symbol level) {
    Date from = judging.term->first;
    const auto terms = terms_of(judging.record, judging.program.track, level);
    for (auto term = terms.rbegin(); term != terms.rend(); ++term)
        if (term->first < from && (!term->last || add_days(*term->last, 1) >= from))
            from = term->first;
    return from;
}

/// What is added ends with the term it is added to.
std::optional<Date> unchanged_last(const Judging& judging, const std::string& level, Date day) {
    for (const Holding& holding : judging.record.holdings)
        if (holding.track == judging.program.track)
            if (const HeldTerm* term = holding.in_force(day))
                return term->last;
    throw Error(ErrorCode::invalid_input,
                "\"" + level + "\" is added to a term in force, and on " + to_text(day) + " there is none");
}

std::optional<Date> excepted_last(const ExceptionRule& rule, const std::optional<Date>& by_clock) {
    if (!by_clock || rule.that_day == ExceptionRule::ThatDay::replaces)
        return rule.last_day;
    return rule.that_day == ExceptionRule::ThatDay::prolongs ? std::max(*by_clock, *rule.last_day)
                                                             : std::min(*by_clock, *rule.last_day);
}

const Lasts* lasts_of(const Edition& edition, std::string_view level) {
    const Level* found = edition.level(level);
    return found != nullptr && found->lasts ? &*found->lasts : nullptr;
}

} // namespace

PresentTerm first_term(const Program& program, std::string_view level, const Record& record,
                       const Situation& situation) {
    Workspace room;
    const Symbol word = level_word(program, level);
    const Judging judging(program, Goal{0, 0, word}, record, situation, room);
    TermQuestion question = question_of(judging, word);
    PresentTerm term;
    term.number = 1;
    for (const HeldTerm& held : terms_of(record, program.compiled().track, word))
        term.number += held.first < question.issued ? 1 : 0;
    question.first_issued = question.issued;
    term.first = question.issued;
    const Lasts* lasts = lasts_of(program.edition(), level);
    if (lasts != nullptr && lasts->clock == "unchanged") {
        term.last = unchanged_last(judging, std::string(level), term.first);
        return term;
    }
    TermChoice choice{.term = situation.term_asked};
    if (lasts != nullptr)
        choice.counted_from = latest_certification(judging, *lasts, question.issued);
    term.last = last_day(program, level, question, choice);
    return term;
}

PresentTerm next_term(const Program& program, std::string_view level, const Record& record,
                      const Situation& situation) {
    Workspace room;
    const Symbol word = level_word(program, level);
    const Judging judging(program, Goal{0, 0, word}, record, situation, room);
    if (!judging.term)
        throw Error(ErrorCode::invalid_input, "there is no term of \"" + std::string(level) + "\" to renew");
    if (!judging.term->last)
        throw Error(ErrorCode::invalid_input,
                    "the term of \"" + std::string(level) + "\" has no end: nothing to renew");
    TermQuestion question = question_of(judging, word);
    if (!question.first_issued && judging.term->number == 1)
        question.first_issued = judging.term->first;
    question.previous_last = judging.term->last;
    PresentTerm next;
    next.number = judging.term->number + 1;
    const Date decided = to_date(judging.issue);
    next.first = decided <= *judging.term->last ? add_days(*judging.term->last, 1) : decided;
    question.issued = next.first;
    TermChoice choice{.term = situation.term_asked, .row_from = row_from(judging, word)};
    if (const Lasts* lasts = lasts_of(program.edition(), level))
        choice.counted_from = latest_certification(
            judging, *lasts, lasts->clock == "regime" ? question.first_issued.value_or(next.first) : next.first);
    next.last = last_day(program, level, question, choice);
    const auto& rules = program.edition().exceptions;
    for (std::size_t number = 0; number < rules.size() && number < 32; ++number)
        if ((judging.exceptions >> number & 1U) != 0 && rules[number].last_day)
            next.last = excepted_last(rules[number], next.last);
    return next;
}

std::optional<PresentTerm> aligned_term(const Program& program, std::string_view level, const Record& record,
                                        const Situation& situation) {
    Workspace room;
    const Symbol word = level_word(program, level);
    const Judging judging(program, Goal{0, 0, word}, record, situation, room);
    const Lasts* lasts = lasts_of(program.edition(), level);
    if (lasts == nullptr || lasts->aligned_with.empty() || !judging.term || !judging.term->last)
        return std::nullopt;
    TermQuestion question = question_of(judging, word);
    PresentTerm aligned;
    aligned.number = judging.term->number + 1;
    aligned.first = question.issued;
    const Date own = question.first_issued.value_or(judging.term->first);
    aligned.last = last_day(program, level, question,
                            {.term = situation.term_asked, .counted_from = latest_certification(judging, *lasts, own)});
    if (aligned.last == judging.term->last || *judging.term->last < aligned.first)
        return std::nullopt;
    return aligned;
}

std::vector<AnchorDay> certifications_followed(const Program& program, std::string_view level, const Record& record,
                                               Date as_of) {
    const Lasts* lasts = lasts_of(program.edition(), level);
    if (lasts == nullptr || lasts->aligned_with.empty())
        return {};
    std::vector<AnchorDay> followed;
    const Vocabulary& words = *program.compiled().words;
    const auto add = [&](const std::string& track, Symbol at) {
        if (const auto terms = terms_of(record, words.find(track), at); !terms.empty() && terms.front().first <= as_of)
            followed.push_back({track, terms.front().first});
    };
    add(program.edition().code, words.find(level));
    const std::size_t own = followed.size();
    for (const std::string& track : lasts->aligned_with)
        add(track, Symbol::none);
    if (followed.size() == own)
        followed.clear();
    return followed;
}

std::optional<Date> closes_on(const Program& program, Step::Verb verb, std::string_view level, const Record& record,
                              const Situation& situation) {
    const Goal goal = program.step(verb, level);
    Workspace room;
    const Judging judging(program, goal, record, situation, room);
    for (std::uint32_t at = goal.first; at <= goal.root; ++at)
        if (const auto* open = std::get_if<StillOpenNode>(&judging.program.nodes[at].body))
            if (const auto day = judging.day_of(open->until))
                return to_date(*day);
    return std::nullopt;
}

namespace {

/// What follows from a term that has ended: some statuses leave the holder some purposes.
void ask_ladder(const Program& program, const Purpose& purpose, const Record& record, Date day, MayAnswer& answer) {
    const Compiled& compiled = program.compiled();
    for (const std::string& level : purpose.levels) {
        const auto terms = terms_of(record, compiled.track, compiled.words->find(level));
        const HeldTerm* latest = nullptr;
        for (const HeldTerm& term : terms)
            if (term.first <= day)
                latest = &term;
        if (latest == nullptr || !latest->last)
            continue;
        const auto number = rung_on(program, *latest->last, day, record);
        if (!number)
            continue;
        const Rung& rung = program.edition().after_expiry[*number];
        answer.because = rung.called_on(day);
        answer.see = rung.see.empty() ? program.edition().after_expiry_see : rung.see;
        const auto& may = rung.holder_may;
        if (may.is_open())
            answer.verdict = Verdict::open();
        else if (may.is_stated() && std::find(may.value.begin(), may.value.end(), purpose.name) != may.value.end())
            answer.verdict = Verdict::met();
        answer.level = level;
        return;
    }
}

/// R12: a complaint on record as pending on that day.
bool complaint_pending(const Record& record, const Vocabulary& words, Date day) {
    const Symbol fact = words.find("complaint pending");
    return fact != Symbol::none &&
           std::any_of(record.entries.begin(), record.entries.end(), [fact, day](const Entry& entry) {
               return entry.kind == EntryKind::fact && entry.code == fact && entry.first <= day && day <= entry.last;
           });
}

} // namespace

StillEligible still_eligible(const Program& program, std::string_view level, const Record& record, Date day) {
    const auto goal = program.eligibility(level);
    if (!goal)
        return {};
    const Verdict verdict = judge(program, *goal, record, Situation{.as_of = day});
    if (verdict.passes())
        return {};
    const auto then = program.edition().level(level)->when_no_longer_eligible;
    if (then == Level::NoLonger::keeps_to_expiry)
        return {Verdict::met(), "no longer eligible; kept to the last day of the term"};
    if (then == Level::NoLonger::ends && verdict.is_unmet())
        return {Verdict::unmet(), "no longer eligible"};
    return {Verdict::open(), verdict.is_unmet() ? "no longer eligible" : "whether still eligible"};
}

MayAnswer may(const Program& program, std::string_view name, const Record& record, Date day) {
    const Edition& edition = program.edition();
    const auto found = std::find_if(edition.purposes.begin(), edition.purposes.end(),
                                    [name](const Purpose& one) { return one.name == name; });
    const auto lists = [name](const std::vector<std::string>& words) {
        return std::find(words.begin(), words.end(), name) != words.end();
    };
    Purpose purpose;
    std::vector<std::string_view> known;
    for (const Purpose& one : edition.purposes)
        known.push_back(one.name);
    bool is_known = found != edition.purposes.end();
    if (is_known)
        purpose = *found;
    purpose.name = name;
    for (const Level& level : edition.levels) {
        if (found == edition.purposes.end() && lists(level.may))
            purpose.levels.push_back(level.name);
        is_known = is_known || lists(level.may) || lists(level.may_not);
        known.insert(known.end(), level.may.begin(), level.may.end());
    }
    if (!is_known) {
        const std::string near = nearest(name, known);
        throw Error(ErrorCode::not_found, edition.code + " " + edition.edition + " says nothing about \"" +
                                              std::string(name) + "\"" +
                                              (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"));
    }
    MayAnswer answer;
    answer.see = purpose.see;
    if (!purpose.not_known.empty()) {
        answer.verdict = Verdict::open();
        answer.because = purpose.not_known;
        return answer;
    }
    answer.employer_confirms = purpose.employer_confirms;
    Workspace room;
    const Judging judging(program, Goal{}, record, Situation{.as_of = day}, room);
    const Vocabulary& words = *program.compiled().words;
    if (purpose.dated) {
        const auto bound = [](const std::optional<DayExpression>& end) {
            return end && end->anchor == Anchor::day ? std::optional(end->day) : std::nullopt;
        };
        const auto from = bound(purpose.dated->from);
        const auto until = bound(purpose.dated->until);
        if ((from && (purpose.dated->from_excluded ? day <= *from : day < *from)) ||
            (until && (purpose.dated->until_excluded ? day >= *until : day > *until))) {
            answer.because = "not on this day";
            return answer;
        }
    }
    for (const std::string& level : purpose.levels)
        if (const Symbol word = words.find(level);
            word != Symbol::none && judging.held(judging.program.track, word, day, day) == Judging::Hold::always) {
            answer.level = level;
            const StillEligible still = still_eligible(program, level, record, day);
            answer.verdict = still.verdict;
            answer.because = still.because;
            if (purpose.needs_good_standing && complaint_pending(record, words, day)) {
                answer.verdict = Verdict::unmet();
                answer.because = "a complaint is pending";
            }
            if (answer.verdict.is_unmet())
                return answer;
            const auto& under = purpose.restriction_levels;
            if (std::find(under.begin(), under.end(), level) != under.end())
                answer.restriction = purpose.restriction;
            return answer;
        }
    for (const Level& level : edition.levels)
        if (const Symbol word = words.find(level.name);
            lists(level.may_not) && word != Symbol::none &&
            judging.held(judging.program.track, word, day, day) == Judging::Hold::always) {
            answer.level = level.name;
            answer.because = level.why_not;
            answer.see = level.see;
            return answer;
        }
    ask_ladder(program, purpose, record, day, answer);
    return answer;
}

} // namespace peercert::rules
