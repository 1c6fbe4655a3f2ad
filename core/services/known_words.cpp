#include "services/known_words.hpp"

#include <vector>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

#include "domain/activity.hpp"
#include "domain/text.hpp"

namespace peercert::services {

namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>; // clang 14 does not find it by itself

void check_in(const std::set<std::string, std::less<>>& known, std::string_view word, std::string_view what) {
    if (known.contains(word))
        return;
    const std::string near = nearest(word, std::vector<std::string_view>(known.begin(), known.end()));
    throw Error(ErrorCode::invalid_input, "no rule on file knows the " + std::string(what) + " \"" + std::string(word) +
                                              "\"" +
                                              (near.empty() ? "; `peercert curriculum show` lists the words of each"
                                                            : "; did you mean \"" + near + "\"?"));
}

} // namespace

KnownWords::KnownWords(const curricula::Catalogue& catalogue) {
    for (const auto& edition : catalogue.all()) {
        courses_.insert(edition->courses.begin(), edition->courses.end());
        courses_.insert(edition->code);
        tags_.insert(edition->topics.begin(), edition->topics.end());
        for (const OlderWord& older : edition->older_words)
            tags_.insert(older.old);
        for (const OwnUnit& unit : edition->units)
            if (!unit.minutes)
                tags_.insert(unit.name);
        for (const Format& format : edition->formats) {
            courses_.insert(format.completion_word);
            clauses_.insert(format.never_missed.begin(), format.never_missed.end());
            if (format.completion)
                collect(*format.completion);
        }
        for (const Step& step : edition->steps)
            collect(step.needs);
        for (const Requirement& meaning : edition->meanings)
            collect(meaning);
        for (const Level& level : edition->levels)
            if (level.stays_current)
                collect(*level.stays_current);
        for (const Rung& rung : edition->after_expiry)
            if (rung.to_come_back)
                collect(*rung.to_come_back);
        for (const ExceptionRule& exception : edition->exceptions)
            facts_.insert(exception.cohort_fact);
        if (edition->sign_off)
            tags_.insert(edition->sign_off->methods.begin(), edition->sign_off->methods.end());
    }
}

void KnownWords::collect(const Selection& selection) {
    for (const auto* words :
         {&selection.only, &selection.any_of, &selection.does_not_count, &selection.except, &selection.proof})
        tags_.insert(words->begin(), words->end());
    courses_.insert(selection.courses.begin(), selection.courses.end());
    documents_.insert(selection.letter);
}

void KnownWords::collect(const Requirement& requirement) {
    clauses_.insert(requirement.name);
    for (const Requirement& one : requirement.unless)
        collect(one);
    for (const Requirement& part : parts_of(requirement))
        collect(part);
    const auto collect_parts = [this](const std::vector<Part>& parts) {
        for (const Part& part : parts) {
            collect(part.selection);
            tags_.insert(part.name);
            facts_.insert(part.fact);
        }
    };
    std::visit(
        Overloaded{
            [this](const HasEntries& has) {
                collect(has.selection);
                Words& words = has.kind == EntryKind::attestation ? statements_
                               : has.kind == EntryKind::document  ? documents_
                               : has.kind == EntryKind::fact      ? facts_
                                                                  : courses_;
                words.insert(has.codes.begin(), has.codes.end());
            },
            [this](const Passed& passed) {
                collect(passed.selection);
                parts_.insert(passed.parts.begin(), passed.parts.end());
                if (passed.mark.is_stated() || passed.together)
                    (passed.in_points ? in_points_ : in_percent_).insert(passed.parts.begin(), passed.parts.end());
            },
            [this](const Attempts& attempts) {
                parts_.insert(attempts.parts.begin(), attempts.parts.end());
                for (const Attempts::Hurdle& hurdle : attempts.after)
                    clauses_.insert(hurdle.question);
            },
            [this](const HoldsCredential& holds) {
                if (holds.good_standing)
                    facts_.insert("complaint pending");
            },
            [&](const Measure& measure) {
                collect(measure.selection);
                if (measure.kind == EntryKind::document)
                    documents_.insert(measure.selection.courses.begin(), measure.selection.courses.end());
                collect_parts(measure.adds_up_from);
                collect_parts(measure.of_which);
                facts_.insert(measure.no_gap_when);
            },
            [](const auto&) {},
        },
        requirement.body);
}

void KnownWords::check_code(EntryKind kind, std::string_view code) const {
    switch (kind) {
    case EntryKind::attestation: return check_in(statements_, code, "statement");
    case EntryKind::document: return check_in(documents_, code, "document");
    case EntryKind::fact: return check_in(facts_, code, "fact");
    case EntryKind::training:
    case EntryKind::activity: return check_in(courses_, code, "course");
    case EntryKind::exam: return check_in(parts_, code, "examination part");
    case EntryKind::decision: return check_in(clauses_, code, "clause");
    case EntryKind::ce:
    case EntryKind::practice:
    case EntryKind::supervision:
        if (!code.empty())
            (void)domain::clean_code(code, "course");
        return;
    case EntryKind::attendance:
    case EntryKind::sign_off: return; // made by cohorts and competencies, never typed
    }
}

void KnownWords::check_score(std::string_view part, std::int64_t hundredths) const {
    constexpr std::int64_t whole = 100 * 100;
    constexpr std::int64_t most = 1000 * 100; // the highest scale known is in hundreds of points
    const auto refuse = [](const std::string& what) { throw Error(ErrorCode::invalid_input, what); };
    if (hundredths < 0)
        refuse("a score cannot be less than nothing");
    if (hundredths > whole && in_percent_.contains(part) && !in_points_.contains(part))
        refuse("the rules mark \"" + std::string(part) + "\" in percent, so its score is at most 100");
    if (hundredths > most)
        refuse("a score is at most " + std::to_string(most / 100) + " percent or points");
}

void KnownWords::check_tag(std::string_view tag) const {
    if (!domain::is_activity_word(tag))
        check_in(tags_, tag, "word");
}

} // namespace peercert::services
