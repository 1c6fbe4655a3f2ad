#include <filesystem>

#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/commands/curriculum_files.hpp"
#include "cli/commands/curriculum_preview.hpp"
#include "cli/commands/proposals_shown.hpp"
#include "cli/common.hpp"
#include "cli/output.hpp"
#include "services/publishing.hpp"

namespace peercert::cli {

namespace {

using services::ProposalState;
using services::ProposalView;
using services::Publishing;
using services::Reviewed;
using words::Json;

/// What the draft would do to people, where an edition of the code is in force today; else why there is none.
std::optional<services::Preview> previewed_if_any(Invocation& asked, const std::string& file, std::string& why) {
    const auto draft = edition_named(asked, file);
    if (asked.wiring.catalogue().of(draft->code).empty()) {
        why = "no edition of " + draft->code + " is on file yet";
        return std::nullopt;
    }
    try {
        return previewed(asked, draft, {}, false);
    } catch (const Error& none) {
        if (none.code() != ErrorCode::not_found)
            throw;
        why = none.what();
        return std::nullopt;
    }
}

Exit propose(Invocation& asked) {
    const std::string file = asked.text("FILE");
    const std::string cases = case_file_of(file);
    require_edition(asked, file, read_edition_file(asked, file));
    services::ProposeRequest request;
    request.file = {file, curricula::read_file(file), "file"};
    if (!std::filesystem::exists(cases))
        throw Error(ErrorCode::not_found, "its cases are missing: they stand beside it, in " + cases);
    request.cases = {cases, curricula::read_file(cases), "file"};
    request.body = asked.text("body");
    request.by = asked.text("by");
    request.because = asked.text("because");
    std::string nothing_to_compare;
    const std::optional<services::Preview> seen =
        asked.flag("preview") ? previewed_if_any(asked, file, nothing_to_compare) : std::nullopt;
    const Reviewed proposed = Publishing(asked.wiring.house(), asked.wiring.rulebook())
                                  .propose(asked.wiring.actor(), request, mode_of(asked));
    if (asked.json()) {
        asked.out.json(Json::object()
                           .set("proposed", proposed.done)
                           .set("proposal", proposed.done ? proposal_json(proposed.proposal) : Json())
                           .set("check", check_json(proposed.check))
                           .set("preview", seen ? preview_json(*seen) : Json()));
        return proposed.done ? Exit::yes : Exit::no;
    }
    if (seen)
        show_preview(asked, *seen);
    else if (!nothing_to_compare.empty())
        asked.out.line("There is nothing to compare it with: " + nothing_to_compare + ".");
    show_check(asked, proposed.check, edition_named(asked, file)->code);
    if (!proposed.done) {
        asked.out.line("It was not proposed; nothing was recorded.");
        return Exit::no;
    }
    asked.out.line({{edition_text(proposed.proposal) + " is proposed for " + proposed.proposal.body, Look::strong},
                    {" by " + proposed.proposal.proposed_by}});
    asked.out.line("Digest of the text: " + proposed.proposal.record.proposal.edition.digest);
    show_next(asked, proposed.proposal);
    return Exit::yes;
}

Exit said(Invocation& asked, const ProposalView& seen, const std::string& sentence) {
    if (asked.json()) {
        asked.out.json(proposal_json(seen));
        return Exit::yes;
    }
    asked.out.line({{sentence, Look::strong}});
    show_next(asked, seen);
    return Exit::yes;
}

Exit approve(Invocation& asked) {
    const auto [code, edition] = code_and_edition(asked.text("EDITION"));
    if (!asked.confirmed("Approve this text of " + code + " " + edition + "?"))
        return Exit::no;
    const ProposalView seen =
        Publishing(asked.wiring.house(), asked.wiring.rulebook())
            .approve(asked.wiring.actor(), code, edition, asked.text("digest"), asked.text("by"), mode_of(asked));
    return said(asked, seen, edition_text(seen) + " is approved by " + joined(seen.approved_by, " and "));
}

Exit publish(Invocation& asked) {
    const auto [code, edition] = code_and_edition(asked.text("EDITION"));
    if (!asked.confirmed("Publish " + code + " " + edition + "? Its text can never be changed after that."))
        return Exit::no;
    const Reviewed published = Publishing(asked.wiring.house(), asked.wiring.rulebook())
                                   .publish(asked.wiring.actor(), code, edition, mode_of(asked));
    if (asked.json()) {
        asked.out.json(Json::object()
                           .set("published", published.done)
                           .set("proposal", proposal_json(published.proposal))
                           .set("check", check_json(published.check)));
        return published.done ? Exit::yes : Exit::no;
    }
    show_check(asked, published.check, code);
    if (!published.done) {
        asked.out.line("It was not published; nothing was recorded.");
        return Exit::no;
    }
    asked.out.line({{edition_text(published.proposal) + " is published", Look::strong},
                    {" and holds from " + to_text(published.check.first_day)}});
    return Exit::yes;
}

Exit withdraw(Invocation& asked) {
    const auto [code, edition] = code_and_edition(asked.text("EDITION"));
    if (!asked.confirmed("Withdraw " + code + " " + edition + "?"))
        return Exit::no;
    const ProposalView seen = Publishing(asked.wiring.house(), asked.wiring.rulebook())
                                  .withdraw(asked.wiring.actor(), code, edition, asked.text("because"), mode_of(asked));
    return said(asked, seen, edition_text(seen) + " is withdrawn");
}

Exit show_one(Invocation& asked, const std::string& code, const std::string& edition) {
    const Reviewed seen = Publishing(asked.wiring.house(), asked.wiring.rulebook()).review(code, edition);
    const domain::Proposal& proposal = seen.proposal.record.proposal;
    if (asked.flag("text")) {
        asked.out.raw(proposal.edition.text);
        return Exit::yes;
    }
    const bool open = seen.proposal.state == ProposalState::draft || seen.proposal.state == ProposalState::approved;
    if (asked.json()) {
        asked.out.json(Json::object()
                           .set("proposal", proposal_json(seen.proposal))
                           .set("check", open ? check_json(seen.check) : Json()));
        return Exit::yes;
    }
    asked.out.facts({{"edition", {edition_text(seen.proposal), Look::strong}},
                     {"state", {state_text(seen.proposal)}},
                     {"body", {seen.proposal.body}},
                     {"digest", {proposal.edition.digest}},
                     {"proposed",
                      {domain::to_text(proposal.recorded_at) + " by " + seen.proposal.proposed_by + ", typed by " +
                       proposal.typed_by}},
                     {"past day because", {proposal.because}}});
    for (std::size_t at = 0; at < seen.proposal.event_by.size(); ++at) {
        const domain::ProposalEvent& one = seen.proposal.record.events[at];
        const std::string& person = seen.proposal.event_by[at];
        asked.out.line(std::string(domain::to_text(one.step)) + " " + domain::to_text(one.recorded_at) +
                       (person.empty() ? "" : " by " + person) + ", typed by " + one.typed_by +
                       (one.reason.empty() ? "" : ": " + one.reason));
    }
    if (open) {
        show_check(asked, seen.check, code);
        show_next(asked, seen.proposal);
    }
    return Exit::yes;
}

Exit proposals(Invocation& asked) {
    const std::string what = asked.text("WHAT");
    if (what.find(':') != std::string::npos) {
        const auto [code, edition] = code_and_edition(what);
        return show_one(asked, code, edition);
    }
    if (asked.flag("text"))
        throw UsageError("--text shows one text: name CODE:EDITION");
    const std::vector<ProposalView> all = Publishing(asked.wiring.house(), asked.wiring.rulebook()).list(what);
    Json list = Json::array();
    Table table({{"EDITION"}, {"STATE"}, {"BODY"}, {"PROPOSED BY"}, {"APPROVED BY"}, {"DIGEST"}});
    for (const ProposalView& one : all) {
        list.push(proposal_json(one));
        table.add({{argument_text(one), Look::strong},
                   {state_text(one)},
                   {one.body},
                   {one.proposed_by},
                   {joined(one.approved_by)},
                   {one.record.proposal.edition.digest.substr(0, services::shortest_digest), Look::faint}});
    }
    if (asked.json())
        asked.out.json(Json::object().set("proposals", std::move(list)));
    else if (table.empty())
        asked.out.line("nothing was proposed; peercert curriculum propose FILE begins it");
    else
        asked.out.table(table);
    return Exit::yes;
}

} // namespace

std::vector<Command> curriculum_publish_commands() {
    const Argument edition{.name = "EDITION", .help = "CODE:EDITION, such as wi-cps:2026-07"};
    return {
        {.path = "curriculum propose",
         .summary = "Propose a file as the next edition of its rules",
         .text = "The text and its cases are kept in the database as they are. The cases have to come out as expected, "
                 "lint "
                 "must find no error, and no other edition may claim the same days. --preview says beside it who would "
                 "gain, "
                 "lose or get another last day.\n\n"
                 "Who: an administrator, coordinator or reviewer of the body that answers for the rules proposes. Then "
                 "two of "
                 "its administrators approve: two different people, neither of whom ever proposed that text. All of "
                 "them are "
                 "people of the record and hold their role on that day.\n\n"
                 "When: from the day its \"in force: from\" says; a file that says none, from the day it is published. "
                 "A day "
                 "that has passed needs --because: an emergency, or a rule that was in force before it came here.\n\n"
                 "A changed file is proposed again and needs its approvals again.",
         .effect = Effect::writes,
         .arguments = {{.name = "FILE",
                        .help = "A .yaml file; its .cases.yaml stands beside it",
                        .type = ValueType::file}},
         .options = {{.name = "body",
                      .value = "ORGANIZATION",
                      .help = "Who answers for these rules",
                      .otherwise = "whoever published them before"},
                     {.name = "by", .value = "PERSON", .help = "Who proposes it; the operator has to name somebody"},
                     {.name = "because", .value = "REASON", .help = "Why its first day may have passed"},
                     {.name = "preview", .help = "Say what it would do to the people in the record"}},
         .examples = {{"curriculum propose drafts/wi-cps/2026-07.yaml --body dhs --by \"Ana Ruiz\"",
                       "Begin the way of a draft"}},
         .json = "{\"proposed\": yes or no, \"proposal\": " + proposal_shape + " or null, \"check\": " + check_shape +
                 ", \"preview\": as curriculum preview, or null}",
         .exits = {Exit::no, Exit::not_found, Exit::invalid_input, Exit::conflict, Exit::forbidden,
                   Exit::plugin_failure},
         .run = propose},
        {.path = "curriculum approve",
         .summary = "Approve exactly the text that was read",
         .text =
             "The digest names the text: at least its first 12 characters, as curriculum proposals shows them. If the "
             "draft was changed since, the approval is refused; read it again (curriculum proposals CODE:EDITION "
             "--text, curriculum diff, curriculum preview).\n\n"
             "Two different administrators of the body approve; whoever proposed the text is neither of them.",
         .effect = Effect::decides,
         .arguments = {edition},
         .options = {{.name = "digest", .value = "DIGEST", .help = "Of the text that was read", .required = true},
                     {.name = "by", .value = "PERSON", .help = "Who approves it; the operator has to name somebody"}},
         .examples = {{"curriculum approve wi-cps:2026-07 --digest 3f2a90b1c4d5 --by \"Bo Lee\"", "One of two"}},
         .json = proposal_shape,
         .exits = {Exit::not_found, Exit::invalid_input, Exit::conflict, Exit::forbidden, Exit::plugin_failure},
         .run = approve},
        {.path = "curriculum publish",
         .summary = "Let an approved edition hold from its first day",
         .text =
             "Its kept text is looked at once more: the cases, lint, the days. From then on the text can never "
             "change, and people are judged by it though the file is gone or says something else. The edition before "
             "it, if it has no last day of its own, ends the day before.\n\n"
             "By the operator or an administrator of the body, after two approvals.",
         .effect = Effect::decides,
         .arguments = {edition},
         .examples = {{"curriculum publish wi-cps:2026-07", "Let it hold"}},
         .json = "{\"published\": yes or no, \"proposal\": " + proposal_shape + ", \"check\": " + check_shape + "}",
         .exits = {Exit::no, Exit::not_found, Exit::conflict, Exit::forbidden, Exit::plugin_failure},
         .run = publish},
        {.path = "curriculum withdraw",
         .summary = "Take back a draft, or a published edition that has not begun",
         .text = "What was published is only withdrawn before its first day and while nothing relies on it; then the "
                 "edition before it goes on. Later, another edition takes its place. One administrator of the body, or "
                 "the operator, is enough: this keeps the rule that is in force.",
         .effect = Effect::decides,
         .arguments = {edition},
         .options = {{.name = "because", .value = "REASON", .help = "Why", .required = true}},
         .examples = {{"curriculum withdraw wi-cps:2026-07 --because \"a mistake in the hours\"", "Stop it in time"}},
         .json = proposal_shape,
         .exits = {Exit::not_found, Exit::invalid_input, Exit::conflict, Exit::forbidden, Exit::plugin_failure},
         .run = withdraw},
        {.path = "curriculum proposals",
         .summary = "Show what was proposed, approved and published, and what is still missing",
         .text =
             "States: draft, approved, published, superseded (a later edition has begun), replaced (the same edition "
             "was proposed anew with another text), withdrawn. With CODE:EDITION one in full: who did what and when, "
             "which account typed it, and what is found when its text is looked at today.",
         .effect = Effect::reads,
         .arguments = {{.name = "WHAT", .help = "A code, or CODE:EDITION", .required = false}},
         .options = {{.name = "text", .help = "Print the kept text"}},
         .examples = {{"curriculum proposals wi-cps:2026-07", "What is still missing"},
                      {"curriculum proposals wi-cps:2026-07 --text", "Read what is to be approved"}},
         .json = "{\"proposals\": [" + proposal_shape +
                 "]}, and with CODE:EDITION {\"proposal\": ..., \"check\": " + check_shape + " or null}",
         .exits = {Exit::not_found, Exit::plugin_failure},
         .run = proposals},
    };
}

} // namespace peercert::cli
