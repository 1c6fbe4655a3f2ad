#include "cli/cohort_shown.hpp"

#include "cli/conformity.hpp"
#include "cli/output.hpp"
#include "cli/values.hpp"
#include "words/shapes.hpp"

namespace peercert::cli {

namespace {

std::string completion_text(const services::Progress& one) {
    switch (one.stands) {
    case services::CompletionState::under_review: return "under review: attendance was corrected";
    case services::CompletionState::withdrawn:
        return one.completion.verdict.passes() ? "withdrawn; enough again, complete it"
                                               : "withdrawn: attendance was corrected";
    case services::CompletionState::none:
    case services::CompletionState::complete: break;
    }
    return !one.outcome.empty() ? one.outcome : one.completion.verdict.passes() ? "complete" : "not yet";
}

/// "8 to 12 people"; nothing where the curriculum sets no bounds.
std::string size_text(const std::optional<Bound>& size) {
    if (!size || (!size->at_least && !size->at_most))
        return "";
    if (!size->at_most)
        return "at least " + std::to_string(*size->at_least) + " people";
    if (!size->at_least)
        return "at most " + std::to_string(*size->at_most) + " people";
    return std::to_string(*size->at_least) + " to " + std::to_string(*size->at_most) + " people";
}

void print(Output& out, const services::CohortView& view) {
    out.line({{view.cohort.code, Look::strong}, {"  " + view.cohort.title}});
    out.facts(
        {{"curriculum", {view.curriculum_title + " (" + view.cohort.curriculum + " " + view.cohort.edition + ")"}},
         {"format", {view.cohort.format}},
         {"for", {size_text(view.size)}},
         {"given by", {view.organization}},
         {"county", {view.cohort.county}}});
    if (view.keeps_no_register)
        out.line("This group keeps no register: who comes is nobody's record.");
    out.line();
    print_conformity(out, view.conformity.sessions, view.conformity.whole);
    for (const auto& decision : view.decisions)
        print_decision(out, decision);
    if (view.people.empty())
        return;
    out.line();
    Table table({{"PERSON"},
                 {"NAME"},
                 {"STATE"},
                 {"SESSIONS", Table::Align::right},
                 {"PRESENT", Table::Align::right},
                 {"COMPLETION"}});
    for (const auto& one : view.people)
        table.add({{one.person.code.str()},
                   {one.person.name},
                   {std::string(domain::to_text(one.state))},
                   {std::to_string(one.sessions)},
                   {hours_text(one.present)},
                   {completion_text(one)}});
    out.table(table);
}

} // namespace

Exit show_cohort(Invocation& asked, const services::CohortView& view) {
    if (asked.json())
        asked.out.json(words::cohort_json(view));
    else
        print(asked.out, view);
    return Exit::yes;
}

int session_number(const Invocation& asked) {
    const std::int64_t number = asked.number("SESSION");
    if (number < 1 || number > 1000)
        throw UsageError("sessions are numbered from 1");
    return static_cast<int>(number);
}

} // namespace peercert::cli
