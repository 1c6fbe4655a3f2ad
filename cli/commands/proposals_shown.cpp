#include "cli/commands/proposals_shown.hpp"

#include "cli/output.hpp"

namespace peercert::cli {

using services::DraftCheck;
using services::ProposalState;
using services::ProposalView;
using words::Json;

const std::string proposal_shape =
    "{\"code\": text, \"edition\": text, \"digest\": text, \"state\": word, \"body\": code, \"proposed_by\": code, "
    "\"approved_by\": [code], \"because\": text or null, \"first_day\": day or null, \"last_day\": day or null, "
    "\"events\": [{\"step\": word, \"person\": code or null, \"day\": day, \"reason\": text or null, \"typed_by\": "
    "text}]}";
const std::string check_shape =
    "{\"fit\": yes or no, \"cases\": number, \"otherwise\": [text], \"lint\": [{\"severity\": word, \"says\": text}], "
    "\"begins\": day or null, \"ends_before_it\": [text], \"in_the_way\": [text]}";

namespace {

Json or_null(const std::optional<Date>& day) { return day ? Json(to_text(*day)) : Json(); }
Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

} // namespace

Json proposal_json(const ProposalView& seen) {
    const domain::Proposal& proposal = seen.record.proposal;
    Json events = Json::array();
    for (std::size_t at = 0; at < seen.record.events.size(); ++at) {
        const domain::ProposalEvent& one = seen.record.events[at];
        events.push(Json::object()
                        .set("step", domain::to_text(one.step))
                        .set("person", or_null(seen.event_by[at]))
                        .set("day", to_text(one.day))
                        .set("reason", or_null(one.reason))
                        .set("typed_by", one.typed_by)
                        .set("recorded_at", domain::to_text(one.recorded_at)));
    }
    return Json::object()
        .set("code", proposal.edition.code)
        .set("edition", proposal.edition.edition)
        .set("kind", domain::to_text(proposal.edition.kind))
        .set("digest", proposal.edition.digest)
        .set("state", services::state_word(seen.state))
        .set("body", seen.body)
        .set("proposed_by", seen.proposed_by)
        .set("typed_by", proposal.typed_by)
        .set("proposed_at", domain::to_text(proposal.recorded_at))
        .set("because", or_null(proposal.because))
        .set("approved_by", Json::array_of(seen.approved_by))
        .set("first_day", or_null(seen.first_day))
        .set("last_day", or_null(seen.last_day))
        .set("events", std::move(events));
}

Json check_json(const DraftCheck& check) {
    Json lint = Json::array(), otherwise = Json::array();
    for (const curricula::LintFinding& one : check.lint)
        lint.push(Json::object()
                      .set("severity", one.error ? "error" : "warning")
                      .set("rule", one.rule)
                      .set("line", one.line)
                      .set("says", one.sentence)
                      .set("mend", or_null(one.mend)));
    for (const services::CaseOutcome& one : check.otherwise)
        otherwise.push(one.name);
    return Json::object()
        .set("fit", check.fit())
        .set("cases", check.cases)
        .set("otherwise", std::move(otherwise))
        .set("lint", std::move(lint))
        .set("begins", check.first_day == Date{} ? Json() : Json(to_text(check.first_day)))
        .set("ends_before_it", Json::array_of(check.ends))
        .set("in_the_way", Json::array_of(check.in_the_way));
}

std::string edition_text(const ProposalView& seen) {
    return seen.record.proposal.edition.code + " " + seen.record.proposal.edition.edition;
}

std::string argument_text(const ProposalView& seen) {
    return seen.record.proposal.edition.code + ":" + seen.record.proposal.edition.edition;
}

std::string joined(const std::vector<std::string>& words, const char* between) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : between) + word;
    return text;
}

std::string state_text(const ProposalView& seen) {
    std::string text(services::state_word(seen.state));
    if (seen.state == ProposalState::draft)
        text += ", " + std::to_string(seen.approved_by.size()) + " of " + std::to_string(services::approvals_needed) +
                " approvals";
    if (seen.first_day && seen.state != ProposalState::withdrawn)
        text += ", from " + to_text(*seen.first_day) + (seen.last_day ? " until " + to_text(*seen.last_day) : "");
    return text;
}

/// What was found when the text was looked at.
void show_check(Invocation& asked, const DraftCheck& check, const std::string& code) {
    for (const services::CaseOutcome& one : check.otherwise) {
        asked.out.line({{one.place, Look::faint}, {": " + one.name + " ... "}, {"otherwise", Look::bad}});
        for (const services::CheckedExpectation& each : one.expectations)
            if (!each.as_expected)
                asked.out.line("    " + each.expected.key +
                               (each.expected.about.empty() ? "" : " of " + each.expected.about) + ": expected " +
                               each.expected.value + ", got " + each.got);
    }
    for (const curricula::LintFinding& one : check.lint)
        asked.out.line({{"line " + std::to_string(one.line) + ": "},
                        {one.error ? "error: " : "warning: ", one.error ? Look::bad : Look::warning},
                        {one.sentence}});
    asked.out.line(
        std::to_string(check.cases) + " cases, " +
        (check.otherwise.empty() ? "all as expected" : std::to_string(check.otherwise.size()) + " otherwise") + "; " +
        std::to_string(check.lint.size()) + " lint findings");
    if (check.first_day != Date{})
        asked.out.line("It begins on " + to_text(check.first_day) +
                       (check.has_passed ? ", a day that has passed" : "") +
                       (check.ends.empty() ? "" : "; " + code + " " + joined(check.ends) + " ends the day before"));
    for (const std::string& one : check.in_the_way)
        asked.out.paragraph("In the way: " + one + ".");
}

/// What is to be done now, by whom.
void show_next(Invocation& asked, const ProposalView& seen) {
    const std::string what = argument_text(seen);
    if (seen.state == ProposalState::draft)
        asked.out.paragraph(
            std::to_string(services::approvals_needed - seen.approved_by.size()) + " more of " + seen.body +
            "'s administrators, who did not propose it, approve it: peercert curriculum approve " + what +
            " --digest " + seen.record.proposal.edition.digest.substr(0, services::shortest_digest) + " --by PERSON");
    if (seen.state == ProposalState::approved)
        asked.out.paragraph("It may be published: peercert curriculum publish " + what);
}

} // namespace peercert::cli
