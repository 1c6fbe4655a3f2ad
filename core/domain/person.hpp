#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <peercert/date.hpp>
#include <peercert/id.hpp>

#include "domain/codes.hpp"
#include "domain/instant.hpp"

namespace peercert::domain {

/// One human, one record, any number of roles. Nothing here says why anybody does anything. Where two records turned
/// out to be one human, each still has its id: what is recorded by it stays with it, what is read is the human.
struct Person {
    PersonId id{};      ///< the record that was asked for
    PersonCode code{0}; ///< of the human: of the record that was kept
    std::optional<Date> born{};
    Instant created_at{};
    std::optional<Date> departed_on{};  ///< the person is gone; verification never reads as a yes from this day on
    bool hidden{false};                 ///< opted out of verification: answered like an unknown number
    PersonId kept{};                    ///< the record whose names, contacts and code speak for the human; mostly `id`
    std::optional<PersonCode> merged{}; ///< the own code of `id`, where it is not `code`; it redirects for ever
};

enum class NameKind {
    certificate, ///< how certificates and verification should call the person
    used,        ///< how everybody else should
    legal        ///< only where a law asks for it
};

/// A name and the days it was used. An earlier name stays inside; nothing public shows it.
struct PersonName {
    NameKind kind{NameKind::used};
    std::string full_name{};
    Date first_day{};
    std::optional<Date> last_day{};
};

enum class ContactKind { email, phone };

struct PersonContact {
    ContactKind kind{ContactKind::email};
    std::string value{};
    Date first_day{};
    std::optional<Date> last_day{};
};

/// What enrolling somebody takes: a name; everything else is theirs to give or not. All text is cleaned
/// (domain/text.hpp) by the repository that stores it.
struct NewPerson {
    std::string name_used{};
    std::optional<std::string> name_on_certificate{};
    std::optional<std::string> legal_name{};
    std::optional<Date> born{};
    std::optional<std::string> email{};
    std::optional<std::string> phone{};
    std::optional<Date>
        from; ///< first day of name and contacts, the programme's day; absent: the day of recording in UTC
};

std::string_view to_text(NameKind kind);
std::string_view to_text(ContactKind kind);
std::optional<NameKind> parse_name_kind(std::string_view text);
std::optional<ContactKind> parse_contact_kind(std::string_view text);

} // namespace peercert::domain
