#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace peercert::domain {

/// SHA-256 of bytes put in one after the other: the digest that any machine's `sha256sum` gives too. For files that
/// leave the house; what stands in the database has digests of its own.
class Sha256 {
public:
    Sha256();
    Sha256& add(std::string_view bytes);
    /// Lower-case hex. Nothing is added afterwards.
    std::string finish();

private:
    alignas(16) std::array<unsigned char, 128> state_;
};

std::string sha256_hex(std::string_view bytes);

} // namespace peercert::domain
