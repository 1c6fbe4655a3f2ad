#include <fstream>
#include <sstream>

#include <peercert/error.hpp>

#include "cli/commands.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/steps.hpp"
#include "cli/wiring.hpp"
#include "services/planner.hpp"
#include "words/answers.hpp"

namespace peercert::cli {
namespace {

rules::PlanOrder order_of(const Invocation& asked) {
    const std::string order = asked.text("prefer");
    return order == "cheapest"     ? rules::PlanOrder::cheapest
           : order == "least-time" ? rules::PlanOrder::least_time
                                   : rules::PlanOrder::earliest;
}

/// "become certified", "to renew certified".
void take_goal(const std::string& goal, services::PlanRequest& request) {
    std::string rest = goal.starts_with("to ") ? goal.substr(3) : goal;
    const auto blank = rest.find(' ');
    const std::string verb = rest.substr(0, blank);
    if (verb != "become" && verb != "renew" && verb != "extend" && verb != "add")
        throw UsageError("--to begins with become, renew, extend or add, such as \"become certified\", not \"" + goal +
                         '"');
    request.verb = verb == "renew"    ? Step::Verb::renew
                   : verb == "extend" ? Step::Verb::extend
                   : verb == "add"    ? Step::Verb::add
                                      : Step::Verb::become;
    request.level = blank == std::string::npos ? "" : rest.substr(blank + 1);
}

Exit plan(Invocation& asked) {
    services::PlanRequest request;
    request.track = asked.text("TRACK");
    request.person = asked.text("PERSON");
    request.verb = verb_of(asked);
    request.level = asked.text("level");
    if (asked.given("to")) {
        if (request.verb != Step::Verb::become || asked.given("level"))
            throw UsageError("--to says what is asked for; leave out --renew, --add, --extend and --level");
        take_goal(asked.text("to"), request);
    }
    request.term = term_of(asked);
    request.edition = asked.text("edition");
    request.on = asked.maybe_date("on");
    request.by = asked.maybe_date("by");
    request.filed_on = asked.maybe_date("filed");
    request.order = order_of(asked);
    request.cohorts = !asked.flag("no-cohorts");
    std::istringstream offers;
    if (asked.given("offers")) {
        offers.str(asked.contents("offers"));
        request.offers = &offers;
        request.offers_name = asked.text("offers");
    }
    services::Planner planner(asked.wiring.house(), asked.wiring.rulebook());
    const auto answer = planner.plan(asked.wiring.actor(), request);
    if (asked.json())
        asked.out.json(words::plan_json(answer));
    else
        print_sheet(asked, words::told(answer, speaker(asked)));
    return answer.reached() ? Exit::yes : Exit::no;
}

} // namespace

std::vector<Command> plan_commands() {
    return {{
        .path = "plan",
        .summary = "Find the shortest way to a certification or renewal from what is offered",
        .text =
            "Which of the offered courses, hours and exam sittings to take, and what to sign, in which order, with "
            "days, hours and cost. Offers are the cohorts of the record that have not begun, and a file of your "
            "own.\n\n"
            "Every way is judged by the same rules that decide the application, with the planned entries beside the "
            "recorded ones, so exclusive parts, caps, windows and who may vouch are respected as they are there. The "
            "shortest is by default the one done soonest; of those the cheapest, of those the one that takes least "
            "time. Nothing in it can be left out. Where there are too many ways to try them all, the answer says that "
            "a "
            "better one may exist.\n\n"
            "What the rule asks for and nobody offers (a document, an exam) stands apart, as few of those as can be, "
            "and without a day: then the plan says before which day it cannot be, and promises none. Where one of "
            "several statements about oneself is enough, all are named; only the person can know which is true. "
            "What only people can decide is listed and never guessed. Nothing is written.\n\n"
            "The file is a table (CSV) with the columns course and day, and where they matter until, each (week), kind "
            "(CE, training, practice, supervision, exam, document ...), code, topics (divided by semicolons), hours, "
            "price, provider, vouched as.",
        .arguments = {{.name = "TRACK", .help = "Code of the track or curriculum, such as wi-cps"},
                      {.name = "PERSON", .help = "The person's code, P-..."}},
        .options = {{.name = "to",
                     .value = "GOAL",
                     .help = "What is asked for, such as \"become certified\" or \"renew certified\""},
                    {.name = "renew", .help = "The renewal instead of the first certification"},
                    add_option(),
                    extend_option(),
                    term_option(),
                    {.name = "level", .value = "LEVEL", .help = "Which level", .otherwise = "the only one there is"},
                    edition_option(),
                    {.name = "offers",
                     .value = "FILE",
                     .help = "A table of offers, - for standard input",
                     .type = ValueType::file},
                    {.name = "no-cohorts", .help = "Leave out the cohorts of the record"},
                    {.name = "on",
                     .value = "DATE",
                     .help = "The first day anything can be done",
                     .type = ValueType::date,
                     .otherwise = "today"},
                    {.name = "by",
                     .value = "DATE",
                     .help = "The last day",
                     .type = ValueType::date,
                     .otherwise = "the last day of the term that is renewed, else five years on"},
                    {.name = "filed",
                     .value = "DATE",
                     .help = "The application was filed on this day already",
                     .type = ValueType::date},
                    {.name = "prefer",
                     .value = "WHAT",
                     .help = "What shortest means",
                     .type = ValueType::word,
                     .allowed = {"earliest", "cheapest", "least-time"},
                     .otherwise = "earliest"}},
        .examples = {{"plan wa-cpss P-0000-0000-000 --renew --offers courses.csv", "Which courses for the renewal?"},
                     {"plan wi-cps P-0000-0000-000 --to \"become certified\" --by 2026-12-31",
                      "How to be certified this year?"}},
        .json =
            "{\"reached\": true or false, \"stages\": [{\"step\": text, \"outcome\": \"found\", \"not before\", \"to "
            "decide\" or \"not "
            "reached\", \"proof\": \"best\", \"effort spent\" or \"too entangled\", \"day\": day, \"minutes\": number, "
            "\"cents\": number, \"fee\": {...}, \"items\": [{\"what\": text, \"how\": \"offered\", \"own step\" or "
            "\"assumed\", \"first_day\": day or null, \"or_else\": [text], ...}], \"to_decide\": [...], \"missing\": "
            "[...], \"finding\": {...}}]}",
        .exits = {Exit::no, Exit::not_found, Exit::invalid_input},
        .run = plan,
    }};
}

} // namespace peercert::cli
