#include "storage/detail/entry_numbers.hpp"

#include <algorithm>
#include <charconv>

namespace peercert::storage {

namespace {

/// Replaces the digits that stand at `at`, if any do, and moves behind them.
void map_digits(std::string_view text, std::size_t& at, std::string& out, const NumberMap& map) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), number);
    if (error != std::errc{})
        return;
    at = static_cast<std::size_t>(end - text.data());
    out += std::to_string(map(number));
}

} // namespace

std::string with_entry_numbers(std::string_view finding, const NumberMap& map) {
    constexpr std::string_view member = "\"entry\":";
    std::string out;
    out.reserve(finding.size());
    for (std::size_t at = 0; at < finding.size();) {
        if (finding[at] != '"') {
            out += finding[at++];
            continue;
        }
        if (finding.substr(at, member.size()) == member) {
            out += member;
            at += member.size();
            map_digits(finding, at, out, map);
            continue;
        }
        const std::size_t from = at++; // a text: nothing in it is ours to read
        while (at < finding.size() && finding[at] != '"')
            at += finding[at] == '\\' ? 2 : 1;
        at = std::min(at + 1, finding.size());
        out += finding.substr(from, at - from);
    }
    return out;
}

std::string mapped_list(std::string_view list, const NumberMap& map) {
    std::string out;
    for (std::size_t at = 0; at < list.size();) {
        if (list[at] < '0' || list[at] > '9') {
            out += list[at++];
            continue;
        }
        map_digits(list, at, out, map);
    }
    return out;
}

} // namespace peercert::storage
