#include <peercert/parameters.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>

#include <peercert/error.hpp>
#include <peercert/nearest.hpp>

namespace peercert {

namespace {

[[noreturn]] void refuse(const Parameters& where, const std::string& what) {
    throw Error(ErrorCode::invalid_input, (where.place.empty() ? "" : where.place + ": ") + what);
}

} // namespace

Parameters Parameters::of(std::string_view text) {
    Parameters value;
    value.text = text;
    return value;
}

Parameters Parameters::list(std::initializer_list<std::string_view> texts) {
    Parameters value;
    for (const std::string_view text : texts)
        value.items.push_back(of(text));
    return value;
}

bool Parameters::has(std::string_view name) const { return named.find(std::string(name)) != named.end(); }

const Parameters& Parameters::at(std::string_view name) const {
    const auto found = named.find(std::string(name));
    if (found == named.end())
        refuse(*this, "\"" + std::string(name) + "\" is missing here");
    return found->second;
}

std::string Parameters::word(std::string_view name) const {
    const Parameters& value = at(name);
    if (value.text.empty())
        refuse(value, "\"" + std::string(name) + "\" takes one value");
    return value.text;
}

int Parameters::whole_number(std::string_view name) const {
    const Parameters& value = at(name);
    int number = -1;
    const char* end = value.text.data() + value.text.size();
    const auto [stopped, error] = std::from_chars(value.text.data(), end, number);
    if (error != std::errc{} || stopped != end || number < 0 || number > 1'000'000)
        refuse(value,
               "\"" + std::string(name) + "\" takes a whole number from 0 to 1000000, not \"" + value.text + "\"");
    return number;
}

Minutes Parameters::minutes(std::string_view name) const {
    const Parameters& value = at(name);
    const auto amount = parse_minutes(value.text);
    if (!amount)
        refuse(value, "\"" + std::string(name) + "\" takes hours or minutes (\"16 h\", \"2.5 h\", \"90 min\"), not \"" +
                          value.text + "\"");
    return *amount;
}

Date Parameters::date(std::string_view name) const {
    const Parameters& value = at(name);
    const auto day = parse_date(value.text);
    if (!day)
        refuse(value, "\"" + std::string(name) + "\" takes a day as YYYY-MM-DD, not \"" + value.text + "\"");
    return *day;
}

std::vector<std::string> Parameters::words(std::string_view name) const {
    const Parameters& value = at(name);
    if (value.items.empty()) {
        if (value.text.empty())
            refuse(value, "\"" + std::string(name) + "\" takes a word or a list of words");
        return {value.text};
    }
    std::vector<std::string> all;
    for (const Parameters& item : value.items) {
        if (item.text.empty())
            refuse(item, "\"" + std::string(name) + "\" takes a list of plain words");
        all.push_back(item.text);
    }
    return all;
}

void Parameters::only(std::initializer_list<std::string_view> allowed) const {
    for (const auto& [name, value] : named) {
        if (std::find(allowed.begin(), allowed.end(), name) != allowed.end())
            continue;
        const std::string near = nearest(name, std::vector<std::string_view>(allowed));
        refuse(value, "unknown word \"" + name + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
}

std::optional<Minutes> parse_minutes(std::string_view text) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos)
        return std::nullopt;
    const std::string_view unit = text.substr(blank + 1);
    std::string_view number = text.substr(0, blank);
    const std::int64_t per_unit = unit == "h" ? 60 : unit == "min" ? 1 : 0;
    if (per_unit == 0 || number.empty() || number.size() > 9)
        return std::nullopt;
    std::int64_t whole = 0, fraction = 0, scale = 1;
    bool after_point = false;
    for (std::size_t at = 0; at < number.size(); ++at) {
        const char c = number[at];
        if (c == '.' && !after_point && at > 0 && at + 1 < number.size()) {
            after_point = true;
            continue;
        }
        if (std::isdigit(static_cast<unsigned char>(c)) == 0)
            return std::nullopt;
        (after_point ? fraction : whole) = (after_point ? fraction : whole) * 10 + (c - '0');
        if (after_point)
            scale *= 10;
    }
    const std::int64_t scaled = (whole * scale + fraction) * per_unit;
    if (scaled % scale != 0)
        return std::nullopt; // not a whole number of minutes
    return Minutes{scaled / scale};
}

} // namespace peercert
