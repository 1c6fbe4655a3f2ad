#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/codes.hpp"

namespace peercert::storage {

using Hash = std::array<unsigned char, 32>;

/// BLAKE2b-256 of pieces put in one after the other, with or without a key.
class Hasher {
public:
    Hasher();
    explicit Hasher(const domain::CodeBook::Key& salt);
    void add(std::string_view bytes);
    Hash finish();

private:
    alignas(64) std::array<unsigned char, 384> state_;
};

std::string to_hex(const unsigned char* bytes, std::size_t size);
std::string to_hex(const Hash& hash);
/// Throws Error{unavailable} for text that is not the hex of such a key: somebody changed the installation row.
domain::CodeBook::Key key_from_hex(std::string_view hex);
domain::CodeBook::Key random_key();
/// The hash that `to_hex` wrote; nothing for other text.
std::optional<Hash> hash_from_hex(std::string_view hex);
/// Numbers that nobody can guess, to be stored: 0 to 2^63 - 1.
std::int64_t random_salt();
std::array<std::int64_t, 256> random_salts();

/// A row of the record as bytes that cannot be mistaken for another row: table, then each column with its length.
class RowText {
public:
    explicit RowText(std::string_view table) { add(table); }
    RowText& add(std::string_view column);
    RowText& add(std::int64_t column);
    /// A key that is NULL when it is 0; NULL counts as the empty text.
    RowText& add_key(std::int64_t key) { return key == 0 ? add(std::string_view{}) : add(key); }
    const std::string& str() const noexcept { return text_; }
    /// Begins another row in the same storage.
    void restart(std::string_view table) {
        text_.clear();
        add(table);
    }

private:
    std::string text_;
};

/// The salted hash of one row.
Hash keyed_hash(const domain::CodeBook::Key& salt, const RowText& row);

/// The rows that one audit row vouches for, in any order: their salted hashes, combined by exclusive or, and their
/// count.
class RowsDigest {
public:
    /// Gives the row's own hash.
    Hash add(const domain::CodeBook::Key& salt, const RowText& row);
    void add(const Hash& row);
    void add(const RowsDigest& rows);
    std::int64_t count() const noexcept { return count_; }
    /// Empty for no row, else "COUNT:HEX".
    std::string str() const;
    void clear() { *this = {}; }

private:
    Hash combined_{};
    std::int64_t count_{0};
};

} // namespace peercert::storage
