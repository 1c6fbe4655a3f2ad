#include "cli/database_address.hpp"

namespace peercert::cli {

std::optional<std::filesystem::path> database_file(const std::string& value) {
    const auto begins = [&](const std::string& with) { return value.compare(0, with.size(), with) == 0; };
    if (begins("postgresql:") || begins("postgres:"))
        return std::nullopt;
    return std::filesystem::path(begins("sqlite:") ? value.substr(7) : value);
}

std::string without_password(const std::string& value) {
    const auto scheme = value.find("://");
    const auto at = value.find('@');
    if (scheme != std::string::npos && at != std::string::npos) {
        const auto colon = value.find(':', scheme + 3);
        if (colon != std::string::npos && colon < at)
            return value.substr(0, colon) + ":..." + value.substr(at);
    }
    const auto word = value.find("password=");
    if (word != std::string::npos) {
        const auto end = value.find(' ', word);
        return value.substr(0, word) + "password=..." + (end == std::string::npos ? "" : value.substr(end));
    }
    return value;
}

} // namespace peercert::cli
