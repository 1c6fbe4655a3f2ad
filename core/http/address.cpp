#include "http/address.hpp"

#include <algorithm>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace peercert::http {
namespace {
constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
}

std::optional<Address> Address::parse(std::string_view text) {
    if (text.empty() || text.size() >= INET6_ADDRSTRLEN)
        return std::nullopt;
    const std::string terminated(text);
    Bytes bytes{};
    if (inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1)
        return Address(bytes);
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), bytes.begin());
    if (inet_pton(AF_INET, terminated.c_str(), bytes.data() + mapped_prefix.size()) == 1)
        return Address(bytes);
    return std::nullopt;
}

bool Address::is_v4() const { return std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes_.begin()); }

bool Address::is_loopback() const {
    if (is_v4())
        return bytes_[12] == 127;
    return std::all_of(bytes_.begin(), bytes_.end() - 1, [](std::uint8_t byte) { return byte == 0; }) &&
           bytes_[15] == 1;
}

Address Address::client() const {
    if (is_v4())
        return *this;
    Address network(*this);
    std::fill(network.bytes_.begin() + 8, network.bytes_.end(), std::uint8_t{0});
    return network;
}

std::string Address::text() const {
    char text[INET6_ADDRSTRLEN] = "";
    if (is_v4())
        inet_ntop(AF_INET, bytes_.data() + mapped_prefix.size(), text, sizeof text);
    else
        inet_ntop(AF_INET6, bytes_.data(), text, sizeof text);
    return text;
}

} // namespace peercert::http
