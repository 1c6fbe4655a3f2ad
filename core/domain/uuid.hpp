#pragma once

#include <string>
#include <string_view>

namespace peercert::domain {

/// The name-based UUID of RFC 9562, version 5: the same name always gives the same one. Names below `inside`, itself a
/// UUID. For identifiers in files of others; it guards nothing.
std::string name_uuid(std::string_view inside, std::string_view name);

/// Whether it is a UUID in its usual form, 8-4-4-4-12 hexadecimal digits of either case.
bool is_uuid(std::string_view text);

} // namespace peercert::domain
