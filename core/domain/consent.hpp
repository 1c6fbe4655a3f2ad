#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <peercert/date.hpp>
#include <peercert/id.hpp>

#include "domain/instant.hpp"

namespace peercert::domain {

/// What somebody may agree to. A closed list: nobody writes what they like, and nothing is done on a consent for
/// something else.
enum class ConsentPurpose {
    public_register, ///< to be shown in a public register that asks for consent; about a track, or every one
    directory,       ///< to be listed by name where people look for somebody who leads a group or gives support
    employer,        ///< that their employer is told how far they are
    research         ///< that their record is counted in research, without their name
};
std::string_view to_text(ConsentPurpose purpose);
std::optional<ConsentPurpose> parse_consent_purpose(std::string_view text);

/// A consent, or its withdrawal: dated, to a wording, only ever added. The newest about the same stands.
struct Consent {
    PersonId person{};
    int n{0}; ///< 1, 2 ... of the person
    ConsentPurpose purpose{ConsentPurpose::public_register};
    std::string about{};   ///< code of a track; empty: of every one
    bool given{false};     ///< false: withdrawn
    std::string wording{}; ///< version of the text agreed to
    Date day{};
    std::string typed_by{};
    Instant recorded_at{};
};

} // namespace peercert::domain
