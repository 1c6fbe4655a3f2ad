#include "storage/detail/timeline.hpp"

#include <algorithm>

#include <peercert/error.hpp>

#include "domain/text.hpp"

namespace peercert::storage {

std::string text_of(const std::vector<domain::Rung>& timeline) {
    std::string text;
    std::optional<Date> before;
    for (const auto& rung : timeline) {
        if (before && rung.first_day <= *before)
            throw Error(ErrorCode::invalid_input, "the names of an expired credential do not follow each other by day");
        before = rung.first_day;
        const std::string name = domain::clean_text(rung.name, {"name of a status", 100, false});
        if (name.find(';') != std::string::npos)
            throw Error(ErrorCode::invalid_input,
                        "the name of a status \"" + name + "\" holds a semicolon; use a comma");
        text += (text.empty() ? "" : ";") + to_text(rung.first_day) + " " + name;
    }
    return text;
}

std::vector<domain::Rung> timeline_of(std::string_view text) {
    std::vector<domain::Rung> timeline;
    while (!text.empty()) {
        const auto end = std::min(text.find(';'), text.size());
        const auto rung = text.substr(0, end);
        const auto day = parse_date(rung.substr(0, std::min<std::size_t>(10, rung.size())));
        if (!day || rung.size() < 12 || rung[10] != ' ')
            throw Error(ErrorCode::unavailable,
                        "the database holds a timeline that cannot be read; run peercert doctor");
        timeline.push_back({*day, std::string(rung.substr(11))});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return timeline;
}

} // namespace peercert::storage
