#include "cli/commands/signoff_parts.hpp"
#include "cli/common.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/conflicts_of_interest.hpp"
#include "words/json_list.hpp"

namespace peercert::cli {
namespace {

words::Json day_or_null(const std::optional<Date>& day) { return day ? words::Json(to_text(*day)) : words::Json(); }

Exit declare(Invocation& asked) {
    const auto declared = services::ConflictsOfInterest(asked.wiring.house())
                              .declare(asked.wiring.actor(),
                                       {asked.text("PERSON"), asked.text("OTHER"), asked.maybe_date("from"),
                                        asked.maybe_date("until"), asked.flag("never")},
                                       mode_of(asked));
    if (asked.json()) {
        asked.out.json(words::Json::object()
                           .set("done", !asked.dry_run())
                           .set("first_day", day_or_null(declared.days.first))
                           .set("last_day", day_or_null(declared.days.last))
                           .set("signed_already", declared.signed_already));
        return Exit::yes;
    }
    if (asked.flag("never")) {
        asked.out.line("that it was declared stays visible; it no longer stands in the way");
        return Exit::yes;
    }
    asked.out.line("neither signs off for the other from " + to_text(*declared.days.first) +
                   (declared.days.last ? " to " + to_text(*declared.days.last) : " on"));
    if (declared.signed_already > 0)
        asked.out.paragraph(std::to_string(declared.signed_already) +
                            " sign-off(s) between the two on those days stay as they are; `peercert signoff impact` "
                            "shows what rests on whom.");
    return Exit::yes;
}

Exit list(Invocation& asked) {
    const auto views =
        services::ConflictsOfInterest(asked.wiring.house()).of(asked.wiring.actor(), asked.text("PERSON"));
    if (asked.json()) {
        asked.out.json(words::Json::object().set("conflicts",
                                                 words::list(views, [](const services::ConflictsOfInterest::View& one) {
                                                     return words::Json::object()
                                                         .set("with", one.other)
                                                         .set("first_day", day_or_null(one.days.first))
                                                         .set("last_day", day_or_null(one.days.last));
                                                 })));
        return Exit::yes;
    }
    Table table({{"WITH"}, {"NAME"}, {"FROM"}, {"TO"}});
    for (const auto& one : views)
        table.add({{one.other},
                   {one.name},
                   {one.days.first ? to_text(*one.days.first) : ""},
                   {one.days.last ? to_text(*one.days.last) : ""}});
    asked.out.table(table);
    if (views.empty())
        asked.out.note("none is declared");
    return Exit::yes;
}

} // namespace

std::vector<Command> signoff_conflict_commands() {
    return {
        {
            .path = "signoff conflict",
            .summary = "Declare that two people do not sign off for each other",
            .text =
                "Days and no reason: there is no field for one. By either of the two, or whoever keeps the record of "
                "either. The same first day with another --until ends or prolongs it; --never says that it was a "
                "mistake. What was signed before stays as it is.",
            .effect = Effect::writes,
            .arguments = {{.name = "PERSON", .help = "Either of the two"}, {.name = "OTHER", .help = "The other one"}},
            .options = {{.name = "from",
                         .value = "DATE",
                         .help = "The first day",
                         .type = ValueType::date,
                         .otherwise = "today"},
                        {.name = "until",
                         .value = "DATE",
                         .help = "The last day",
                         .type = ValueType::date,
                         .otherwise = "no end"},
                        {.name = "never", .help = "It was never so"}},
            .json =
                "{\"done\": true or false, \"first_day\": day, \"last_day\": day or null, \"signed_already\": number}",
            .exits = {Exit::not_found, Exit::invalid_input, Exit::forbidden},
            .run = declare,
        },
        {
            .path = "signoff conflicts",
            .summary = "Show with whom somebody has a declared conflict of interest",
            .arguments = {{.name = "PERSON", .help = "Code, or the name they use"}},
            .json = "{\"conflicts\": [{\"with\": code, \"first_day\": day, \"last_day\": day or null}]}",
            .exits = {Exit::not_found, Exit::forbidden},
            .run = list,
        },
    };
}

} // namespace peercert::cli
