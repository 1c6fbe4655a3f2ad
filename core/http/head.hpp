#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// The strict reading of a request's head. Poco 1.11 accepts duplicate lengths, folded headers, NUL and more, and two
/// readers that disagree about where a request ends are how requests are smuggled; so this is the only reader.
namespace peercert::http {

inline constexpr std::size_t max_head_bytes = 16 * 1024;
inline constexpr std::size_t max_fields = 64;
inline constexpr std::size_t max_target_bytes = 2048;

struct Field {
    std::string_view name;
    std::string_view value; ///< without the blanks around it
};

/// Views into the text that was parsed.
struct Head {
    std::string_view method;
    std::string_view target; ///< begins with '/', visible ASCII only; of an absolute one what follows its host
    int minor_version{1};
    std::array<Field, max_fields> fields;
    std::size_t field_count{0};
    std::optional<std::uint64_t> content_length;
    bool keep_alive{true};
    bool expects_continue{false};

    /// The value of the first field of that name (any letter case).
    std::optional<std::string_view> field(std::string_view name) const;
    /// The value of the last field of that name.
    std::optional<std::string_view> last_field(std::string_view name) const;
};

/// Why a head is refused: the status to answer before the connection is closed, and a word for the log.
struct HeadRefusal {
    int status;
    const char* word;
};

/// `text` is everything up to and including the empty line. Nothing if `head` is sound.
std::optional<HeadRefusal> parse_head(std::string_view text, Head& head);

/// Whether a request may begin with this byte; anything else can be refused before the head is complete.
bool can_begin_request(char byte);
/// ASCII only.
bool same_name(std::string_view a, std::string_view b);

} // namespace peercert::http
