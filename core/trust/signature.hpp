#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

/// Signatures by Ed25519, over the bytes as they were received. Text is strict base64url without padding.
namespace peercert::trust {

/// The secret half of a key; wiped when it goes. Not copied.
class SecretKey {
public:
    static SecretKey make(); ///< from the system's own randomness
    /// Nothing for text that is no such key.
    static std::optional<SecretKey> parse(std::string_view base64url);
    SecretKey(SecretKey&& other) noexcept;
    SecretKey& operator=(SecretKey&&) = delete;
    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    ~SecretKey();

    std::string text() const; ///< for the one file it is kept in
    std::string public_key() const;
    std::string sign(std::string_view bytes) const;

private:
    SecretKey() = default;
    std::array<unsigned char, 32> seed_{};
};

/// Whether that key signed these very bytes. False for text that is no key or no signature.
bool verified(std::string_view bytes, std::string_view signature, std::string_view public_key);

/// 16 hexadecimal digits that nobody can guess: the name of a key.
std::string new_key_id();

} // namespace peercert::trust
