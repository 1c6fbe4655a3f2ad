#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/cohort.hpp"
#include "domain/organization.hpp"
#include "domain/packet.hpp"
#include "domain/person.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"

namespace peercert::services {

/// One person as a list shows them.
struct PersonLine {
    domain::PersonCode code{0};
    std::string name;
    std::optional<Date> born;
    std::optional<domain::PersonCode> asked_as{}; ///< another code of the same human, which was asked for
};

/// A code of a record that was merged into another; it redirects for ever.
struct Redirect {
    domain::PersonCode from{0};
    domain::PersonCode to{0};
    Date since{};
};

/// One person whole, as they themselves may see it (their ledger is Ledger's, their credentials Certification's).
struct PersonView {
    domain::Person person;
    std::vector<domain::PersonName> names;
    std::vector<domain::PersonContact> contacts;
    struct Role {
        std::string organization; ///< code
        std::string role;
        Date first_day{};
        std::optional<Date> last_day;
    };
    std::vector<Role> roles;
    struct Place {
        std::string cohort; ///< code
        std::string title;
        domain::EnrolmentState state{domain::EnrolmentState::enrolled};
        Date since{};
    };
    std::vector<Place> places;
    std::vector<domain::PacketOrigin> came_from; ///< packets that the record came with, oldest first
    std::vector<Redirect> merged;                ///< other records that are this human
};

/// People of the record. Every function judges the actor's rights and writes its audit row.
class People {
public:
    explicit People(House& house) : house_(house) {}

    /// Throws Error{conflict} for people who may be the same human, unless `not_duplicate`; it names the codes of those
    /// whom the actor may know of, and why. With it they are set apart for good (services/duplicates.hpp).
    PersonLine add(const Actor& actor, const domain::NewPerson& person, bool not_duplicate, Mode mode = Mode::commit);

    PersonView show(const Actor& actor, std::string_view person);
    /// People whose present name holds words that begin so; everybody for no words. By name.
    std::vector<PersonLine> find(const Actor& actor, std::string_view words, std::size_t limit);

    void change_name(const Actor& actor, std::string_view person, domain::NameKind kind, std::string_view name,
                     std::optional<Date> from, Mode mode = Mode::commit);
    /// The name on certificates, or in law, is no longer used after that day, which has come.
    void end_name(const Actor& actor, std::string_view person, domain::NameKind kind, Date last_day,
                  Mode mode = Mode::commit);
    void change_contact(const Actor& actor, std::string_view person, domain::ContactKind kind, std::string_view value,
                        Mode mode = Mode::commit);
    /// Corrects a mistyped day of birth. Terms that were issued stay as they are.
    void set_born(const Actor& actor, std::string_view person, std::optional<Date> born, Mode mode = Mode::commit);
    /// Hidden people are answered like unknown numbers.
    void set_hidden(const Actor& actor, std::string_view person, bool hidden, Mode mode = Mode::commit);
    /// The person is gone: what they held ends on that day. No reason is asked or kept. Another day corrects the one on
    /// record, no day takes it back; what stood until then stays inside. Throws Error{conflict} where it stands so
    /// already, Error{invalid_input} for a day to come or before the person was born.
    void set_departed(const Actor& actor, std::string_view person, std::optional<Date> day, Mode mode = Mode::commit);

private:
    House& house_;
};

/// Organizations and the dated roles people hold in them.
class Organizations {
public:
    explicit Organizations(House& house) : house_(house) {}

    void add(const Actor& actor, const domain::Organization& organization, Mode mode = Mode::commit);
    std::vector<domain::Organization> list();
    void grant(const Actor& actor, std::string_view organization, std::string_view person, std::string_view role,
               std::optional<Date> from, std::optional<Date> until, Mode mode = Mode::commit);
    /// The last day of the role; throws Error{not_found} if there is no open one.
    void end(const Actor& actor, std::string_view organization, std::string_view person, std::string_view role,
             Date last_day, Mode mode = Mode::commit);

private:
    House& house_;
};

/// The person meant: by code, or by the whole name they use if only one person whom the actor may know of uses it
/// (accents and case do not matter). Whoever has a code was given it; what they may do is for authorize. Throws
/// Error{not_found}, or Error{conflict} naming the codes to choose from.
domain::Person person_of(storage::UnitOfWork& work, const Actor& actor, std::string_view typed, Date today);
/// Throws Error{not_found} naming the code and how to list organizations.
domain::Organization organization_of(storage::UnitOfWork& work, std::string_view code);

} // namespace peercert::services
