#include "domain/lot.hpp"

#include <array>

#include <sodium/core.h>
#include <sodium/randombytes.h>

#include <peercert/error.hpp>

#include "domain/sha256.hpp"

namespace peercert::domain {

namespace {

template <std::size_t n>
std::string hex_of(const std::array<unsigned char, n>& bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

} // namespace

std::string new_seed() {
    if (sodium_init() < 0)
        throw Error(ErrorCode::internal, "the system gives no random bytes");
    std::array<unsigned char, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return hex_of(bytes);
}

std::string lot_of(std::string_view seed, int number) {
    return sha256_hex(std::string(seed) + ":" + std::to_string(number));
}

} // namespace peercert::domain
