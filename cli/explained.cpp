#include "cli/explained.hpp"

#include "cli/output.hpp"
#include "cli/wiring.hpp"

namespace peercert::cli {

namespace {

Look look_of(words::Tone tone) {
    switch (tone) {
    case words::Tone::plain: return Look::plain;
    case words::Tone::heading: return Look::strong;
    case words::Tone::good: return Look::good;
    case words::Tone::open: return Look::warning;
    case words::Tone::faint: return Look::faint;
    }
    return Look::plain;
}

} // namespace

words::Speaker speaker(const Invocation& asked) { return {asked.wiring.messages(), asked.wiring.language()}; }

std::string said(const Invocation& asked, const std::string& english) {
    const words::Language language = asked.wiring.language();
    return language == words::Language::english ? english : asked.wiring.messages().sentence(language, english);
}

void print_sheet(const Invocation& asked, const words::Sheet& sheet) {
    for (const words::SheetLine& line : sheet) {
        const auto indent = static_cast<std::size_t>(line.indent);
        if (line.mark.empty() && line.tone == words::Tone::plain)
            asked.out.paragraph(line.text, indent);
        else if (line.mark.empty())
            asked.out.line({{std::string(indent, ' ')}, {line.text, look_of(line.tone)}});
        else
            asked.out.line({{std::string(indent, ' ')}, {"[" + line.mark + "] ", look_of(line.tone)}, {line.text}});
    }
}

void print_finding(const Invocation& asked, const Finding& finding, bool brief) {
    words::Sheet sheet;
    words::tell_finding(sheet, finding, speaker(asked), brief);
    print_sheet(asked, sheet);
}

} // namespace peercert::cli
