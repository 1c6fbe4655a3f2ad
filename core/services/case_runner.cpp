#include "services/case_runner.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include <peercert/error.hpp>

#include "curricula/explain.hpp"
#include "curricula/phrases.hpp"
#include "rules/editions.hpp"
#include "rules/leading.hpp"
#include "rules/terms.hpp"
#include "services/assessment.hpp"
#include "services/case_record.hpp"

namespace peercert::services {

namespace {

using curricula::Case;
using curricula::CasePerson;
using curricula::Expectation;
using curricula::Question;

std::string day_text(const std::optional<Date>& day) { return day && *day != no_end ? to_text(*day) : "no end"; }

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string not_known(Knowing knowing) {
    return knowing == Knowing::none ? "none" : knowing == Knowing::unknown ? "unknown" : "nothing said";
}

/// What the rules answered, before anyone compares it.
struct Answers {
    std::map<std::string, std::string> plain; ///< by key
    std::optional<Finding> finding;           ///< for have, missing, refused
};

const Finding* finding_called(const Finding& root, const std::string& name) {
    if (root.clause == name)
        return &root;
    for (const Finding& part : root.parts)
        if (const Finding* found = finding_called(part, name))
            return found;
    return nullptr;
}

void reasons_of(const Finding& finding, EntryId entry, std::set<std::string>& reasons) {
    for (const RefusedEntry& refused : finding.refused)
        if (refused.entry == entry)
            reasons.emplace(curricula::to_text(refused.reason));
    for (const Finding& part : finding.parts)
        reasons_of(part, entry, reasons);
}

std::string have_text(const Finding& finding) {
    if (!finding.have)
        return "no amount";
    const std::string low = curricula::amount_text(*finding.have, finding.unit);
    if (finding.have_most.value_or(*finding.have) == *finding.have)
        return low;
    return low + " to " + curricula::amount_text(*finding.have_most, finding.unit);
}

std::string missing_text(const Finding& finding) {
    if (finding.verdict.passes())
        return "nothing";
    if (finding.have && finding.need && !finding.need_is_limit && *finding.need > *finding.have)
        return curricula::amount_text(*finding.need - *finding.have, finding.unit);
    return "it";
}

class Asking {
public:
    Asking(const rules::Program& program, const curricula::Catalogue& catalogue, Vocabulary& words, const Case& asked)
        : program_(program), catalogue_(catalogue), words_(words), case_(asked), edition_(program.edition()),
          record_(record_of(asked.person, edition_, words)) {
        when_.as_of = case_.day;
        when_.applying = case_.person.applied;
        when_.issue = case_.person.issued;
        when_.passing = case_.person.passed;
        when_.approval = case_.person.approved;
        when_.term_asked = case_.person.term_asked;
    }

    Answers answers() {
        switch (case_.question) {
        case Question::step: judge(program_.step(case_.verb, case_.subject)); break;
        case Question::come_back: come_back(); break;
        case Question::first_term:
            term([this] { return rules::first_term(program_, case_.subject, record_, when_); });
            break;
        case Question::next_term:
            (void)present_term(); // without one nothing follows, and that is no question for anybody to decide
            term([this] { return rules::next_term(program_, case_.subject, record_, when_); });
            break;
        case Question::fee: fee(); break;
        case Question::status: status(); break;
        case Question::level: judge(program_.level(case_.subject)); break;
        case Question::meaning: judge(program_.meaning(case_.subject)); break;
        case Question::lead: lead(); break;
        case Question::completion: judge(program_.completion(case_.subject)); break;
        case Question::record_attendance:
            answers_.plain["answer"] = edition_.format(case_.subject)->keeps_no_register ? "refused" : "met";
            break;
        case Question::title: answers_.plain["title"] = edition_.title_on(case_.day); break;
        case Question::edition: select_edition(); break;
        case Question::may: may(); break;
        case Question::filing: filing(); break;
        case Question::group: group(); break;
        case Question::sign_off: sign_off(); break;
        case Question::outcome: outcome(); break;
        case Question::closes: closes(); break;
        case Question::lasts: lasts(); break;
        }
        return std::move(answers_);
    }

private:
    void judge(rules::Goal goal) {
        Finding finding = rules::explain(program_, goal, record_, when_);
        answers_.plain["answer"] = curricula::to_text(finding.verdict);
        answers_.plain["holds until"] = day_text(finding.holds_until);
        answers_.finding = std::move(finding);
    }

    /// A term whose last day the rules leave open is for whoever decides.
    void term(const std::function<rules::PresentTerm()>& find) {
        try {
            const rules::PresentTerm term = find();
            answers_.plain["answer"] = "met";
            answers_.plain["first day"] = to_text(term.first);
            answers_.plain["last day"] = day_text(term.last);
            say_shown_until(term);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::invalid_input)
                throw;
            answers_.plain["answer"] = "needs a decision";
            answers_.plain["why"] = error.what();
        }
    }

    void say_shown_until(const rules::PresentTerm& term) {
        const auto shown = rules::shown_until(program_, case_.subject, term);
        answers_.plain["shown until"] = shown ? to_text(*shown) : "none";
    }

    /// The latest term of the level asked about that has begun.
    rules::PresentTerm present_term() const {
        const Symbol track = words_.find(edition_.code), level = words_.find(case_.subject);
        std::optional<rules::PresentTerm> latest;
        for (const Holding& holding : record_.holdings)
            for (const HeldTerm& term : holding.terms)
                if (holding.track == track && term.level == level && term.first <= case_.day &&
                    (!latest || latest->first <= term.first))
                    latest = rules::PresentTerm{term.number, term.first, term.last};
        if (!latest)
            throw Error(ErrorCode::invalid_input,
                        "the person holds no term of \"" + case_.subject + "\" that has begun by then");
        return *latest;
    }

    void come_back() {
        const rules::PresentTerm term = present_term();
        const auto rung = term.last ? rules::rung_on(program_, *term.last, case_.day, record_) : std::nullopt;
        if (!rung) {
            answers_.plain["answer"] = "not applicable";
            return;
        }
        when_.term = term;
        judge(program_.coming_back(case_.subject, *rung));
        answers_.plain["called"] = edition_.after_expiry[*rung].called_on(case_.day);
    }

    void fee() {
        const rules::FeeAnswer fee = rules::fee(program_, case_.verb, case_.subject, record_, when_);
        answers_.plain["fee"] = curricula::amount_text(fee.cents, Unit::cents);
        if (fee.lines.empty())
            answers_.plain["fee"] = "none";
        for (const Fee& line : fee.lines)
            if (line.cents.is_open())
                answers_.plain["fee"] = not_known(line.cents.knowing);
        answers_.plain["called"] = fee.called;
    }

    void status() {
        for (const rules::Stretch& stretch : rules::timeline(program_, present_term(), record_)) {
            if (case_.day < stretch.first || (stretch.last && *stretch.last < case_.day))
                continue;
            const rules::StillEligible still = rules::still_eligible(program_, case_.subject, record_, case_.day);
            if (stretch.in_force) {
                answers_.plain["answer"] = curricula::to_text(still.verdict);
                answers_.plain["why"] = still.because;
            } else {
                answers_.plain["answer"] =
                    stretch.last_unknown || !stretch.decides.empty() ? "needs a decision" : "not met";
            }
            answers_.plain["called"] = stretch.called;
            say_shown_until(present_term());
            answers_.plain["last day"] = day_text(stretch.last);
            answers_.plain["holder may"] = stretch.holder_may.is_stated() ? joined(stretch.holder_may.value)
                                           : stretch.holder_may.knowing == Knowing::none
                                               ? "nothing"
                                               : not_known(stretch.holder_may.knowing);
        }
    }

    void lead() {
        std::vector<Record> records;
        for (const CasePerson& leader : case_.leaders)
            records.push_back(record_of(leader, edition_, words_));
        std::vector<const Record*> pointers;
        for (const Record& one : records)
            pointers.push_back(&one);
        rules::LeadingAnswer led = rules::lead(program_, case_.subject, pointers, case_.people, case_.day);
        answers_.plain["answer"] = curricula::to_text(led.verdict);
        answers_.plain["holds until"] = day_text(led.finding.holds_until);
        for (const rules::LeaderAnswer& leader : led.leaders)
            if (!leader.why_not.empty() && answers_.plain["why"].empty())
                answers_.plain["why"] = leader.why_not;
        answers_.finding = std::move(led.finding);
    }

    void outcome() {
        rules::OutcomeAnswer graded = rules::outcome(program_, case_.subject, record_, when_);
        answers_.plain["answer"] = curricula::to_text(graded.verdict);
        answers_.plain["outcome"] = graded.verdict.is_met() ? graded.called : "needs a decision";
        answers_.finding = std::move(graded.finding);
    }

    void closes() {
        answers_.plain["last day"] = day_text(rules::closes_on(program_, case_.verb, case_.subject, record_, when_));
    }

    void select_edition() {
        std::vector<const Edition*> all;
        for (const auto& one : catalogue_.of(edition_.code)) // the judged one stands in for its namesake
            all.push_back(one->edition == edition_.edition ? &edition_ : one.get());
        if (std::find(all.begin(), all.end(), &edition_) == all.end())
            all.push_back(&edition_);
        const rules::EventDays days = rules::event_days(record_, words_, all, {.when = when_});
        try {
            const rules::Selected selected = rules::select_edition(all, days);
            answers_.plain["edition"] = selected.undecided.empty() ? selected.edition->edition : "needs a decision";
        } catch (const Error& error) {
            if (error.code() != ErrorCode::not_found)
                throw;
            answers_.plain["edition"] = "none";
        }
    }

    void may() {
        const rules::MayAnswer may = rules::may(program_, case_.subject, record_, case_.day);
        // what only an employer can confirm, nobody here answers
        const bool for_others = may.verdict.is_met() && !may.employer_confirms.empty();
        answers_.plain["answer"] = for_others ? "needs a decision" : curricula::to_text(may.verdict);
        answers_.plain["why"] = may.because;
    }

    void filing() {
        const Step* step = edition_.step(case_.verb, case_.subject);
        if (step == nullptr || !step->filing)
            return;
        const auto told = [](const Stated<std::string>& one) {
            return one.is_stated() ? one.value : not_known(one.knowing);
        };
        answers_.plain["filed means"] = told(step->filing->filed_means);
        answers_.plain["closed day"] = told(step->filing->closed_day);
    }

    void lasts() {
        for (const Step& step : edition_.steps)
            for (const curricula::ExplainedLine& line : curricula::explain(edition_, step))
                if (step.level == case_.subject && line.depth == 1 && line.name == "lasts")
                    answers_.plain["says"] = line.sentence;
    }

    void group() {
        const Format& format = *edition_.format(case_.subject);
        std::string sessions = format.sessions ? std::to_string(*format.sessions) : "not said";
        if (format.session_length.count() > 0)
            sessions += " of " + curricula::amount_text(format.session_length.count(), Unit::minutes);
        answers_.plain["sessions"] = sessions;
        answers_.plain["content"] = format.content_at_least.count() > 0
                                        ? curricula::amount_text(format.content_at_least.count(), Unit::minutes)
                                        : "not said";
    }

    void sign_off() {
        if (const auto& rule = edition_.sign_off) {
            answers_.plain["assessors"] = std::to_string(rule->assessors);
            answers_.plain["entered within"] = curricula::to_text(Span{rule->enter_within_days, CalendarUnit::days});
        }
    }

    const rules::Program& program_;
    const curricula::Catalogue& catalogue_;
    Vocabulary& words_;
    const Case& case_;
    const Edition& edition_;
    Record record_;
    rules::Situation when_;
    Answers answers_;
};

std::string nothing_for(const std::string& key, const Answers& answers) {
    const auto why = answers.plain.find("why");
    return why != answers.plain.end() && !why->second.empty()
               ? "no answer: " + why->second
               : "nothing: this question does not answer \"" + key + "\"";
}

/// What came out for one expectation, and whether `value` is that. A reason counts if any clause gave it.
std::pair<std::string, bool> compare(const Expectation& expected, const std::string& value, const Answers& answers) {
    if (expected.about.empty()) {
        const auto found = answers.plain.find(expected.key);
        const std::string got = found == answers.plain.end() ? nothing_for(expected.key, answers) : found->second;
        return {got, found != answers.plain.end() && got == value};
    }
    if (!answers.finding)
        return {"nothing: this question has no findings", false};
    if (expected.key == "refused") {
        std::set<std::string> reasons;
        reasons_of(*answers.finding, EntryId{std::stoi(expected.about)}, reasons);
        return {reasons.empty() ? "not refused" : joined({reasons.begin(), reasons.end()}), reasons.contains(value)};
    }
    const Finding* finding = finding_called(*answers.finding, expected.about);
    if (finding == nullptr)
        return {"nothing: no finding is called \"" + expected.about + "\"", false};
    const std::string got = expected.key == "have" ? have_text(*finding) : missing_text(*finding);
    return {got, got == value};
}

CaseOutcome outcome_of(const Case& one) { return {one.name, one.asks, one.place, {}, {}, {}}; }

std::vector<std::string> open_texts(const Finding& finding) {
    std::vector<std::string> texts;
    for (const OpenClause& one : open_clauses(finding))
        texts.push_back(one.clause + (one.missing     ? ", " + curricula::amount_text(*one.missing, one.unit)
                                      : one.to_decide ? ", to be decided"
                                                      : ""));
    return texts;
}

} // namespace

bool CaseOutcome::as_expected() const {
    return std::all_of(expectations.begin(), expectations.end(),
                       [](const CheckedExpectation& one) { return one.as_expected; });
}

const rules::Program& CaseRunner::program(const Edition& edition) {
    auto& known = programs_[&edition];
    if (!known) {
        // the catalogue, and with it the edition, outlives the runner
        known = std::make_unique<rules::Program>(std::shared_ptr<const Edition>(std::shared_ptr<void>(), &edition),
                                                 kinds_, words_);
    }
    return *known;
}

CaseOutcome CaseRunner::run(const Edition& edition, const Case& one) {
    CaseOutcome outcome = outcome_of(one);
    Answers answers;
    std::string trouble;
    try {
        answers = Asking(program(edition), catalogue_, words_, one).answers();
    } catch (const Error& error) {
        trouble = std::string("no answer: ") + error.what();
    }
    for (const Expectation& expected : one.expect) {
        auto [got, same] = trouble.empty() ? compare(expected, expected.value, answers) : std::pair(trouble, false);
        outcome.expectations.push_back({expected, std::move(got), same});
    }
    if (answers.finding && !outcome.as_expected())
        outcome.open = open_texts(*answers.finding);
    return outcome;
}

CaseOutcome CaseRunner::prove(const Edition& edition, const Case& one) {
    CaseOutcome outcome = run(edition, one);
    for (const CheckedExpectation& checked : outcome.expectations) {
        Case changed = one;
        changed.expect = {checked.expected};
        for (const std::string& wrong : curricula::wrong_values(checked.expected)) {
            changed.expect.front().value = wrong;
            if (run(edition, changed).as_expected() && checked.as_expected)
                outcome.unprovable.push_back({changed.expect.front(), checked.got, true});
        }
    }
    return outcome;
}

} // namespace peercert::services
