#include "curricula/shown_names.hpp"

#include <algorithm>

#include "curricula/gaps.hpp"

namespace peercert::curricula {

namespace {

class Gathering {
public:
    void add(const std::string& english, const char* what) {
        if (!english.empty() &&
            std::none_of(names.begin(), names.end(), [&](const ShownName& known) { return known.english == english; }))
            names.push_back({english, what});
    }
    void add(const std::vector<std::string>& all, const char* what) {
        for (const std::string& one : all)
            add(one, what);
    }

    void selection(const Selection& selection) {
        add(selection.proof, "proof");
        add(selection.while_level, "level");
        add(selection.vouched_by, "who confirms");
        add(selection.letter, "document");
    }

    void clause(const Requirement& clause) {
        // "training wa-ops", "all of": made by the reader out of words that are translated by themselves.
        if (clause.name != clause.word && !clause.name.starts_with(clause.word + " "))
            add(clause.name, "clause");
        if (const auto* entries = std::get_if<HasEntries>(&clause.body)) {
            add(entries->codes, "what is on record");
            add(entries->selection.any_of, "what is on record");
            selection(entries->selection);
        } else if (const auto* exam = std::get_if<Passed>(&clause.body)) {
            add(exam->parts, "exam");
            selection(exam->selection);
        } else if (const auto* attempts = std::get_if<Attempts>(&clause.body)) {
            add(attempts->parts, "exam");
            add(attempts->when_used_up, "what opens the way again");
            for (const Attempts::Hurdle& one : attempts->after)
                add(one.question, "question");
            add(attempts->counted_in, "calendar");
        } else if (const auto* measure = std::get_if<Measure>(&clause.body)) {
            selection(measure->selection);
            for (const auto* parts : {&measure->adds_up_from, &measure->of_which})
                for (const Part& part : *parts) {
                    add(part.name, "part");
                    add(part.fact, "what is on record");
                    selection(part.selection);
                }
            add(measure->own_unit, "unit");
        } else if (const auto* decides = std::get_if<BodyDecides>(&clause.body)) {
            add(decides->question, "question");
        } else if (const auto* meaning = std::get_if<UseMeaning>(&clause.body)) {
            add(meaning->name, "meaning");
        }
    }

    void clauses(const Requirement& all) {
        each_clause(all, [this](const Requirement& one) { clause(one); });
    }

    std::vector<ShownName> names;
};

} // namespace

std::vector<ShownName> shown_names(const Edition& edition) {
    Gathering all;
    for (const Titled& one : edition.titles)
        all.add(one.called, "title");
    all.add(edition.public_title, "title");
    for (const Level& one : edition.levels) {
        all.add(one.name, "level");
        all.add(one.may, "what a holder may do");
        all.add(one.may_not, "what a holder may do");
        all.add(one.why_not, "sentence");
    }
    for (const Requirement& one : edition.meanings)
        all.add(one.name, "meaning");
    each_clause(edition, [&](const Requirement& one) { all.clause(one); });
    for (const Step& one : edition.steps)
        all.add(one.when_closed.value, "what a closed application leaves");
    for (const Rung& one : edition.after_expiry) {
        all.add(one.called, "status");
        for (const Titled& word : one.called_by_day)
            all.add(word.called, "status");
        all.add(one.decides, "question");
    }
    for (const Purpose& one : edition.purposes) {
        all.add(one.name, "what a holder may do");
        all.add(one.restriction, "condition");
        all.add(one.employer_confirms, "what an employer confirms");
        all.add(one.not_known, "question");
    }
    for (const ExceptionRule& one : edition.exceptions)
        all.add(one.name, "exception");
    for (const Format& one : edition.formats) {
        all.add(one.name, "group");
        all.add(one.units, "part of a training");
        for (const Format::Outcome& outcome : one.outcomes)
            all.add(outcome.called, "outcome");
        all.add(one.gives, "what is given");
    }
    return std::move(all.names);
}

} // namespace peercert::curricula
