#include "domain/codes.hpp"

#include <sodium/crypto_shorthash.h>

#include <peercert/error.hpp>

namespace peercert::domain {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int half_bits = 25;
constexpr std::uint64_t half_mask = (std::uint64_t{1} << half_bits) - 1;
constexpr std::uint64_t value_limit = std::uint64_t{1} << (2 * half_bits);
constexpr std::size_t digits = 10;

/// Multiplies by x in GF(32), modulo x^5 + x^2 + 1. Digits weigh 1, x, x^2 ... from the right; eleven different weights
/// other than 0 are what makes every single error and every swap change the sum.
constexpr unsigned times_x(unsigned value) {
    value <<= 1U;
    return (value & 0x20U) != 0U ? value ^ 0x25U : value;
}

/// Check character of ten digits: with it, the weighted sum of all eleven is 0.
unsigned check_digit(std::uint64_t value) {
    unsigned sum = 0;
    for (std::size_t i = digits; i-- > 0;)
        sum = times_x(sum) ^ static_cast<unsigned>((value >> (5 * i)) & 31U);
    return times_x(sum);
}

int digit_of(char letter) {
    if (letter >= 'a' && letter <= 'z')
        letter = static_cast<char>(letter - 'a' + 'A');
    if (letter == 'O')
        letter = '0';
    if (letter == 'I' || letter == 'L')
        letter = '1';
    const auto at = alphabet.find(letter);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

/// How many bytes at the beginning only divide groups of characters: a blank, a hyphen, or what word processors make of
/// them. 0 if none.
std::size_t divider_at(std::string_view text) {
    if (text.front() == ' ' || text.front() == '-')
        return 1;
    // no-break blank, narrow one; hyphen, no-break hyphen, figure, en and em dash, minus
    for (const std::string_view one : {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92",
                                       "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92"})
        if (text.substr(0, one.size()) == one)
            return one.size();
    return 0;
}

/// One byte that keeps the permutations of the two counters apart.
enum class Purpose : unsigned char { credential = 'c', person = 'p' };

std::uint64_t round_of(const CodeBook::Key& key, Purpose purpose, unsigned char round, std::uint64_t half) {
    const std::array<unsigned char, 6> input{
        static_cast<unsigned char>(purpose),     round,
        static_cast<unsigned char>(half),        static_cast<unsigned char>(half >> 8U),
        static_cast<unsigned char>(half >> 16U), static_cast<unsigned char>(half >> 24U)};
    std::array<unsigned char, crypto_shorthash_BYTES> out{};
    crypto_shorthash(out.data(), input.data(), input.size(), key.data());
    return (std::uint64_t{out[0]} | std::uint64_t{out[1]} << 8U | std::uint64_t{out[2]} << 16U |
            std::uint64_t{out[3]} << 24U) &
           half_mask;
}

constexpr unsigned char rounds = 8;

std::uint64_t scatter(const CodeBook::Key& key, Purpose purpose, std::int64_t counter) {
    if (counter < 0 || static_cast<std::uint64_t>(counter) >= value_limit)
        throw Error(ErrorCode::internal, "the counter of printable codes is used up");
    std::uint64_t left = static_cast<std::uint64_t>(counter) >> half_bits;
    std::uint64_t right = static_cast<std::uint64_t>(counter) & half_mask;
    for (unsigned char round = 0; round < rounds; ++round) {
        const std::uint64_t next = left ^ round_of(key, purpose, round, right);
        left = right;
        right = next;
    }
    return left << half_bits | right;
}

std::int64_t gather(const CodeBook::Key& key, Purpose purpose, std::uint64_t value) {
    std::uint64_t left = value >> half_bits;
    std::uint64_t right = value & half_mask;
    for (unsigned char round = rounds; round-- > 0;) {
        const std::uint64_t before = right ^ round_of(key, purpose, round, left);
        right = left;
        left = before;
    }
    return static_cast<std::int64_t>(left << half_bits | right);
}

} // namespace

std::string print_code(std::uint64_t value) {
    std::string text(13, '-');
    for (std::size_t i = 0, at = 0; i < digits; ++i, ++at) {
        if (at == 4 || at == 9)
            ++at;
        text[at] = alphabet[(value >> (5 * (digits - 1 - i))) & 31U];
    }
    text[12] = alphabet[check_digit(value)];
    return text;
}

std::optional<std::uint64_t> parse_code(std::string_view text) {
    if (text.size() > longest_typed_code)
        return std::nullopt;
    std::uint64_t value = 0;
    std::size_t seen = 0;
    unsigned check = 0;
    while (!text.empty()) {
        if (const std::size_t dividing = divider_at(text); dividing > 0) {
            text.remove_prefix(dividing);
            continue;
        }
        const char letter = text.front();
        text.remove_prefix(1);
        const int digit = digit_of(letter);
        if (digit < 0 || seen > digits)
            return std::nullopt;
        if (seen < digits)
            value = value << 5U | static_cast<std::uint64_t>(digit);
        else
            check = static_cast<unsigned>(digit);
        ++seen;
    }
    if (seen != digits + 1 || check != check_digit(value))
        return std::nullopt;
    return value;
}

std::optional<CredentialNumber> CredentialNumber::parse(std::string_view text) {
    if (const auto value = parse_code(text))
        return CredentialNumber(*value);
    return std::nullopt;
}

std::optional<PersonCode> PersonCode::parse(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    text.remove_prefix(first == std::string_view::npos ? text.size() : first);
    // A code may itself begin with P, so the prefix is one only when a hyphen or too many characters show it.
    if (const auto value = parse_code(text))
        return PersonCode(*value);
    if (!text.empty() && (text.front() == 'P' || text.front() == 'p'))
        if (const auto value = parse_code(text.substr(1)))
            return PersonCode(*value);
    return std::nullopt;
}

CredentialNumber CodeBook::credential(std::int64_t counter) const {
    return CredentialNumber(scatter(key_, Purpose::credential, counter));
}

PersonCode CodeBook::person(std::int64_t counter) const { return PersonCode(scatter(key_, Purpose::person, counter)); }

std::int64_t CodeBook::counter(CredentialNumber number) const {
    return gather(key_, Purpose::credential, number.value());
}

std::int64_t CodeBook::counter(PersonCode code) const { return gather(key_, Purpose::person, code.value()); }

} // namespace peercert::domain
