#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Printable codes: what stands on a certificate or is read out on the telephone. Ten characters of Crockford's base 32
/// (no I, L, O, U) and a check character that catches every single wrong character and every swap of neighbours.
namespace peercert::domain {

/// Fifty bits and their printed form, without a prefix: `XXXX-XXXX-XXX`.
std::string print_code(std::uint64_t value);

/// No longer text is read as a code, by any way in.
inline constexpr std::size_t longest_typed_code = 64;

/// Reads what people type or copy: any case, blanks and hyphens anywhere (also the dashes and no-break blanks that word
/// processors put in their place), O for 0, I and L for 1. Nothing if it is no such code, longer than
/// longest_typed_code bytes, or the check character does not fit.
std::optional<std::uint64_t> parse_code(std::string_view text);

/// The number of a credential, one for life. Not guessable: see CodeBook.
class CredentialNumber {
public:
    /// Nothing for text that is no credential number (which does not say that a valid one exists).
    static std::optional<CredentialNumber> parse(std::string_view text);
    explicit CredentialNumber(std::uint64_t value) : value_(value) {}
    std::uint64_t value() const noexcept { return value_; }
    std::string str() const { return print_code(value_); }
    auto operator<=>(const CredentialNumber&) const = default;

private:
    std::uint64_t value_;
};

/// What a person is called outside: `P-XXXX-XXXX-XXX`.
class PersonCode {
public:
    /// The prefix may be left out.
    static std::optional<PersonCode> parse(std::string_view text);
    explicit PersonCode(std::uint64_t value) : value_(value) {}
    std::uint64_t value() const noexcept { return value_; }
    std::string str() const { return "P-" + print_code(value_); }
    auto operator<=>(const PersonCode&) const = default;

private:
    std::uint64_t value_;
};

/// Turns running counters into codes and back: a keyed permutation of 50 bits, so codes never collide, are the same
/// whenever the same installation counts the same, and one code tells nothing about another.
class CodeBook {
public:
    using Key = std::array<unsigned char, 16>;

    /// `key` is the installation's; who knows it can list every number, so it stays in the database.
    explicit CodeBook(const Key& key) : key_(key) {}

    /// `counter` is 0..2^50-1; beyond it throws Error{internal}.
    CredentialNumber credential(std::int64_t counter) const;
    PersonCode person(std::int64_t counter) const;
    /// The counter a code was made from; any number of the form gives some counter, issued or not.
    std::int64_t counter(CredentialNumber number) const;
    std::int64_t counter(PersonCode code) const;

private:
    Key key_;
};

} // namespace peercert::domain
