#include "domain/sha256.hpp"

#include <sodium/crypto_hash_sha256.h>

namespace peercert::domain {

namespace {

crypto_hash_sha256_state* of(std::array<unsigned char, 128>& bytes) {
    static_assert(sizeof(crypto_hash_sha256_state) <= sizeof bytes && alignof(crypto_hash_sha256_state) <= 16);
    return reinterpret_cast<crypto_hash_sha256_state*>(bytes.data());
}

} // namespace

Sha256::Sha256() : state_{} { crypto_hash_sha256_init(of(state_)); }

Sha256& Sha256::add(std::string_view bytes) {
    crypto_hash_sha256_update(of(state_), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return *this;
}

std::string Sha256::finish() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(of(state_), digest.data());
    constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    for (const unsigned char byte : digest) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 15U];
    }
    return hex;
}

std::string sha256_hex(std::string_view bytes) { return Sha256().add(bytes).finish(); }

} // namespace peercert::domain
