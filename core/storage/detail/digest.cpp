#include "storage/detail/digest.hpp"

#include <charconv>
#include <new>

#include <sodium.h>

#include <peercert/error.hpp>

namespace peercert::storage {

namespace {

static_assert(sizeof(crypto_generichash_state) <= 384 && alignof(crypto_generichash_state) <= 64);

crypto_generichash_state* state_of(std::array<unsigned char, 384>& bytes) {
    return std::launder(reinterpret_cast<crypto_generichash_state*>(bytes.data()));
}

} // namespace

Hasher::Hasher() { crypto_generichash_init(new (state_.data()) crypto_generichash_state, nullptr, 0, sizeof(Hash)); }

Hasher::Hasher(const domain::CodeBook::Key& salt) {
    crypto_generichash_init(new (state_.data()) crypto_generichash_state, salt.data(), salt.size(), sizeof(Hash));
}

void Hasher::add(std::string_view bytes) {
    crypto_generichash_update(state_of(state_), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

Hash Hasher::finish() {
    Hash hash{};
    crypto_generichash_final(state_of(state_), hash.data(), hash.size());
    return hash;
}

std::string to_hex(const unsigned char* bytes, std::size_t size) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * size);
    for (std::size_t i = 0; i < size; ++i) {
        hex += digits[bytes[i] >> 4U];
        hex += digits[bytes[i] & 15U];
    }
    return hex;
}

std::string to_hex(const Hash& hash) { return to_hex(hash.data(), hash.size()); }

domain::CodeBook::Key key_from_hex(std::string_view hex) {
    domain::CodeBook::Key key{};
    std::size_t size = 0;
    if (hex.size() != 2 * key.size() ||
        sodium_hex2bin(key.data(), key.size(), hex.data(), hex.size(), nullptr, &size, nullptr) != 0 ||
        size != key.size())
        throw Error(ErrorCode::unavailable,
                    "the installation row of the database holds no valid key; restore a backup");
    return key;
}

domain::CodeBook::Key random_key() {
    if (sodium_init() < 0)
        throw Error(ErrorCode::internal, "no source of random numbers");
    domain::CodeBook::Key key{};
    randombytes_buf(key.data(), key.size());
    return key;
}

RowText& RowText::add(std::string_view column) {
    std::array<char, 21> length{};
    char* end = std::to_chars(length.data(), length.data() + 20, column.size()).ptr;
    *end++ = ':';
    text_.append(length.data(), end);
    text_ += column;
    return *this;
}

RowText& RowText::add(std::int64_t column) {
    std::array<char, 20> digits{};
    const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), column).ptr;
    return add(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
}

std::optional<Hash> hash_from_hex(std::string_view hex) {
    Hash hash{};
    std::size_t size = 0;
    if (hex.size() != 2 * hash.size() ||
        sodium_hex2bin(hash.data(), hash.size(), hex.data(), hex.size(), nullptr, &size, nullptr) != 0 ||
        size != hash.size())
        return std::nullopt;
    return hash;
}

std::array<std::int64_t, 256> random_salts() {
    if (sodium_init() < 0)
        throw Error(ErrorCode::internal, "no source of random numbers");
    // Stretched from one fresh seed: the system gives 256 bytes a call.
    std::array<unsigned char, randombytes_SEEDBYTES> seed{};
    randombytes_buf(seed.data(), seed.size());
    std::array<std::int64_t, 256> salts{};
    randombytes_buf_deterministic(salts.data(), sizeof salts, seed.data());
    sodium_memzero(seed.data(), seed.size());
    for (std::int64_t& salt : salts)
        salt &= INT64_MAX;
    return salts;
}

std::int64_t random_salt() { return random_salts().front(); }

Hash keyed_hash(const domain::CodeBook::Key& salt, const RowText& row) {
    Hasher hasher(salt);
    hasher.add(row.str());
    return hasher.finish();
}

Hash RowsDigest::add(const domain::CodeBook::Key& salt, const RowText& row) {
    const Hash hash = keyed_hash(salt, row);
    add(hash);
    return hash;
}

void RowsDigest::add(const Hash& hash) {
    for (std::size_t i = 0; i < hash.size(); ++i)
        combined_[i] = static_cast<unsigned char>(combined_[i] ^ hash[i]);
    ++count_;
}

void RowsDigest::add(const RowsDigest& rows) {
    add(rows.combined_);
    count_ += rows.count_ - 1;
}

std::string RowsDigest::str() const {
    return count_ == 0 ? std::string{} : std::to_string(count_) + ":" + to_hex(combined_);
}

} // namespace peercert::storage
