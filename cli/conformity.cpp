#include "cli/conformity.hpp"

#include "cli/values.hpp"

namespace peercert::cli {

namespace {

void print_session(Output& out, const services::SessionConformity& session) {
    std::string leaders;
    for (const std::string& leader : session.names)
        leaders += (leaders.empty() ? "" : ", ") + leader;
    const bool conforms = session.answer.verdict.passes();
    out.line({{"  " + std::to_string(session.session.number) + "  " + to_text(session.session.held_on) + "  "},
              {conforms ? "as the curriculum asks" : "outside the curriculum's model",
               conforms ? Look::good : Look::warning},
              {leaders.empty() ? "  (no leaders yet)" : "  led by " + leaders}});
    if (conforms)
        return;
    for (std::size_t i = 0; i < session.answer.leaders.size() && i < session.leaders.size(); ++i) {
        const auto& leader = session.answer.leaders[i];
        if (!leader.current)
            out.paragraph(session.names[i] + ": " +
                              (leader.level.empty() ? "holds no level that leads this"
                                                    : leader.level + ", not current on that day") +
                              (leader.why_not.empty() ? "" : ". " + leader.why_not),
                          6);
        else if (!leader.slot)
            out.paragraph(session.names[i] + ": " + leader.level + ", current, but no place is left for that level" +
                              (leader.why_not.empty() ? "" : ". " + leader.why_not),
                          6);
    }
    for (const auto& slot : session.answer.unfilled) {
        std::string levels;
        for (const std::string& level : slot)
            levels += (levels.empty() ? "" : " or ") + level;
        out.paragraph("still wanted: a current " + levels, 6);
    }
    for (const Finding& part : session.answer.finding.parts)
        if (part.clause == "size" && !part.verdict.passes() && part.have && part.need)
            out.paragraph("size: " + std::to_string(*part.have) + " people; the curriculum asks for " +
                              (part.need_is_limit ? "at most " : "at least ") + std::to_string(*part.need),
                          6);
}

} // namespace

void print_conformity(Output& out, const std::vector<services::SessionConformity>& sessions,
                      const std::vector<Finding>& whole) {
    for (const services::SessionConformity& session : sessions)
        print_session(out, session);
    for (const Finding& finding : whole) {
        const auto amount = [&](std::int64_t value) {
            return finding.unit == Unit::minutes ? hours_text(Minutes{value}) : std::to_string(value);
        };
        out.line({{"  the whole  "},
                  {"outside the curriculum's model", Look::warning},
                  {"  " + finding.clause + ": " + amount(finding.have.value_or(0)) + "; the curriculum asks for " +
                   amount(finding.need.value_or(0))}});
    }
}

void print_decision(Output& out, const services::ModelDecision& decision) {
    out.paragraph("It counts all the same: decision " + std::to_string(decision.id.value()) + " of " +
                  to_text(decision.decided_on) + " by " + decision.decided_by + ": " + decision.reason);
    if (!decision.covers)
        out.paragraph("That was decided before what stands above; it needs another decision.", 2);
}

} // namespace peercert::cli
