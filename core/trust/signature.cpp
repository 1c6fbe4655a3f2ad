#include "trust/signature.hpp"

#include <sodium/core.h>
#include <sodium/crypto_sign_ed25519.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>

#include <peercert/error.hpp>

namespace peercert::trust {

namespace {

static_assert(crypto_sign_ed25519_SEEDBYTES == 32 && crypto_sign_ed25519_PUBLICKEYBYTES == 32);

void begin() {
    if (sodium_init() < 0)
        throw Error(ErrorCode::internal, "the library for signatures cannot be used");
}

template <std::size_t n>
std::string base64url(const std::array<unsigned char, n>& bytes) {
    std::string text(sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.resize(text.size() - 1); // without its NUL
    return text;
}

template <std::size_t n>
bool from_base64url(std::string_view text, std::array<unsigned char, n>& bytes) {
    std::size_t size = 0;
    const char* end = nullptr;
    return sodium_base642bin(bytes.data(), n, text.data(), text.size(), nullptr, &size, &end,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
           size == n && end == text.data() + text.size();
}

/// Both halves, wiped when they go.
struct Pair {
    explicit Pair(const std::array<unsigned char, 32>& seed) {
        begin();
        crypto_sign_ed25519_seed_keypair(open.data(), secret.data(), seed.data());
    }
    ~Pair() { sodium_memzero(secret.data(), secret.size()); }
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;
    std::array<unsigned char, crypto_sign_ed25519_PUBLICKEYBYTES> open{};
    std::array<unsigned char, crypto_sign_ed25519_SECRETKEYBYTES> secret{};
};

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

} // namespace

SecretKey SecretKey::make() {
    begin();
    SecretKey key;
    randombytes_buf(key.seed_.data(), key.seed_.size());
    return key;
}

std::optional<SecretKey> SecretKey::parse(std::string_view text) {
    begin();
    SecretKey key;
    if (!from_base64url(text, key.seed_))
        return std::nullopt;
    return key;
}

SecretKey::SecretKey(SecretKey&& other) noexcept : seed_(other.seed_) {
    sodium_memzero(other.seed_.data(), other.seed_.size());
}

SecretKey::~SecretKey() { sodium_memzero(seed_.data(), seed_.size()); }

std::string SecretKey::text() const { return base64url(seed_); }

std::string SecretKey::public_key() const { return base64url(Pair(seed_).open); }

std::string SecretKey::sign(std::string_view bytes) const {
    const Pair pair(seed_);
    std::array<unsigned char, crypto_sign_ed25519_BYTES> signature{};
    crypto_sign_ed25519_detached(signature.data(), nullptr, bytes_of(bytes), bytes.size(), pair.secret.data());
    return base64url(signature);
}

bool verified(std::string_view bytes, std::string_view signature, std::string_view public_key) {
    begin();
    std::array<unsigned char, crypto_sign_ed25519_BYTES> signed_with{};
    std::array<unsigned char, crypto_sign_ed25519_PUBLICKEYBYTES> key{};
    return from_base64url(signature, signed_with) && from_base64url(public_key, key) &&
           crypto_sign_ed25519_verify_detached(signed_with.data(), bytes_of(bytes), bytes.size(), key.data()) == 0;
}

std::string new_key_id() {
    begin();
    std::array<unsigned char, 8> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 2 * bytes.size() + 1> text{};
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    return text.data();
}

} // namespace peercert::trust
