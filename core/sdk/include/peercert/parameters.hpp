#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/date.hpp>
#include <peercert/export.hpp>

namespace peercert {

/// "16 h", "2.5 h", "90 min" as whole minutes; nothing when it is written otherwise or is no whole number of minutes.
PEERCERT_EXPORT std::optional<Minutes> parse_minutes(std::string_view text);

/// What a data file hands to a kind or clock of a plugin: text, a list, or named values, as written. Getters read one
/// named value and throw Error{invalid_input} with the place and the accepted form when it is absent or ill-formed.
class PEERCERT_EXPORT Parameters {
public:
    std::string text;                        ///< set for a plain value
    std::vector<Parameters> items;           ///< set for a list
    std::map<std::string, Parameters> named; ///< set for a mapping
    std::string place;                       ///< file:line:column

    /// A plain value, and a list of plain values: for examples and tests.
    static Parameters of(std::string_view text);
    static Parameters list(std::initializer_list<std::string_view> texts);

    bool has(std::string_view name) const;
    const Parameters& at(std::string_view name) const;
    std::string word(std::string_view name) const;
    int whole_number(std::string_view name) const;               ///< 0..1,000,000
    Minutes minutes(std::string_view name) const;                ///< "16 h", "90 min", "2.5 h"
    Date date(std::string_view name) const;                      ///< YYYY-MM-DD
    std::vector<std::string> words(std::string_view name) const; ///< a list, or one word as a list of one
    /// Throws when a name outside `allowed` is present, naming the nearest allowed one.
    void only(std::initializer_list<std::string_view> allowed) const;
    bool operator==(const Parameters&) const = default;
};

} // namespace peercert
