#include <map>

#include <nlohmann/json.hpp>

#include "words/answers.hpp"
#include "words/telling.hpp"

/// A replayed decision for reading: what is the same, or which clause answers differently.
namespace peercert::words {

using services::Differs;
using services::Replayed;

namespace {

using nlohmann::json;

/// Every clause of a frozen finding with its answer and amount, by its path.
void gather(const json& finding, const std::string& above, std::map<std::string, std::string>& into) {
    if (!finding.is_object())
        return;
    const std::string name = finding.value("clause", finding.value("kind", std::string()));
    const std::string path = above.empty() ? name : above + " > " + name;
    std::string answer = finding.value("answer", std::string());
    if (finding.contains("have") && finding["have"].is_number_integer())
        answer += " (" + std::to_string(finding["have"].get<std::int64_t>()) + " " +
                  finding.value("unit", std::string()) + ")";
    into.emplace(path, answer);
    if (finding.contains("parts"))
        for (const json& part : finding["parts"])
            gather(part, path, into);
}

void tell_clauses(Sheet& sheet, const Replayed& replayed, const Speaker& speaker) {
    std::map<std::string, std::string> then, now;
    gather(json::parse(replayed.decision.finding, nullptr, false), {}, then);
    gather(json::parse(replayed.finding_now, nullptr, false), {}, now);
    const std::size_t lines = sheet.size();
    for (const auto& [clause, answer] : then) {
        const auto found = now.find(clause);
        if (found == now.end())
            line(sheet, speaker.say("replay.only_then", {{"clause", clause}}), 2);
        else if (found->second != answer)
            line(sheet, speaker.say("replay.clause", {{"clause", clause}, {"then", answer}, {"now", found->second}}),
                 2);
    }
    for (const auto& [clause, answer] : now)
        if (!then.contains(clause))
            line(sheet, speaker.say("replay.only_now", {{"clause", clause}}), 2);
    if (sheet.size() == lines)
        line(sheet, speaker.say("replay.deeper"), 2);
}

/// What was decided, where no application asked for it.
std::string decided(std::string_view action, const Speaker& speaker) {
    for (const std::string_view known : {"take_over", "suspend", "revoke", "surrender", "replace", "end", "reinstate",
                                         "condition", "condition_lifted"})
        if (known == action)
            return speaker.say("replay.decided." + std::string(known));
    return speaker.name(action);
}

} // namespace

Sheet told(const Replayed& replayed, const Speaker& speaker) {
    Sheet sheet;
    line(sheet,
         speaker.say(replayed.edition.empty() ? "replay.title_no_edition" : "replay.title",
                     {{"number", std::to_string(replayed.decision.id.value())},
                      {"day", speaker.day(replayed.decision.decided_on)},
                      {"step", replayed.application.step.empty() ? decided(replayed.decision.action, speaker)
                                                                 : speaker.step(replayed.application.step)},
                      {"edition", replayed.edition},
                      {"person", replayed.person}}),
         0, Tone::heading);
    if (replayed.same)
        line(sheet, speaker.say("replay.same"), 0, Tone::good);
    for (const Differs one : replayed.differs)
        switch (one) {
        case Differs::engine:
            line(sheet,
                 speaker.say("replay.engine", {{"now", replayed.engine_now}, {"then", replayed.decision.engine}}));
            break;
        case Differs::plugins: line(sheet, speaker.say("replay.plugins")); break;
        case Differs::born: line(sheet, speaker.say("replay.born"), 0, Tone::open); break;
        case Differs::finding:
            line(sheet, speaker.say("replay.finding"), 0, Tone::open);
            tell_clauses(sheet, replayed, speaker);
            break;
        case Differs::not_kept: line(sheet, speaker.say("replay.not_kept"), 0, Tone::open); break;
        }
    return sheet;
}

} // namespace peercert::words
