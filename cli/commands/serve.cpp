#include <mutex>
#include <unistd.h>

#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/common.hpp"
#include "cli/exposed_files.hpp"
#include "cli/output.hpp"
#include "cli/values.hpp"
#include "cli/wiring.hpp"
#include "http/server.hpp"
#include "http/termination.hpp"
#include "services/hours.hpp"
#include "services/verification.hpp"

namespace peercert::cli {
namespace {

constexpr std::size_t sessions_of_a_server = 16;

/// A page is asked for in either language, whatever this machine speaks.
std::shared_ptr<const words::Messages> messages_of_every_language(Invocation& asked) {
    auto messages = std::make_shared<words::Messages>(asked.wiring.messages());
    for (const words::Language language : {words::Language::english, words::Language::spanish})
        if (language != asked.wiring.language())
            asked.wiring.add_names(*messages, language);
    return messages;
}

/// Nothing is answered from files that others may have changed.
void refuse_exposed(const Settings& settings) {
    const std::vector<std::string> exposed = exposed_files(settings);
    if (exposed.empty())
        return;
    std::string all;
    for (const std::string& one : exposed)
        all += (all.empty() ? "" : "; ") + one;
    throw Error(ErrorCode::unavailable, "others may read or change what only peercert should: " + all);
}

/// Nothing is answered from a record that is damaged or from the future.
void refuse_unsound(storage::Store& store, const services::Clock& clock) {
    const std::vector<std::string> problems = store.problems(false);
    if (!problems.empty())
        throw Error(ErrorCode::unavailable,
                    "the database is not sound: " + problems.front() + "; peercert doctor shows more");
    const auto newest = store.read([](storage::UnitOfWork& work) { return work.audit.newest(); });
    if (newest && newest->at > clock.now())
        throw Error(ErrorCode::unavailable, "it is " + domain::to_text(clock.now()) +
                                                " here, but something was recorded at " + domain::to_text(newest->at) +
                                                "; set this machine's clock right first");
}

/// Beyond this machine only when a person answers for what is served. There are no accounts and no passwords yet, and
/// only a supervisor's answer to a link is taken over HTTP: an administrator is who holds that role in the record,
/// given by the operator here.
void refuse_without_administrator(Invocation& asked, const http::Settings& settings) {
    if (http::listens_here_only(settings))
        return;
    services::House& house = asked.wiring.house();
    const Date today = house.today();
    if (!house.store.read([&](storage::UnitOfWork& work) { return services::has_administrator(work, today); }))
        throw Error(
            ErrorCode::invalid_input,
            "nobody is an administrator today, so the server does not listen on " + settings.address +
                " for others than this machine: name one first (peercert organization grant ORGANIZATION PERSON "
                "administrator), or listen on 127.0.0.1");
}

/// Nothing is answered beside rules that could not be read: who configured them would not know.
void refuse_half_of_the_rules(const curricula::Catalogue& catalogue) {
    try {
        catalogue.require_clean();
    } catch (const Error& error) {
        throw Error(ErrorCode::unavailable, in_one_line(error.what()) +
                                                "; mend these, or leave their folder out of the curricula setting; "
                                                "peercert curriculum check shows them again");
    }
}

std::vector<std::string> not_ready_because(storage::Store& store) {
    try {
        store.read([](storage::UnitOfWork& work) { work.installation.get(); });
        return store.not_ready();
    } catch (const Error&) { // its sentence may name a path
        return {"the database cannot be read"};
    }
}

void write_to_standard_error(std::string_view lines) {
    while (!lines.empty()) {
        const ssize_t written = ::write(STDERR_FILENO, lines.data(), lines.size());
        if (written <= 0)
            return; // a log that cannot be written must not stop the answers
        lines.remove_prefix(static_cast<std::size_t>(written));
    }
}

http::Settings settings_of(Invocation& asked) {
    const Settings& wanted = asked.wiring.settings();
    http::Settings settings;
    settings.address = wanted.listen.value;
    settings.port = static_cast<std::uint16_t>(parse_number(wanted.port.value).value());
    settings.proxies = wanted.proxy_addresses();
    http::check(settings);
    return settings;
}

/// With the line http.started of the log, everything that safety rests on; once, without secrets.
void note_what_is_served(Invocation& asked, const http::Settings& settings) {
    const storage::Store& store = asked.wiring.store();
    std::string plugins, proxies;
    for (const plugin_host::PluginInfo& plugin : asked.wiring.plugins().plugins())
        plugins += (plugins.empty() ? "" : ", ") + plugin.id + " " + plugin.version;
    for (const std::string& proxy : settings.proxies)
        proxies += (proxies.empty() ? "" : ", ") + proxy;
    asked.out.note("database " + store.location() + ", " + std::string(domain::to_text(store.installation().kind)));
    asked.out.note("plugins " + (plugins.empty() ? std::string("none") : plugins) + ", from " +
                   asked.wiring.settings().plugins.value);
    asked.out.note("proxies believed: " + (proxies.empty() ? "none" : proxies) + "; at most " +
                   std::to_string(settings.max_connections) + " connections, " +
                   std::to_string(settings.max_connections_per_client) + " a client; " +
                   std::to_string(settings.lookups_per_minute) + " checks a minute a client; log on standard error");
}

Exit serve(Invocation& asked) {
    const http::Settings settings = settings_of(asked);
    http::TerminationSignals signals; // before any thread starts
    asked.wiring.use_sessions(sessions_of_a_server);
    refuse_exposed(asked.wiring.settings());
    storage::Store& store = asked.wiring.store();
    refuse_unsound(store, asked.wiring.clock());
    refuse_without_administrator(asked, settings);
    asked.wiring.plugins(); // what is configured loads, or nothing starts
    refuse_half_of_the_rules(asked.wiring.catalogue());
    std::mutex rules; // the rule files are read when the first answer needs them
    const services::Verification verification(asked.wiring.house(), [&]() -> const services::Rulebook& {
        const std::lock_guard lock(rules);
        return asked.wiring.rulebook();
    });

    const auto hours = [&] {
        const std::lock_guard lock(rules);
        return services::Hours(asked.wiring.house(), asked.wiring.rulebook());
    };

    http::Server server(settings,
                        {
                            .verify = [&](std::string_view number,
                                          std::optional<Date> day) { return verification.verify(number, day); },
                            .not_ready_because = [&] { return not_ready_because(store); },
                            .open_confirmation = [&](std::string_view secret) { return hours().open(secret); },
                            .answer_confirmation =
                                [&](std::string_view secret, const std::vector<EntryId>& confirmed) {
                                    return hours().answer(secret, confirmed, "link");
                                },
                            .messages = messages_of_every_language(asked),
                            .log = write_to_standard_error,
                            .more_routes = {},
                            .demo = store.installation().kind == domain::InstallationKind::demo,
                        });
    server.start();

    const std::string host =
        settings.address.find(':') == std::string::npos ? settings.address : "[" + settings.address + "]";
    const std::string url = "http://" + host + ":" + std::to_string(server.port()) + "/";
    note_what_is_served(asked, settings);
    if (asked.json())
        asked.out.json(
            words::Json::object().set("listening", url).set("port", server.port()).set("process", ::getpid()));
    else
        asked.out.line("listening on " + url);
    asked.out.flush();

    const std::string signal(signals.wait());
    server.stop();
    asked.out.note("stopped by " + signal);
    return Exit::yes;
}

} // namespace

std::vector<Command> serve_commands() {
    return {{
        .path = "serve",
        .summary = "Answer verifications over HTTP, as a page and as JSON",
        .text =
            "GET / is a page for people, GET /api/v1/verify/NUMBER?valid_on=DATE the same answer as JSON. GET "
            "/livez, /readyz and /metrics are for "
            "whoever runs it. GET and POST /confirm/SECRET is where a supervisor answers the link of `peercert hours "
            "ask`; nothing else can be changed over HTTP.\n\n"
            "Listens on this machine only. To serve others put a reverse proxy with TLS in front and name its "
            "address with --proxies; "
            "an address of the network without one is refused, and so it is while nobody holds the role of an "
            "administrator.\n\n"
            "Does not start on a database that is damaged, of another version, written by a clock that is ahead of "
            "this machine's, or whose files others may read or change, nor beside plugins or curriculum files that "
            "cannot be read; peercert doctor says what to do.\n\n"
            "Runs until SIGTERM or SIGINT, then lets requests being answered finish.",
        .options = {{.name = "listen", .value = "ADDRESS", .help = "Numeric address to bind", .otherwise = "127.0.0.1"},
                    {.name = "port",
                     .value = "PORT",
                     .help = "Port to bind; 0 takes a free one",
                     .type = ValueType::number,
                     .otherwise = "8080"},
                    {.name = "proxies",
                     .value = "ADDRESSES",
                     .help = "Reverse proxies to believe, divided by commas",
                     .otherwise = "none"}},
        .examples = {{"serve --port 8080", "Then open http://127.0.0.1:8080/"}},
        .json = "Once it listens: {\"listening\": URL, \"port\": number, \"process\": number}",
        .run = serve,
    }};
}

} // namespace peercert::cli
