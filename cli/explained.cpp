#include "cli/explained.hpp"

#include "words/explanation.hpp"

namespace peercert::cli {

namespace {

Look look_of(Verdict verdict) {
    return verdict.passes() ? Look::good : verdict.is_unmet() ? Look::warning : Look::strong;
}

void print(Output& out, const std::string& heading, const std::vector<words::ExplainedClause>& clauses, bool details) {
    if (clauses.empty())
        return;
    out.line();
    out.line({{heading, Look::strong}});
    for (const words::ExplainedClause& clause : clauses) {
        const auto indent = static_cast<std::size_t>(2 + 2 * clause.depth);
        out.line({{std::string(indent, ' ')}, {"[" + clause.mark + "] ", look_of(clause.verdict)}, {clause.headline}});
        if (details)
            for (const std::string& line : clause.details)
                out.paragraph(line, indent + 4);
    }
}

} // namespace

void print_finding(Output& out, const Finding& finding, bool brief) {
    const words::Messages messages;
    const auto told = words::explanation(finding, messages, words::Language::english);
    out.line({{told.answer, look_of(finding.verdict)}});
    print(out, messages.text(words::Language::english, "explain.there"), told.there, !brief);
    print(out, messages.text(words::Language::english, "explain.open"), told.open, true);
}

} // namespace peercert::cli
