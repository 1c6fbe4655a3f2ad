#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "domain/codes.hpp"

namespace peercert::cli {
namespace {

Exit print(Invocation& asked, bool paused) {
    if (asked.json())
        asked.out.json(words::Json::object().set("paused", paused));
    else
        asked.out.line(paused ? "issuing is paused: no credential number is handed out" : "issuing is open");
    return Exit::yes;
}

template <class Fn>
void change(Invocation& asked, const char* action, Fn&& fn) {
    storage::Store& store = asked.wiring.store();
    const storage::WriteContext by{asked.wiring.operator_name(), asked.wiring.clock().now()};
    const auto unit = [&](storage::UnitOfWork& work) {
        const std::string object = fn(work);
        work.audit.append({.action = action, .object = object});
    };
    if (asked.dry_run())
        store.rehearse(by, unit);
    else
        store.write(by, unit);
}

Exit show(Invocation& asked) {
    return print(asked,
                 asked.wiring.store().read([](storage::UnitOfWork& work) { return work.numbers.issuing_paused(); }));
}

Exit pause(Invocation& asked) {
    change(asked, "issuance.paused", [](storage::UnitOfWork& work) {
        work.numbers.pause_issuing();
        return std::string("installation");
    });
    return print(asked, true);
}

Exit resume(Invocation& asked) {
    std::optional<domain::CredentialNumber> newest;
    if (asked.given("newest")) {
        newest = domain::CredentialNumber::parse(asked.text("newest"));
        if (!newest)
            throw Error(ErrorCode::invalid_input,
                        "\"" + asked.text("newest") +
                            "\" is no credential number; compare it with the certificate, sign by sign");
    } else if (!asked.flag("nothing-newer")) {
        throw UsageError("say which number was handed out last: --newest NUMBER, or --nothing-newer",
                         "a number that is handed out twice would certify two people");
    }
    if (!asked.confirmed("Hand out credential numbers again?")) {
        asked.out.note("nothing was changed");
        return Exit::no;
    }
    change(asked, "issuance.resumed",
           [&](storage::UnitOfWork& work) { return work.numbers.confirm_high_water(newest); });
    return print(asked, false);
}

} // namespace

std::vector<Command> issuance_commands() {
    return {
        {.path = "issuance show",
         .summary = "Show whether credential numbers are handed out",
         .json = "{\"paused\": true or false}",
         .run = show},
        {
            .path = "issuance pause",
            .summary = "Stop handing out credential numbers, at once and without a restart",
            .effect = Effect::writes,
            .json = "{\"paused\": true}",
            .run = pause,
        },
        {
            .path = "issuance resume",
            .summary = "Hand out credential numbers again",
            .text = "After a restore the database cannot know what was handed out since the backup. Look up the newest "
                    "certificate, "
                    "on paper or in the post, and say its number: counting goes on behind it.",
            .effect = Effect::decides,
            .options = {{.name = "newest", .value = "NUMBER", .help = "The number that was handed out last"},
                        {.name = "nothing-newer", .help = "Nothing was handed out that the database does not know of"}},
            .examples = {{"issuance resume --newest 7K3M-9QXT-42H", "After a restore"}},
            .json = "{\"paused\": false}",
            .run = resume,
        },
    };
}

} // namespace peercert::cli
