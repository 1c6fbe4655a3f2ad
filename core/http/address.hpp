#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace peercert::http {

/// An IP address, IPv4 kept in its IPv6-mapped form so that one client has one address.
class Address {
public:
    using Bytes = std::array<std::uint8_t, 16>;

    Address() = default;
    explicit Address(const Bytes& bytes) : bytes_(bytes) {}
    /// A numeric IPv4 or IPv6 address without port, brackets, zone or blanks.
    static std::optional<Address> parse(std::string_view text);

    bool is_v4() const;
    bool is_loopback() const;
    /// Who is counted as one client: an IPv4 address, or the /64 network of an IPv6 address.
    Address client() const;
    std::string text() const;
    const Bytes& bytes() const { return bytes_; }
    auto operator<=>(const Address&) const = default;

private:
    Bytes bytes_{};
};

struct AddressHash {
    std::size_t operator()(const Address& address) const noexcept {
        return std::hash<std::string_view>{}(
            std::string_view(reinterpret_cast<const char*>(address.bytes().data()), address.bytes().size()));
    }
};

} // namespace peercert::http
