#pragma once

#include <string>
#include <string_view>

namespace peercert::storage {

/// SQL that stands in our own source. It can only be made at compile time, so no value of anybody can have got into it;
/// values are bound.
class FixedSql {
public:
    consteval FixedSql(const char* text) : text_(text) {} // NOLINT(google-explicit-constructor): a literal is one
    constexpr std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

inline std::string joined_sql(FixedSql head, FixedSql rest, FixedSql tail = "") {
    std::string sql(head.text());
    sql += rest.text();
    sql += tail.text();
    return sql;
}

} // namespace peercert::storage
