#include <algorithm>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "rules/judging.hpp"
#include "rules/ladder.hpp"

/// Terms, fees and purposes: what the record and the day make of the edition's clocks and ladder.
namespace peercert::rules {

namespace {

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
    term.last = last_day(program, level, question);
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
    next.last = last_day(program, level, question);
    const auto& rules = program.edition().exceptions;
    for (std::size_t number = 0; number < rules.size() && number < 32; ++number)
        if ((judging.exceptions >> number & 1U) != 0 && rules[number].last_day)
            next.last = rules[number].last_day;
    return next;
}

FeeAnswer fee(const Program& program, Step::Verb verb, std::string_view level, const Record& record,
              const Situation& situation) {
    Workspace room;
    const Symbol word = level_word(program, level);
    const Judging judging(program, Goal{0, 0, word}, record, situation, room);
    const Edition& edition = program.edition();
    const Step* step = edition.step(verb, level);
    if (step == nullptr)
        (void)program.step(verb, level); // throws, naming what there is
    FeeAnswer answer;
    answer.lines = step->fees;
    const auto& rules = edition.exceptions;
    bool excepted = false;
    for (std::size_t number = 0; number < rules.size() && number < 32; ++number)
        if ((judging.exceptions >> number & 1U) != 0) {
            excepted = true;
            answer.waivable = answer.waivable || rules[number].fee_waivable;
        }
    const bool about_own_term = verb == Step::Verb::renew || verb == Step::Verb::extend;
    if (about_own_term && !excepted && judging.term && judging.term->last)
        if (const auto rung = rung_on(program, *judging.term->last, to_date(judging.applying))) {
            answer.lines = edition.after_expiry[*rung].fees;
            answer.called = edition.after_expiry[*rung].called;
        }
    for (const Fee& line : answer.lines) {
        answer.is_open = answer.is_open || line.cents.is_open();
        answer.cents += line.cents.is_stated() ? line.cents.value : 0;
    }
    return answer;
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
        const auto number = rung_on(program, *latest->last, day);
        if (!number)
            continue;
        const Rung& rung = program.edition().after_expiry[*number];
        answer.because = rung.called;
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

} // namespace

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
            answer.verdict = Verdict::met();
            answer.level = level;
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
