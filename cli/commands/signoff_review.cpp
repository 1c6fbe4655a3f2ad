#include "cli/commands/signoff_parts.hpp"
#include "cli/common.hpp"
#include "cli/output.hpp"
#include "cli/reviewed.hpp"
#include "cli/wiring.hpp"
#include "services/authority_review.hpp"
#include "words/json_list.hpp"
#include "words/shapes.hpp"
#include "words/sign_off_shapes.hpp"

namespace peercert::cli {
namespace {

using services::AuthorityReview;

words::Json impact_json(const AuthorityReview::Impact& impact) {
    return words::Json::object()
        .set("assessor", impact.assessor)
        .set("credential", impact.credential.empty() ? words::Json() : words::Json(impact.credential))
        .set("void_from", to_text(impact.void_from))
        .set("signatures", words::list(impact.signatures,
                                       [](const AuthorityReview::Affected& one) {
                                           return words::signature_json(one.signature)
                                               .set("put_under_review", one.put_under_review)
                                               .set("relying", words::list(one.relying, words::relying_json));
                                       }))
        .set("unseen", impact.unseen)
        .set("other_lines", impact.other_lines);
}

Exit impact(Invocation& asked) {
    const bool put = asked.flag("put-under-review");
    const auto impact =
        AuthorityReview(asked.wiring.house(), asked.wiring.rulebook())
            .impact(asked.wiring.actor(), asked.text("WHOSE"), asked.date("void-from"), put, mode_of(asked));
    if (asked.json()) {
        asked.out.json(impact_json(impact));
        return Exit::yes;
    }
    asked.out.line(
        {{impact.assessor_name, Look::strong},
         {", " + impact.assessor + (impact.credential.empty() ? "" : ", by credential " + impact.credential) +
          ", from " + to_text(impact.void_from)}});
    asked.out.line();
    std::vector<services::SignatureView> views;
    std::vector<services::Relying> relying;
    for (const AuthorityReview::Affected& one : impact.signatures) {
        views.push_back(one.signature);
        relying.insert(relying.end(), one.relying.begin(), one.relying.end());
    }
    print_signatures(asked, views);
    print_relying(asked.out, relying);
    if (impact.unseen > 0)
        asked.out.line(std::to_string(impact.unseen) + " more, of people whose record you may not see");
    if (impact.other_lines > 0)
        asked.out.line(
            std::to_string(impact.other_lines) +
            " line(s) of hours and courses that they vouched for on those days; `peercert record` keeps them");
    if (views.empty() && impact.unseen == 0)
        asked.out.line("no sign-off rests on it");
    else if (!put)
        asked.out.paragraph("Nothing was changed. --put-under-review lets each that is signed wait for a person's "
                            "decision; what people hold stays as it is either way.");
    else
        asked.out.paragraph("What people hold is unchanged. Tell each learner plainly that it says nothing about them, "
                            "and offer to see it again free of charge. `peercert signoff decide ENTRY uphold` or "
                            "`withdraw` settles each.");
    return Exit::yes;
}

Exit decide(Invocation& asked) {
    const bool uphold = asked.text("DECISION") == "uphold";
    if (!asked.confirmed(uphold ? "Let the sign-off count again?" : "Take the sign-off out of the count?"))
        return Exit::no;
    const auto changed = AuthorityReview(asked.wiring.house(), asked.wiring.rulebook())
                             .decide(asked.wiring.actor(), EntryId{asked.number("ENTRY")}, uphold, mode_of(asked));
    if (asked.json()) {
        asked.out.json(words::changed_json(changed));
        return Exit::yes;
    }
    asked.out.line(uphold ? "it counts again; the learner can be told so"
                          : "it no longer counts; it stays visible, and says nothing about the learner");
    print_signatures(asked, changed.lines);
    print_relying(asked.out, changed.relying);
    return Exit::yes;
}

} // namespace

std::vector<Command> signoff_review_commands() {
    return {
        {
            .path = "signoff impact",
            .summary = "Show what rests on an authority that turns out void from a day on",
            .text =
                "Every sign-off that stands and was seen on that day or later: by a person, or only those that relied "
                "on one credential (its number). Credentials granted on them are named. Changes nothing; with "
                "--put-under-review each signed one waits for a person's decision and says so wherever it is read. "
                "Nobody loses anything by that: what is held stays until somebody decides.",
            .effect = Effect::writes,
            .arguments = {{.name = "WHOSE", .help = "A person, or the number of a credential"}},
            .options = {{.name = "void-from",
                         .value = "DATE",
                         .help = "The first day on which the authority was not there",
                         .type = ValueType::date,
                         .required = true},
                        {.name = "put-under-review", .help = "Let each of them wait for a decision"}},
            .examples = {{"signoff impact P-FACILITATOR --void-from 2025-02-01", "Look first"}},
            .json = "{\"assessor\": code, \"credential\": text or null, \"void_from\": day, \"signatures\": [{..., "
                    "\"put_under_review\": true or false, \"relying\": [...]}], \"unseen\": number, \"other_lines\": "
                    "number}",
            .exits = {Exit::not_found, Exit::forbidden},
            .run = impact,
        },
        {
            .path = "signoff decide",
            .summary = "Decide about a sign-off under review",
            .text = "By somebody who decides (a reviewer), neither the learner nor an assessor of it.",
            .effect = Effect::decides,
            .arguments = {{.name = "ENTRY", .help = "Its number", .type = ValueType::number},
                          {.name = "DECISION",
                           .help = "Whether it counts",
                           .type = ValueType::word,
                           .allowed = {"uphold", "withdraw"}}},
            .json = "{\"lines\": [...], \"relying\": [...]}",
            .exits = {Exit::no, Exit::not_found, Exit::conflict, Exit::forbidden},
            .run = decide,
        },
    };
}

} // namespace peercert::cli
