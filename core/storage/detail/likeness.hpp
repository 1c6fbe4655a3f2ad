#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/id.hpp>

#include "domain/codes.hpp"
#include "storage/detail/match_index.hpp"

/// Who may be the same human: of name (whatever its accents and case), birthday and e-mail at least two are the same. A
/// name or an address alone is shared by many.
namespace peercert::storage {

/// The pairs as numbers: keyed hashes, so that nobody can make two people's collide. Equal pairs have equal keys; what
/// a key finds is compared as text all the same.
class MatchKeys {
public:
    explicit MatchKeys(const domain::CodeBook::Key& salt) : salt_(salt) {}
    std::int64_t name_and_birthday(std::string_view name_key, std::string_view born) {
        return hash('n', name_key, born);
    }
    std::int64_t email_and_birthday(std::string_view email, std::string_view born) { return hash('b', email, born); }
    std::int64_t email_and_name(std::string_view email, std::string_view name_key) {
        return hash('e', email, name_key);
    }

private:
    std::int64_t hash(char pair, std::string_view one, std::string_view other);

    domain::CodeBook::Key salt_;
    std::string buffer_;
};

/// What is compared of one person: every name and address there ever was.
struct Likeness {
    std::vector<std::string> name_keys{};
    std::string born{}; ///< YYYY-MM-DD; empty if unknown
    std::vector<std::string> emails{};
    std::vector<std::string> phones{}; ///< digits

    bool has_name(std::string_view key) const;
    bool has_email(std::string_view email) const;
    /// In order, each once.
    std::vector<Match> matches(MatchKeys& keys, std::int64_t person) const;
};

Likeness likeness_of(Connection& connection, PersonId person);

/// To be made before something of a Likeness is changed; `finish` after it brings the index up to date.
class Recognition {
public:
    Recognition(Connection& connection, PersonId person);
    void finish();

private:
    Connection& connection_;
    PersonId person_;
    std::vector<Match> before_;
};

/// Puts a person just added into the index.
void recognise(Connection& connection, PersonId person);

/// Everybody who may be the human of whom `wanted` tells, by id. An address is compared with the first name only.
std::vector<PersonId> people_alike(Connection& connection, const Likeness& wanted);

/// The whole index anew, within the transaction it is called in.
void recognise_everybody(Connection& connection);
/// The first person whom the index does not know by everything it should, or knows by more: a sentence. Empty if it is
/// right. Reads everybody.
std::string recognition_problem(Connection& connection);

} // namespace peercert::storage
