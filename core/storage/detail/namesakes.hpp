#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "storage/detail/connection.hpp"

/// People of one name of whom too little is known to tell them apart. With birthday and e-mail of both known, two of
/// three decide (likeness.hpp); where either is missing, the same name may be the same human, unless something that is
/// known of both differs. Only the present name is looked at.
namespace peercert::storage {

/// What tells namesakes apart; empty where it is not known.
struct Details {
    std::string_view born;
    std::string_view email;
    std::string_view phone;
    bool complete() const { return !born.empty() && !email.empty(); }
    bool any() const { return !born.empty() || !email.empty() || !phone.empty(); }
};

/// Of two with the same name.
bool may_be_one(const Details& one, const Details& other);
/// Of two with the same name and nothing that differs: whether a telephone number is known of both.
bool same_phone(const Details& one, const Details& other);

using EachNamed = std::function<void(std::int64_t person, std::string_view name_key, const Details& details)>;

/// Everybody with that search key, or only those of whom birthday or e-mail is missing, by id.
void each_named(Connection& connection, std::string_view name_key, bool only_incomplete, const EachNamed& each);
/// Everybody, or only those of whom birthday or e-mail is missing, in any order: one pass over the people.
void each_person(Connection& connection, bool only_incomplete, const EachNamed& each);

} // namespace peercert::storage
