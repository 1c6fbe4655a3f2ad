#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"

namespace peercert::cli {
namespace {

void print(Invocation& asked, domain::InstallationKind kind, domain::Instant now) {
    const std::string day = to_text(services::day_in_zone(now, asked.wiring.settings().zone.value));
    if (asked.json()) {
        asked.out.json(words::Json::object()
                           .set("kind", domain::to_text(kind))
                           .set("now", domain::to_text(now))
                           .set("today", day)
                           .set("zone", asked.wiring.settings().zone.value));
        return;
    }
    asked.out.facts({{"database", {std::string(domain::to_text(kind))}},
                     {"now", {domain::to_text(now)}},
                     {"today", {day + " in " + asked.wiring.settings().zone.value}}});
}

Exit show(Invocation& asked) {
    const domain::InstallationKind kind = asked.wiring.store().installation().kind;
    print(asked, kind, asked.wiring.clock().now());
    return Exit::yes;
}

Exit set(Invocation& asked) {
    const domain::Instant wanted = asked.instant("INSTANT");
    storage::Store& store = asked.wiring.store();
    if (store.installation().kind != domain::InstallationKind::demo)
        throw Error(ErrorCode::forbidden, "this is a live database: its clock is the machine's and cannot be set; "
                                          "peercert init --demo makes one whose clock can");
    const domain::Instant before = asked.wiring.clock().now();
    const storage::WriteContext by{asked.wiring.operator_name(), wanted};
    const auto move = [&](storage::UnitOfWork& work) {
        // What was recorded stays in the order in which it was recorded.
        if (const auto newest = work.audit.newest(); newest && newest->at > wanted)
            throw Error(ErrorCode::conflict, "the demo's clock only goes forward: something was recorded at " +
                                                 domain::to_text(newest->at) + ", later than " +
                                                 domain::to_text(wanted));
        work.installation.set_demo_clock(wanted);
        work.audit.append({.action = "clock.set",
                           .object = "installation",
                           .before = domain::to_text(before),
                           .after = domain::to_text(wanted)});
    };
    if (asked.dry_run())
        store.rehearse(by, move);
    else
        store.write(by, move);
    print(asked, domain::InstallationKind::demo, wanted);
    return Exit::yes;
}

constexpr const char* shape = "{\"kind\": \"live\" or \"demo\", \"now\": instant, \"today\": day, \"zone\": IANA name}";

} // namespace

std::vector<Command> clock_commands() {
    return {
        {
            .path = "clock show",
            .summary = "Show what time it is for this database",
            .json = shape,
            .run = show,
        },
        {
            .path = "clock set",
            .summary = "Move the clock of a demo database forward",
            .text = "Only a database made with init --demo has a clock that can be set. It stands still where it was "
                    "put and only goes forward, "
                    "so that what was recorded stays in the order in which it was recorded.",
            .effect = Effect::writes,
            .arguments = {{.name = "INSTANT", .help = "In UTC: YYYY-MM-DDThh:mm:ssZ", .type = ValueType::instant}},
            .examples = {{"clock set 2025-10-20T09:00:00Z", "It is the 20th of October 2025"}},
            .json = shape,
            .exits = {Exit::conflict, Exit::forbidden},
            .run = set,
        },
    };
}

} // namespace peercert::cli
