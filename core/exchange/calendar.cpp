#include "exchange/calendar.hpp"

#include <algorithm>

#include "exchange/json.hpp"

namespace peercert::exchange {

namespace {

constexpr std::size_t longest_line = 75; ///< octets, without the line end

void append_line(std::string& out, std::string_view line) {
    std::size_t room = longest_line;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t length = std::max<std::size_t>(1, utf8_length(line, at));
        if (length > room) {
            out += "\r\n ";
            room = longest_line - 1; // the blank counts
        }
        out += line.substr(at, length);
        room -= length;
        at += length;
    }
    out += "\r\n";
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',')
            out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (c != '\r')
            out += c;
    }
    return out;
}

std::string without_signs(std::string text) {
    text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '-' || c == ':'; }), text.end());
    return text;
}

} // namespace

std::string calendar_text(std::string_view name, const std::vector<CalendarDay>& days, domain::Instant made) {
    std::string out;
    append_line(out, "BEGIN:VCALENDAR");
    append_line(out, "VERSION:2.0");
    append_line(out, "PRODID:-//peercert//cohort calendar//EN");
    append_line(out, "CALSCALE:GREGORIAN");
    append_line(out, "METHOD:PUBLISH");
    append_line(out, "X-WR-CALNAME:" + escaped(name));
    const std::string stamp = without_signs(domain::to_text(made));
    for (const CalendarDay& day : days) {
        append_line(out, "BEGIN:VEVENT");
        append_line(out, "UID:" + escaped(day.uid));
        append_line(out, "DTSTAMP:" + stamp);
        append_line(out, "DTSTART;VALUE=DATE:" + without_signs(to_text(day.on)));
        append_line(out, "DTEND;VALUE=DATE:" + without_signs(to_text(add_days(day.on, 1)))); // exclusive
        append_line(out, "SUMMARY:" + escaped(day.summary));
        if (!day.description.empty())
            append_line(out, "DESCRIPTION:" + escaped(day.description));
        append_line(out, "TRANSP:OPAQUE");
        append_line(out, "END:VEVENT");
    }
    append_line(out, "END:VCALENDAR");
    return out;
}

} // namespace peercert::exchange
