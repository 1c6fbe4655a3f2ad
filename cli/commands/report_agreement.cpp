#include "cli/commands/report_parts.hpp"
#include "cli/output.hpp"
#include "cli/wiring.hpp"
#include "services/reports/agreement.hpp"
#include "words/json_list.hpp"

namespace peercert::cli {
namespace {

using services::AgreementReport;
using services::Fraction;

words::Json fraction_json(const std::optional<Fraction>& value) {
    return value ? words::Json::object()
                       .set("numerator", value->part)
                       .set("denominator", value->of)
                       .set("hundredths", value->hundredths())
                 : words::Json();
}

/// 0.65, -0.04.
std::string two_places(const Fraction& value) {
    const std::int64_t hundredths = value.hundredths();
    const std::int64_t size = hundredths < 0 ? -hundredths : hundredths;
    const std::string places = std::to_string(size % 100);
    return (hundredths < 0 ? "-" : "") + std::to_string(size / 100) + "." + (places.size() < 2 ? "0" : "") + places;
}

words::Json report_json(const AgreementReport& report) {
    return words::Json::object()
        .set("framework", report.framework)
        .set("enough", AgreementReport::enough)
        .set("editions", words::list(report.editions, [](const AgreementReport::OfEdition& edition) {
                 return words::Json::object()
                     .set("edition", edition.edition)
                     .set("scale", words::Json::array_of(edition.scale))
                     .set("competencies", words::list(edition.lines, [](const AgreementReport::Line& line) {
                              return words::Json::object()
                                  .set("competency", line.competency)
                                  .set("double_rated", line.double_rated)
                                  .set("same", fraction_json(line.same))
                                  .set("weighted_kappa", fraction_json(line.kappa));
                          }));
             }));
}

Exit agreement(Invocation& asked) {
    const auto report = services::agreement(asked.wiring.house(), asked.wiring.rulebook(), asked.wiring.actor(),
                                            asked.text("FRAMEWORK"));
    if (asked.json()) {
        asked.out.json(report_json(report));
        return Exit::yes;
    }
    if (report.editions.empty())
        asked.out.line("nothing of " + report.framework + " is rated yet");
    for (const AgreementReport::OfEdition& edition : report.editions) {
        asked.out.line({{edition.edition, Look::strong}});
        Table table({{"COMPETENCY"},
                     {"RATED BY TWO", Table::Align::right},
                     {"SAID THE SAME", Table::Align::right},
                     {"WEIGHTED KAPPA", Table::Align::right}});
        for (const AgreementReport::Line& line : edition.lines) {
            const bool few = line.double_rated < AgreementReport::enough;
            table.add({{line.competency},
                       {std::to_string(line.double_rated)},
                       {few ? "too few to tell" : std::to_string(line.same->hundredths()) + " %"},
                       {few          ? ""
                        : line.kappa ? two_places(*line.kappa)
                                     : "all the same"}});
        }
        asked.out.table(table);
    }
    asked.out.note("figures from " + std::to_string(AgreementReport::enough) +
                   " observations on that two people rated, each for themselves; about wording and training of raters, "
                   "never about a person");
    return Exit::yes;
}

} // namespace

Command report_agreement_command() {
    return {
        .path = "report agreement",
        .summary = "How far two who saw the same agree, competency by competency",
        .text = "Of observations that two people rated in sign-offs of their own: how often they said the same, and "
                "weighted kappa with equally spaced weights, which takes out what chance would bring. From ten such "
                "observations of a competency on; fewer are told as too few. It helps to train raters and to mend "
                "unclear wording. It never names or ranks anybody.",
        .arguments = {{.name = "FRAMEWORK", .help = "Code of the framework, such as samhsa-core"}},
        .examples = {{"report agreement samhsa-core", "Where wording or training may need a second look"}},
        .json = "{\"framework\": code, \"enough\": 10, \"editions\": [{\"edition\": text, \"scale\": [word], "
                "\"competencies\": [{\"competency\": text, \"double_rated\": number, \"same\": {\"numerator\": number, "
                "\"denominator\": number, \"hundredths\": number} or null, \"weighted_kappa\": {...} or null}]}]}",
        .exits = {Exit::not_found, Exit::forbidden},
        .run = agreement,
    };
}

} // namespace peercert::cli
