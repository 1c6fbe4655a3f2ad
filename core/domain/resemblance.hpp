#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/date.hpp>

/// How much two records look like one human, and by what. A score decides nothing: people look, and say what it is.
namespace peercert::domain {

/// What of a record is compared. Names and e-mail addresses are all there ever were, names as search keys (text.hpp),
/// so that accents and case have fallen away already.
struct Traits {
    std::vector<std::string> names{};
    std::optional<Date> born{};
    std::vector<std::string> emails{};
    std::vector<std::string> phones{}; ///< digits only
};

enum class Likeness : unsigned char {
    same_name,
    swapped_name,  ///< the same words in another order
    name_variant,  ///< a short or familiar form of a word, the others the same (Bill for William)
    part_of_name,  ///< one has a word more: a second given or family name
    misspelt_name, ///< one letter is another, missing, too many, or two neighbours changed places
    initial,       ///< the same last word, and the first only as an initial
    same_birthday,
    swapped_birthday, ///< day and month in the other order
    birthday_digit,   ///< one digit of the day of birth is another
    other_birthday,   ///< speaks against it
    same_email,
    same_phone,
    little_known ///< too little is known of one of them to tell the two apart
};
std::string_view to_text(Likeness likeness);

struct Ground {
    Likeness likeness{};
    int points{0};       ///< less than 0: speaks against it
    std::string one{};   ///< what of the one
    std::string other{}; ///< and of the other; names as search keys
    bool operator==(const Ground&) const = default;
};

struct Resemblance {
    int points{0}; ///< 0 to 100
    std::vector<Ground> grounds{};
    /// From here on the pair is shown to people.
    static constexpr int enough = 60;
    bool worth_a_look() const { return points >= enough; }
};
Resemblance resemblance(const Traits& one, const Traits& other);

/// Other keys under which somebody of that name may stand: words in another order, familiar forms, the name without a
/// middle word; with `misspelt` also every key that is one letter away. Without the name itself, each once.
std::vector<std::string> name_variants(std::string_view name_key, bool misspelt);
/// Days that are easily typed instead of that one: day and month changed, one digit another. Only days that exist.
std::vector<Date> birthday_variants(Date born);
/// The name without its middle words; nothing if it has none.
std::optional<std::string> short_name(std::string_view name_key);
/// The digits of a telephone number: how it was typed says nothing.
std::string digits_of(std::string_view phone);

} // namespace peercert::domain
