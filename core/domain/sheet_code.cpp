#include "domain/sheet_code.hpp"

#include "domain/codes.hpp"

namespace peercert::domain {

namespace {

// A code of ten digits whose first four are 0: those are not printed.
constexpr std::string_view not_printed = "0000-";
constexpr unsigned bits = 10;
constexpr std::uint64_t mask = (std::uint64_t{1} << bits) - 1;

} // namespace

std::string SheetCode::str() const {
    const std::uint64_t value = (static_cast<std::uint64_t>(mark) & mask) << (2 * bits) |
                                (static_cast<std::uint64_t>(session) & mask) << bits |
                                (static_cast<std::uint64_t>(row) & mask);
    return print_code(value).substr(not_printed.size());
}

std::optional<SheetCode> SheetCode::parse(std::string_view text) {
    if (text.size() > longest_typed_code - not_printed.size())
        return std::nullopt;
    const auto value = parse_code(std::string(not_printed) + std::string(text));
    if (!value)
        return std::nullopt;
    const SheetCode code{static_cast<int>(*value >> (2 * bits) & mask), static_cast<int>(*value >> bits & mask),
                         static_cast<int>(*value & mask)};
    return code.session == 0 || code.row == 0 ? std::nullopt : std::optional(code);
}

} // namespace peercert::domain
