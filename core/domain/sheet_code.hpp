#pragma once

#include <optional>
#include <string>
#include <string_view>

/// What stands in front of a row of a sign-in sheet: six characters and a check character, `XXXX-XXC`, in the alphabet
/// of codes.hpp and caught in the same errors. It names a session and a row of one cohort and nobody by itself.
namespace peercert::domain {

struct SheetCode {
    static constexpr int most = 1023; ///< sessions and rows are 1 to that

    int mark{0};    ///< of the cohort: tells sheets of different cohorts apart, 0 to `most`
    int session{0}; ///< its number
    int row{0};     ///< the place in the order of enrolling: the same on every sheet of the cohort

    std::string str() const; ///< "7KQ2-M4X"
    /// As people type and scanners read; nothing for what is none, or where the check character does not fit.
    static std::optional<SheetCode> parse(std::string_view text);
    bool operator==(const SheetCode&) const = default;
};

} // namespace peercert::domain
